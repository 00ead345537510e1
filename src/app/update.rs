//! One message in, the model changed, effects out.

use super::model::Model;
use super::msg::{Effect, Msg};

/// Takes one message: changes the model, says what the edge has to do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let _ = model;
    match msg {
        Msg::Key(_) => vec![Effect::Quit],
        _ => Vec::new(),
    }
}
