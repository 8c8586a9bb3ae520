"""Writes the test vocabularies and golden ids of WordPiece, by tokenizers 0.23.3 (Python 3.11, seed 20).

Usage: python make_goldens.py, in this folder. Texts are the front-desk corpus (datasets/front-desk), the lines below and
random ones.
"""

import csv
import json
import random
import zlib
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, __version__
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

assert __version__ == "0.23.3", __version__

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "datasets/front-desk/messages.csv"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

# One line of each of many scripts, so that the vocabularies know letters of all of them.
LINES = [
    "Ça alors, l'été à Noël : l'œuvre du maître coûte 12 € — déjà vu, naïf, Ångström, señor, über, straße, łódź",
    "Οι διακοπές μας στην Ελλάδα ήταν ωραίες. ΟΔΟΣ ΣΟΦΟΣ",
    "Наша поездка была хорошей, йод и ёлка; Київ їжак",
    "חדר שקט בבקשה שָׁלוֹם", "غرفة هادئة من فضلك مُحَمَّد", "कृपया शांत कमरा हिन्दी", "ห้องเงียบ ๆ น้ำ",
    "静かな部屋をお願いします。東京がプール", "조용한 방 부탁합니다 한국어", "安静的房间，谢谢！龍", "İstanbul'da ılık DİYARBAKIR",
    "🤣 👍🏽 👨‍👩‍👧 ❤️ ☕ ½ ² ™ ﬁ ﬂ Ⅷ ⓐ", "ﷺ Ǆ ǅ ẞ ꙁ 𝐀𝐁𝐂 𐐀𐐨 𝟘𝟙",
]

# Code points from everywhere; combining marks that stay and that go, and letters that they combine with.
POOLS = [
    (0x20, 0x7F), (0x20, 0x7F), (0, 0x20), (0x7F, 0x180), (0x180, 0x600), (0x300, 0x370), (0x590, 0x1000),
    (0x1000, 0x2000), (0x1E00, 0x2000), (0x2000, 0x2100), (0x2100, 0x3040), (0x3040, 0x3400), (0x3400, 0xA000),
    (0xA000, 0xAC00), (0xAC00, 0xD7A4), (0xE000, 0x10000), (0xF900, 0xFB00), (0xFE00, 0x10000), (0x10000, 0x12000),
    (0x1B000, 0x1D300), (0x1F000, 0x1FB00), (0x20000, 0x2FA20), (0x30000, 0xE0000), (0xE0000, 0x110000),
]
MARKS = [0x301, 0x308, 0x327, 0x323, 0x345, 0x302E, 0x302F, 0x1D165, 0x1D16D, 0x34F, 0xFE0F, 0x200D, 0x5B4, 0x94D,
         0x1715, 0x1B44, 0x1DF6, 0x16FF0, 0x116B6, 0x1100, 0x1161, 0x11A8, 0x8D4, 0x898]
PARTS = SPECIAL + ["[NAME]", "[name]", "<date>", "<DATE>", "word", "sword", "[", "##", "##ing"]


def character(r):
    kind = r.random()
    if kind < 0.55:
        c = r.randrange(*r.choice(POOLS))
    elif kind < 0.8:
        c = r.choice(MARKS)
    else:
        c = r.randrange(0x110000)
    return " " if 0xD800 <= c <= 0xDFFF else chr(c)


def random_text(r, words):
    out = []
    for _ in range(r.choice([0, 1, 2, 3, 5, 8, 13])):
        kind = r.random()
        if kind < 0.4:
            out.append(r.choice(words))
        elif kind < 0.5:
            out.append(r.choice(PARTS))
        elif kind < 0.52:
            out.append(r.choice("aé中") * r.choice([50, 99, 100, 101, 150]))
        elif kind < 0.75:
            out.append("".join(character(r) for _ in range(r.choice([1, 1, 2, 3, 6]))))
        else:
            out.append("".join(r.choice(["a", "e", "É", character(r), chr(r.choice(MARKS))])
                               for _ in range(r.randrange(1, 8))))
        if r.random() < 0.6:
            out.append(r.choice([" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u3000", "\u0085", "\u200b"]))
    return "".join(out)


def vocabulary(texts, normalizer):
    """Special tokens, all letters, and the most frequent words, beginnings and endings of words."""
    counts = Counter()
    for text in texts + LINES * 3:
        counts.update(w for w, _ in BertPreTokenizer().pre_tokenize_str(normalizer.normalize_str(text)))
    letters = sorted({c for w in counts for c in w})
    starts, ends = Counter(), Counter()
    for word, count in counts.items():
        for n in (2, 3, 4):
            starts[word[:n]] += count
            ends["##" + word[-n:]] += count
    common = [sorted(c, key=lambda t: (-c[t], t))[:n] for c, n in ((counts, 500), (starts, 250), (ends, 250))]
    return list(dict.fromkeys(SPECIAL + letters + ["##" + c for c in letters] + sum(common, [])))


