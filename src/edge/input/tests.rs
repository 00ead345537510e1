//! What bytes become, whole and cut anywhere.

use super::*;
use crate::app::MouseKind;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Vec<Input> {
    Parser::default().feed(bytes)
}

fn plain(code: Code) -> Input {
    Input::Key(Key::plain(code))
}

fn with(code: Code, held: &str) -> Input {
    let held = |c: char| held.contains(c);
    Input::Key(Key { code, ctrl: held('c'), alt: held('a'), shift: held('s') })
}

fn mouse(kind: MouseKind, column: u16, row: u16) -> Input {
    Input::Mouse(Mouse { kind, column, row, ctrl: false })
}

#[test]
fn keys_are_read_in_every_spelling() {
    let up = Code::Up;
    let samples: &[(&str, Input)] = &[
        ("a", plain(Code::Char('a'))),
        ("É", plain(Code::Char('É'))),
        ("👍", plain(Code::Char('👍'))),
        ("\r", plain(Code::Enter)),
        ("\t", plain(Code::Tab)),
        ("\x7f", plain(Code::Backspace)),
        ("\x08", plain(Code::Backspace)),
        ("\x03", with(Code::Char('c'), "c")),
        ("\x1a", with(Code::Char('z'), "c")),
        ("\0", with(Code::Char(' '), "c")),
        ("\x1c", with(Code::Char('\\'), "c")),
        ("\x1f", with(Code::Char('_'), "c")),
        ("\x1bx", with(Code::Char('x'), "a")),
        ("\x1bé", with(Code::Char('é'), "a")),
        ("\x1b\x01", with(Code::Char('a'), "ca")),
        ("\x1b\x7f", with(Code::Backspace, "a")),
        ("\x1b[A", plain(up)),
        ("\x1bOA", plain(up)),
        ("\x1b[1;5A", with(up, "c")),
        ("\x1b[1;3A", with(up, "a")),
        ("\x1b[1;8A", with(up, "cas")),
        ("\x1b\x1b[A", with(up, "a")),
        ("\x1b[a", with(up, "s")),
        ("\x1bOa", with(up, "c")),
        ("\x1bO5A", with(up, "c")),
        ("\x1b[H", plain(Code::Home)),
        ("\x1b[1~", plain(Code::Home)),
        ("\x1b[7~", plain(Code::Home)),
        ("\x1bOF", plain(Code::End)),
        ("\x1b[4~", plain(Code::End)),
        ("\x1b[2~", plain(Code::Insert)),
        ("\x1b[3~", plain(Code::Delete)),
        ("\x1b[3;5~", with(Code::Delete, "c")),
        ("\x1b[5~", plain(Code::PageUp)),
        ("\x1b[6^", with(Code::PageDown, "c")),
        ("\x1b[Z", with(Code::Tab, "s")),
        ("\x1bOP", plain(Code::F(1))),
        ("\x1b[[A", plain(Code::F(1))),
        ("\x1b[11~", plain(Code::F(1))),
        ("\x1b[15~", plain(Code::F(5))),
        ("\x1b[17~", plain(Code::F(6))),
        ("\x1b[24~", plain(Code::F(12))),
        ("\x1b[1;2P", with(Code::F(1), "s")),
        ("\x1bOM", plain(Code::Enter)),
        ("\x1bOy", plain(Code::Char('9'))),
        ("\x1b[97u", plain(Code::Char('a'))),
        ("\x1b[97;5u", with(Code::Char('a'), "c")),
        ("\x1b[97:65;2:1u", plain(Code::Char('A'))),
        ("\x1b[27u", plain(Code::Esc)),
        ("\x1b[27;5;99~", with(Code::Char('c'), "c")),
        ("\x1b[I", Input::Focus(true)),
        ("\x1b[O", Input::Focus(false)),
    ];
    for (bytes, input) in samples {
        assert_eq!(read(bytes.as_bytes()), std::slice::from_ref(input), "{bytes:?}");
    }
}

