use super::*;
use crate::config::theme::Background;
use crate::text::clipboard::Through;

fn parse_all(bytes: &[u8]) -> Vec<Input> {
    let mut parser = Parser::default();
    let mut out = Vec::new();
    parser.push(bytes, &mut out);
    parser.flush(&mut out);
    out
}

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Vec<Input> {
    vec![key(code, modifiers)]
}

#[test]
fn keys_are_what_terminals_send_for_them() {
    let none = KeyModifiers::NONE;
    let control = KeyModifiers::CONTROL;
    let shift = KeyModifiers::SHIFT;
    let alt = KeyModifiers::ALT;
    let table: &[(&[u8], KeyCode, KeyModifiers)] = &[
        (b"a", KeyCode::Char('a'), none),
        (b"A", KeyCode::Char('A'), shift),
        ("é".as_bytes(), KeyCode::Char('é'), none),
        ("日".as_bytes(), KeyCode::Char('日'), none),
        (b"\r", KeyCode::Enter, none),
        (b"\n", KeyCode::Char('j'), control),
        (b"\t", KeyCode::Tab, none),
        (b"\x03", KeyCode::Char('c'), control),
        (b"\x7f", KeyCode::Backspace, none),
        (b"\x1b", KeyCode::Esc, none),
        (b"\x1b\r", KeyCode::Enter, alt),
        (b"\x1bn", KeyCode::Char('n'), alt),
        (b"\x1b]", KeyCode::Char(']'), alt),
        (b"\x1b[A", KeyCode::Up, none),
        (b"\x1bOA", KeyCode::Up, none),
        (b"\x1b[1;5D", KeyCode::Left, control),
        (b"\x1b\x1b[D", KeyCode::Left, alt),
        (b"\x1b[Z", KeyCode::BackTab, shift),
        (b"\x1bOP", KeyCode::F(1), none),
        (b"\x1b[11~", KeyCode::F(1), none),
        (b"\x1b[[A", KeyCode::F(1), none),
        (b"\x1b[[E", KeyCode::F(5), none),
        (b"\x1b[24~", KeyCode::F(12), none),
        (b"\x1b[5~", KeyCode::PageUp, none),
        (b"\x1b[1;5F", KeyCode::End, control),
        (b"\x1b[3;3~", KeyCode::Delete, alt),
        (b"\x1b[13;2u", KeyCode::Enter, shift),
        (b"\x1b[27;2;13~", KeyCode::Enter, shift),
        (b"\x1b[99;5u", KeyCode::Char('c'), control),
        (b"\x1b[97;2u", KeyCode::Char('A'), shift),
        (b"\x1b[27u", KeyCode::Esc, none),
    ];
    for (bytes, code, modifiers) in table {
        assert_eq!(parse_all(bytes), pressed(*code, *modifiers), "{bytes:?}");
    }
}

#[test]
fn a_sequence_may_be_cut_anywhere() {
    let bytes = "x\x1b[1;5Dé\x1b[200~one\rtwo\x1b[201~\x1b[?1u\x1bOP".as_bytes();
    let whole = parse_all(bytes);
    assert_eq!(whole.len(), 6, "{whole:?}");
    for cut in 0..bytes.len() {
        let mut parser = Parser::default();
        let mut out = Vec::new();
        parser.push(&bytes[..cut], &mut out);
        parser.push(&bytes[cut..], &mut out);
        assert_eq!(out, whole, "cut at {cut}");
        assert!(!parser.is_waiting());
    }
}

#[test]
fn a_paste_is_one_event_and_its_keys_are_text() {
    assert_eq!(
        parse_all(b"\x1b[200~rm -rf\r\n\x03\x1b[A\x1b[201~y"),
        [
            Input::Paste("rm -rf\n\u{3}\u{1b}[A".to_owned()),
            key(KeyCode::Char('y'), KeyModifiers::NONE)
        ]
    );
}

#[test]
fn a_paste_without_an_end_gives_the_keyboard_back() {
    let mut parser = Parser::default();
    let mut out = Vec::new();
    parser.push(b"\x1b[200~half", &mut out);
    assert!(out.is_empty() && parser.is_pasting());
    parser.flush(&mut out);
    parser.push(b"q", &mut out);
    assert_eq!(
        out,
        [
            Input::Paste("half".to_owned()),
            key(KeyCode::Char('q'), KeyModifiers::NONE)
        ]
    );
}

#[test]
fn an_endless_paste_takes_bounded_memory() {
    let mut parser = Parser::default();
    let mut out = Vec::new();
    parser.push(b"\x1b[200~", &mut out);
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..(super::super::paste::LARGEST_PASTE >> 20) + 8 {
        parser.push(&chunk, &mut out);
    }
    parser.push(b"\x1b[20", &mut out);
    parser.push(b"1~q", &mut out);
    assert!(matches!(out.as_slice(), [Input::Paste(text), Input::Key(_)]
            if text.len() == super::super::paste::LARGEST_PASTE));
}

#[test]
fn replies_and_damage_type_nothing() {
    for bytes in [
        &b"\x1b]10;rgb:0000/0000/0000\x1b\\"[..],
        b"\x1b]10;rgb:0000/0000/0000\x07",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[?62;22c",
        b"\x1b[12;40R",
        b"\x1b[I",
        b"\x1b[97;1:3u",
        b"\x1b[57441;2u",
        b"\x1b[<2;10;10M",
        b"\x1b[<0;0;10M",
        b"\x1b[<0;99999999;10M",
        b"\xff\xfe",
        b"\x1b[M !!",
    ] {
        assert_eq!(parse_all(bytes), [], "{bytes:?}");
    }
    assert_eq!(parse_all(b"\x1b[?5u"), [Input::KittyKeyboard]);
    assert_eq!(
        parse_all(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b]11;rgb:0/0/0\x07"),
        [Background::Light, Background::Dark].map(Input::Background)
    );
    assert_eq!(
        parse_all(b"\x1b[>83;40900;0c\x1b[>84;0;0c\x1b[>41;370;0c"),
        [Through::Screen, Through::Tmux].map(Input::Multiplexer)
    );
    assert_eq!(
        parse_all(b"\x1b[?997;2n"),
        [Input::Background(Background::Light)]
    );
}

#[test]
fn the_mouse_clicks_drags_and_scrolls_whatever_key_is_held() {
    let (column, row) = (9, 4);
    let wheel = |rows| Input::Wheel { rows, column, row };
    for (bytes, input) in [
        (&b"\x1b[<0;10;5M"[..], Input::Click { column, row }),
        (b"\x1b[<16;10;5M", Input::Click { column, row }),
        (b"\x1b[<32;10;5M", Input::Drag { column, row }),
        (b"\x1b[<0;10;5m", Input::Release),
        (b"\x1b[<64;10;5M", wheel(-3)),
        (b"\x1b[<69;10;5M", wheel(3)),
    ] {
        assert_eq!(parse_all(bytes), [input], "{bytes:?}");
    }
    for bytes in [&b"\x1b[<35;10;5M"[..], b"\x1b[<1;10;5M", b"\x1b[<66;10;5M"] {
        assert_eq!(parse_all(bytes), [], "{bytes:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_parser(bytes: Vec<u8>, cut: proptest::sample::Index) {
        let cut = cut.index(bytes.len() + 1);
        let mut parser = Parser::default();
        let mut out = Vec::new();
        parser.push(&bytes[..cut], &mut out);
        parser.push(&bytes[cut..], &mut out);
        parser.flush(&mut out);
        proptest::prop_assert!(!parser.is_waiting());
    }
}