def tokenizer(tokens, normalizer, added=()):
    t = Tokenizer(WordPiece({token: i for i, token in enumerate(tokens)}, unk_token="[UNK]"))
    t.normalizer = normalizer
    t.pre_tokenizer = BertPreTokenizer()
    t.add_tokens([AddedToken(s, special=True, normalized=False) for s in SPECIAL])
    t.add_tokens(list(added))
    t.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return t


def crc(ids):
    return zlib.crc32(" ".join(map(str, ids)).encode())


def write(path, value, **options):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, **options) + "\n")


def rows_of(values):
    return "[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in values) + "\n]\n"


with open(CORPUS, encoding="utf-8", newline="") as file:
    messages = {row["id"]: row["text"] for row in csv.DictReader(file)}
texts = list(messages.values())
r = random.Random(20)
words = [w for line in LINES for w in line.split()] + r.sample(" ".join(texts).split(), 200)
randoms = [random_text(r, words) for _ in range(1000)]

uncased = vocabulary(texts, BertNormalizer())
cased = vocabulary(texts, BertNormalizer(lowercase=False))
(HERE / "uncased").mkdir(exist_ok=True)
(HERE / "uncased/vocab.txt").write_text("".join(t + "\n" for t in uncased), encoding="utf-8")
write(HERE / "uncased/tokenizer_config.json", {"do_lower_case": True, "model_max_length": 512})

ADDED = [
    AddedToken("[NAME]", special=True, normalized=False),
    AddedToken("<DATE>", normalized=True, rstrip=True),
    AddedToken("word", normalized=True, single_word=True),
    AddedToken("中", normalized=False, lstrip=True, rstrip=True),
    AddedToken("É", normalized=True, lstrip=True, single_word=True),
]
peers = {
    "uncased": tokenizer(uncased, BertNormalizer()),
    "cased": tokenizer(cased, BertNormalizer(lowercase=False)),
    "added": tokenizer(uncased, BertNormalizer(), ADDED),
}
for name in ["cased", "added"]:
    (HERE / name).mkdir(exist_ok=True)
    (HERE / name / "tokenizer.json").write_text(peers[name].to_str() + "\n", encoding="utf-8")
variants = {
    "lower, accents kept": BertNormalizer(lowercase=True, strip_accents=False),
    "cased, accents stripped": BertNormalizer(lowercase=False, strip_accents=True),
    "no cleaning": BertNormalizer(clean_text=False),
    "no ideographs": BertNormalizer(handle_chinese_chars=False),
}

peers_and_variants = {**peers, **{name: tokenizer(uncased, v) for name, v in variants.items()}}
golden = [["text", *peers_and_variants]]
golden += [[text, *(crc(t.encode(text).ids) for t in peers_and_variants.values())] for text in randoms]
(HERE / "random.json").write_text(rows_of(golden))

# Pairs of neighbours, cut to all kinds of lengths.
pairs = []
for i in range(0, 300):
    limit = r.choice([3, 4, 5, 8, 9, 16, 33, 64])
    t = peers["uncased"]
    t.enable_truncation(limit)
    both = t.encode(randoms[i], randoms[i + 1])
    pairs.append([limit, crc(t.encode(randoms[i]).ids), crc(both.ids), crc(both.type_ids)])
    t.no_truncation()
(HERE / "truncation.json").write_text(rows_of(pairs))

(HERE / "front-desk.json").write_text(rows_of(
    [id, crc(peers["uncased"].encode(text).ids), crc(peers["cased"].encode(text).ids)]
    for id, text in messages.items()))

# What becomes of each code point between two letters: one sum for each 4,096 of them.
sweep = {}
for name, normalizer in [("uncased", BertNormalizer()), ("cased", BertNormalizer(lowercase=False)),
                         ("lower, accents kept", variants["lower, accents kept"]),
                         ("no cleaning", variants["no cleaning"])]:
    split = BertPreTokenizer().pre_tokenize_str
    sums = []
    for block in range(0, 0x110000, 0x1000):
        out = []
        for c in range(block, block + 0x1000):
            if not 0xD800 <= c <= 0xDFFF:
                out += [w for w, _ in split(normalizer.normalize_str("Z" + chr(c) + "\u0301z"))]
        sums.append(zlib.crc32("\n".join(out).encode()))
    sweep[name] = sums
(HERE / "code-points.json").write_text(json.dumps(sweep, separators=(",", ":")).replace("],", "],\n") + "\n")
