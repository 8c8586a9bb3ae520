"""Makes analyzer.json: texts of our own and their tokens by scikit-learn's default word analyzer.

Made with Python 3.11 (Unicode 14.0) and scikit-learn 1.9.1. No randomness.
"""

import json
import pathlib

from sklearn.feature_extraction.text import CountVectorizer

TEXTS = [
    "",
    "a",
    "The LIFT is broken, again!",
    "I'm at room no. 12; it's 3 p.m. and don't ask_me why__",
    "naïve café CRÈME brûlée Straße STRASSE ß",
    "İstanbul'da IŞIK ıssız İİ",
    "ΟΔΟΣ ΣΑΣ Σ ΣΣ ΑΣ.ΒΣ ΑΣ' ΑΣ'Β Α\u00adΣ \u0301ΣΑ ὈΔΥΣΣΕΎΣ",
    "e\u0301cole decomposed a\u0301a o\u0308",
    "room ４０２ and x² ½ cup ⅷ ⅷⅷ ²³ ①②",
    "日本語のテスト 中 文字 한국어 हिन्दी ไทย",
    "😂😂 lol😂ok 👍🏽 ok\u200dok zero\u200bwidth non\u00a0breaking",
    "a_b _ __ _a a_ 1_000",
    "Ǆ ǅungla ŉgo ﬁne ﬀ Ÿes \u1e9eA KELVIN \u212aelvin Å\u212bb",
    "tab\tnew\nline\r\nend",
    "e-mail me@example.com http://example.com/a?b=c#d 10:30",
    "the and of system describe amoungst nothing un de",
]
out = [
    {
        "text": text,
        "tokens": CountVectorizer().build_analyzer()(text),
        "cased": CountVectorizer(lowercase=False).build_analyzer()(text),
        "english": CountVectorizer(stop_words="english").build_analyzer()(text),
    }
    for text in TEXTS
]
here = pathlib.Path(__file__).parent
(here / "analyzer.json").write_text(json.dumps(out, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
