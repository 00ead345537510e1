//! Bytes of a terminal become keys, clicks and replies. However the bytes were cut on their way, the same comes out;
//! nothing that a reply holds becomes a key; and nothing grows without bound.

use jalon::app::Code;
use jalon::edge::{Input, PASTE_LIMIT, Parser};

/// Replies that terminals send when they are asked, or without being asked. None of them is a key.
const REPLIES: [&[u8]; 7] = [
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1b]10;rgb:0/0/0\x1b\\",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[?62;22c",
];

/// The first byte says where the rest is cut.
pub fn run(bytes: &[u8]) {
    let Some((&cut, bytes)) = bytes.split_first() else { return };
    let whole = read(&[bytes]);
    whole.iter().for_each(check);
    let (start, end) = bytes.split_at(usize::from(cut).min(bytes.len()));
    assert_eq!(read(&[start, end]), whole, "cut in two");
    let each: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(read(&each), whole, "byte by byte");

    // Whatever was typed before: once nothing more came, a reply is a reply. Each of them comes first now and then.
    let mut parser = Parser::default();
    parser.feed(bytes);
    parser.give_up();
    assert_eq!(parser.patience(), None, "what was given up is closed");
    for reply in REPLIES.iter().cycle().skip(usize::from(cut) % REPLIES.len()).take(REPLIES.len()) {
        let said = parser.feed(reply);
        assert!(said.iter().all(|input| matches!(input, Input::Background(_) | Input::Attributes)), "{said:?}");
        assert_eq!(parser.patience(), None, "{reply:?} is whole");
    }
}

fn read(pieces: &[&[u8]]) -> Vec<Input> {
    let mut parser = Parser::default();
    let mut all: Vec<Input> = pieces.iter().flat_map(|piece| parser.feed(piece)).collect();
    all.extend(parser.give_up());
    all
}

fn check(input: &Input) {
    match input {
        Input::Key(key) => assert!(!matches!(key.code, Code::Char(c) if c.is_control()), "{key:?}"),
        // Three bytes for each byte that is not UTF-8.
        Input::Paste(text) => assert!(text.len() <= 3 * PASTE_LIMIT, "{} bytes pasted", text.len()),
        Input::Mouse(_) | Input::Background(_) | Input::Focus(_) | Input::Attributes => {}
    }
}