#[test]
fn the_mouse_stays_inside_its_numbers() {
    let samples: &[(&[u8], Option<Input>)] = &[
        (b"\x1b[<0;1;1M", Some(mouse(MouseKind::Press, 0, 0))),
        (b"\x1b[<0;12;5m", Some(mouse(MouseKind::Release, 11, 4))),
        (b"\x1b[<32;3;4M", Some(mouse(MouseKind::Drag, 2, 3))),
        (b"\x1b[<64;1;1M", Some(mouse(MouseKind::WheelUp, 0, 0))),
        (b"\x1b[<65;1;1M", Some(mouse(MouseKind::WheelDown, 0, 0))),
        (b"\x1b[<0;0;0M", Some(mouse(MouseKind::Press, 0, 0))),
        (b"\x1b[<0;4000000000;99999M", Some(mouse(MouseKind::Press, 65534, 65534))),
        (b"\x1b[M !!", Some(mouse(MouseKind::Press, 0, 0))),
        (b"\x1b[M\x00\x00\x00", Some(mouse(MouseKind::Press, 0, 0))),
        (b"\x1b[<2;1;1M", None),
        (b"\x1b[<0;1M", None),
        (b"\x1b[<0;1;1;1M", None),
        (b"\x1b[<;;M", None),
        (b"\x1b[<-1;1;1M", None),
        (b"\x1b[<99999999999999999999;1;1M", None),
    ];
    for (bytes, input) in samples {
        assert_eq!(read(bytes), input.clone().into_iter().collect::<Vec<_>>(), "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn replies_never_become_keys() {
    let long = format!("\x1bP1+r{}\x1b\\", "0123456789".repeat(2000));
    let silent = [
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]11;what\x07",
        "\x1b]52;c;c2VjcmV0\x07",
        "\x1b]4;1;rgb:00/00/00\x1b\\",
        "\x1b[24;80R",
        "\x1b[1;5R",
        "\x1b[?2026;2$y",
        "\x1b[0n",
        "\x1b[>41;354;0c",
        "\x1b[?0u",
        "\x1b[8;24;80t",
        "\x1bP>|XTerm(388)\x1b\\",
        "\x1bP!|00000000\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstart of string\x1b\\",
        "\x1b[?997;1n",
        "\x1b[57441u",
        "\x1b[97;1:3u",
        "\x1b[201~",
        "\x1b[999999999999q",
        long.as_str(),
    ];
    for bytes in silent {
        assert_eq!(read(bytes.as_bytes()), [], "{bytes:?}");
        let then = read(format!("{bytes}q").as_bytes());
        assert_eq!(then, [plain(Code::Char('q'))], "after {bytes:?}");
    }
    assert_eq!(read(b"\x1b[?64;1;2c"), [Input::Attributes]);
    assert_eq!(read(b"\x1b]11;rgb:1919/1c1c/2424\x1b\\"), [Input::Background((0x19, 0x1c, 0x24))]);
    assert_eq!(read(b"\x1b]11;#fdfbf6\x07"), [Input::Background((0xfd, 0xfb, 0xf6))]);
}

#[test]
fn a_broken_sequence_does_not_take_the_next_key_along() {
    assert_eq!(read(b"\x1b[12\rq"), [plain(Code::Enter), plain(Code::Char('q'))]);
    assert_eq!(read(b"\x1b[12\x18q"), [plain(Code::Char('q'))]);
    assert_eq!(read(b"\x1b[1\x1b[B"), [plain(Code::Down)]);
    assert_eq!(read(b"\x1b]11;rgb\x1b[B"), [plain(Code::Down)]);
    assert_eq!(read(b"\xc3q\xff\xfe\xe2\x82q"), [plain(Code::Char('q')), plain(Code::Char('q'))]);
    assert_eq!(read("\u{9b}A\u{85}".as_bytes()), [plain(Code::Char('A'))]);
}

#[test]
fn a_string_without_end_is_dropped_at_last() {
    let mut parser = Parser::default();
    assert_eq!(parser.feed(b"\x1b]0;"), []);
    assert_eq!(parser.feed(&vec![b'x'; STRING_LIMIT - 10]), []);
    assert!(!parser.feed(&[b'x'; 20]).is_empty());
    let mut parser = Parser::default();
    parser.feed(b"\x1b]0;half");
    assert_eq!(parser.give_up(), []);
    assert_eq!(parser.feed(b"q"), [plain(Code::Char('q'))]);
}

#[test]
fn silence_decides_what_an_escape_was() {
    let samples: &[(&[u8], &[Input])] = &[
        (b"\x1b", &[plain(Code::Esc)]),
        (b"\x1b\x1b", &[plain(Code::Esc), plain(Code::Esc)]),
        (b"\x1b[", &[with(Code::Char('['), "a")]),
        (b"\x1bO", &[with(Code::Char('O'), "a")]),
        (b"\x1b]", &[with(Code::Char(']'), "a")]),
        (b"\x1b[1;5", &[]),
        (b"\xe2\x82", &[]),
        (b"\x1b[200~half", &[Input::Paste("half".into())]),
        (b"q", &[]),
    ];
    for (bytes, inputs) in samples {
        let mut parser = Parser::default();
        let early = parser.feed(bytes);
        assert_eq!(parser.patience().is_some(), early.is_empty(), "{bytes:?}");
        assert_eq!(parser.give_up(), *inputs, "{bytes:?}");
        assert_eq!(parser.patience(), None, "{bytes:?}");
    }
}

#[test]
fn while_a_reply_is_expected_its_beginning_is_waited_for_longer() {
    let mut parser = Parser::default();
    parser.feed(b"\x1b");
    let usual = parser.patience();
    parser.asked();
    assert!(parser.patience() > usual);
    parser.feed(b"[?6c");
    parser.feed(b"\x1b");
    assert_eq!(parser.patience(), usual, "the answer came");
}

#[test]
fn a_paste_is_one_text_and_never_keys() {
    let paste = |text: &str| read(format!("\x1b[200~{text}\x1b[201~q").as_bytes());
    let then_q = |text: &str| vec![Input::Paste(text.into()), plain(Code::Char('q'))];
    for text in ["", "x\rq:", "\x1b[A", "\x1b[201", "\x1b\x1b", "é\x1b[20é", "\x03"] {
        assert_eq!(paste(text), then_q(text), "{text:?}");
    }
    let long = "é".repeat(PASTE_LIMIT);
    assert_eq!(paste(&long), then_q(&"é".repeat(PASTE_LIMIT / 2)));
    let odd = format!("x{long}");
    assert_eq!(paste(&odd), then_q(&format!("x{}", "é".repeat(PASTE_LIMIT / 2 - 1))));
}

/// A little of everything that the parser knows.
const MEDLEY: &[&[u8]] = &[
    b"q",
    "é👍".as_bytes(),
    b"\x1b[1;5A",
    b"\x1b\x1b[A",
    b"\x1bOP",
    b"\x1b[[C",
    b"\x1b[<0;12;5M",
    b"\x1b[M !!",
    b"\x1b[200~paste\x1b[20\r\x1b[201~",
    b"\x1b]11;rgb:19/1c/24\x1b\\",
    b"\x1bP>|name\x1b\\",
    b"\x1b_x\x1b\x1b[B",
    b"\x1b[?64;1c",
    b"\x1b[24;80R",
    b"\x1b[97;5u",
    b"\x1b\x1b\x1bx",
    b"\xc3\x1b[12\x18\xff",
    b"\r\x03",
];

#[test]
fn bytes_mean_the_same_wherever_they_are_cut() {
    let all = MEDLEY.concat();
    let whole = read(&all);
    assert!(whole.len() > 18);
    for cut in 0..=all.len() {
        let mut parser = Parser::default();
        let mut cutted = parser.feed(&all[..cut]);
        cutted.extend(parser.feed(&all[cut..]));
        assert_eq!(cutted, whole, "cut at {cut}");
    }
    let mut parser = Parser::default();
    let single: Vec<Input> = all.iter().flat_map(|b| parser.feed(&[*b])).collect();
    assert_eq!(single, whole, "byte by byte");
}

/// Bytes that lead deep into the parser.
fn terminal_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"\x1b\x1b[[]]OPMX^_\\<>?;:0129~uABRZcmIM\x07\x18\r$ ".to_vec()),
        1 => any::<u8>(),
    ];
    prop::collection::vec(byte, 0..64)
}

proptest! {
    #[test]
    fn any_bytes_cut_anywhere_mean_the_same_and_never_panic(bytes in terminal_bytes(), cut in 0..64usize) {
        let cut = cut.min(bytes.len());
        let mut parser = Parser::default();
        let mut cutted = parser.feed(&bytes[..cut]);
        cutted.extend(parser.feed(&bytes[cut..]));
        cutted.extend(parser.give_up());
        let mut parser = Parser::default();
        let mut whole = parser.feed(&bytes);
        whole.extend(parser.give_up());
        prop_assert_eq!(cutted, whole);
    }

    #[test]
    fn silence_at_any_moment_leaves_the_parser_ready(bytes in terminal_bytes(), more in terminal_bytes()) {
        let mut parser = Parser::default();
        parser.feed(&bytes);
        parser.give_up();
        prop_assert_eq!(parser.feed(&more), Parser::default().feed(&more));
    }
}
