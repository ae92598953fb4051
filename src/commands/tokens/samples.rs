//! Texts in which pre-tokenizers are known to differ.

/// A name for the report, and the text.
pub const SAMPLES: [(&str, &str); 20] = [
    (
        "English",
        "Hello, world! The quick brown fox jumps over the lazy dog.",
    ),
    (
        "contractions",
        "It's what they'd've said; WE'LL see, I'm sure you're right, don't. IT'S 'tis",
    ),
    (
        "digits",
        "7 42 365 1234 12345 1234567 2024-06-30 00:07 3.14159 1,000,000 0xFF 1e-9",
    ),
    ("other numbers", "½ ² Ⅷ ٣٤٥ १२३ 四十二 ①②③ 1st 2nd v1.2.3"),
    (
        "spaces",
        "one  two   three    four \u{a0}\u{2003}wide\u{3000}spaces ",
    ),
    ("lines", "a\n\nb\n\n\nc\r\nd\te\t\tf\n  g\n \n\nh   "),
    (
        "code",
        "fn main() {\n    let mut s = String::from(\"a_b\");\n\tif x != y && z >= 0 { return; }\n}\n",
    ),
    (
        "indentation",
        "def f(x):\n        return [i**2 for i in range(x) if i % 2 == 0]  # even\n\n\nclass A: pass\n",
    ),
    (
        "markup",
        "<p class=\"x\">a &amp; b</p> {\"k\": [1, -2.5, null]} https://example.org/?q=a%20b#c",
    ),
    (
        "punctuation",
        "… — “quotes” «guillemets» (a)[b]{c} ... !!! ?! -- == => ::",
    ),
    ("currencies", "5€ £3 ¥7 $1.50 ₹100 50% §4 ©2024 ™"),
    (
        "Latin",
        "Grüße aus Österreich, où l'été à Noël; ¿qué tal, señor? Łódź, İstanbul, naïve",
    ),
    (
        "Cyrillic and Greek",
        "Привет, мир! Как дела? Γειά σου Κόσμε. Київ",
    ),
    ("Hebrew and Arabic", "שלום עולם. مرحبا بالعالم، كيف الحال؟"),
    ("Indic", "नमस्ते दुनिया, क्या हाल है? বাংলা ভাষা தமிழ்"),
    (
        "Chinese and Japanese",
        "你好，世界！今天天气怎么样？こんにちは、世界。カタカナと漢字",
    ),
    (
        "Korean and Thai",
        "안녕하세요 세계, 잘 지내세요? สวัสดีชาวโลก",
    ),
    ("emoji", "👋🏽 👩‍👩‍👧‍👦 🇨🇭 ❤️ 🦙🦙 ok👍done"),
    (
        "combining and ligatures",
        "e\u{301} o\u{308} \u{fb01}ne \u{1e9b}\u{323} Å \u{212b} ｆｕｌｌ",
    ),
    (
        "mixed",
        "iPhone15ProMax HTTPServer2 snake_case camelCase ABCdef日本GHI123 \u{200b}x\u{feff}",
    ),
];
