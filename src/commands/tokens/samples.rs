//! Texts in which pre-tokenizers are known to differ.

use crate::words::Phrase;
use crate::words::commands::tokens as words;

/// A name for the report, and the text.
pub const SAMPLES: [(Phrase, &str); 20] = [
    (
        words::ENGLISH,
        "Hello, world! The quick brown fox jumps over the lazy dog.",
    ),
    (
        words::CONTRACTIONS,
        "It's what they'd've said; WE'LL see, I'm sure you're right, don't. IT'S 'tis",
    ),
    (
        words::DIGITS,
        "7 42 365 1234 12345 1234567 2024-06-30 00:07 3.14159 1,000,000 0xFF 1e-9",
    ),
    (
        words::OTHER_NUMBERS,
        "½ ² Ⅷ ٣٤٥ १२३ 四十二 ①②③ 1st 2nd v1.2.3",
    ),
    (
        words::SPACES,
        "one  two   three    four \u{a0}\u{2003}wide\u{3000}spaces ",
    ),
    (words::LINES, "a\n\nb\n\n\nc\r\nd\te\t\tf\n  g\n \n\nh   "),
    (
        words::CODE,
        "fn main() {\n    let mut s = String::from(\"a_b\");\n\tif x != y && z >= 0 { return; }\n}\n",
    ),
    (
        words::INDENTATION,
        "def f(x):\n        return [i**2 for i in range(x) if i % 2 == 0]  # even\n\n\nclass A: pass\n",
    ),
    (
        words::MARKUP,
        "<p class=\"x\">a &amp; b</p> {\"k\": [1, -2.5, null]} https://example.org/?q=a%20b#c",
    ),
    (
        words::PUNCTUATION,
        "… — “quotes” «guillemets» (a)[b]{c} ... !!! ?! -- == => ::",
    ),
    (words::CURRENCIES, "5€ £3 ¥7 $1.50 ₹100 50% §4 ©2024 ™"),
    (
        words::LATIN,
        "Grüße aus Österreich, où l'été à Noël; ¿qué tal, señor? Łódź, İstanbul, naïve",
    ),
    (
        words::CYRILLIC_AND_GREEK,
        "Привет, мир! Как дела? Γειά σου Κόσμε. Київ",
    ),
    (
        words::HEBREW_AND_ARABIC,
        "שלום עולם. مرحبا بالعالم، كيف الحال؟",
    ),
    (words::INDIC, "नमस्ते दुनिया, क्या हाल है? বাংলা ভাষা தமிழ்"),
    (
        words::CHINESE_AND_JAPANESE,
        "你好，世界！今天天气怎么样？こんにちは、世界。カタカナと漢字",
    ),
    (
        words::KOREAN_AND_THAI,
        "안녕하세요 세계, 잘 지내세요? สวัสดีชาวโลก",
    ),
    (words::EMOJI, "👋🏽 👩‍👩‍👧‍👦 🇨🇭 ❤️ 🦙🦙 ok👍done"),
    (
        words::COMBINING_AND_LIGATURES,
        "e\u{301} o\u{308} \u{fb01}ne \u{1e9b}\u{323} Å \u{212b} ｆｕｌｌ",
    ),
    (
        words::MIXED,
        "iPhone15ProMax HTTPServer2 snake_case camelCase ABCdef日本GHI123 \u{200b}x\u{feff}",
    ),
];
