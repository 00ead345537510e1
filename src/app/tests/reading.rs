//! Reading: scrolling, jumping, the place being read, history, reload.

use super::*;

#[test]
fn the_guide_opens_at_its_beginning() {
    let stage = stage(BUILT_IN);
    let reader = &stage.model.reader;
    assert_eq!(stage.first_row(), "Pourquoi créer une communauté de CTO ?");
    assert_eq!(reader.lines.len(), usize::from(stage.model.panes.column.height));
    assert!(reader.percent > 0 && reader.percent < 100 && !reader.all);
    assert_eq!(stage.model.focus, Panel::Text);
}
