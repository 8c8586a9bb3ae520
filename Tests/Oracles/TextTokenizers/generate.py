"""Makes analyzer.json and terms.json: texts of our own and their terms by scikit-learn's analyzers.

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

# Every kind of term: the options as they are named in Swift, and the terms of each text.
SETS = [
    ("word", 1, 2, "none", True, []),
    ("word", 2, 3, "unicode", True, ["the", "cafe"]),
    ("word", 1, 1, "ascii", False, []),
    ("char", 1, 3, "none", True, []),
    ("char", 4, 5, "unicode", False, []),
    ("char_wb", 2, 4, "none", True, []),
    ("char_wb", 5, 7, "ascii", True, []),
]
MORE = ["  two  spaces\tand\n\nlines\u2003\u00a0wide \x1c\x1d", "a bc def", "\ufb01n \u2460 \u1e9b\u0323 \u00e9\u0301"]
terms = []
for analyzer, least, most, accents, lowercase, stop in SETS:
    analyze = CountVectorizer(
        analyzer=analyzer,
        ngram_range=(least, most),
        strip_accents=None if accents == "none" else accents,
        lowercase=lowercase,
        stop_words=stop or None,
    ).build_analyzer()
    terms.append(
        {
            "analyzer": analyzer,
            "ngramRange": [least, most],
            "stripAccents": accents,
            "lowercase": lowercase,
            "stopWords": stop,
            "texts": [{"text": text, "terms": sorted(analyze(text))} for text in TEXTS + MORE],
        }
    )
(here / "terms.json").write_text(json.dumps(terms, ensure_ascii=True, indent=None) + "\n", encoding="utf-8")
