"""Writes UnicodeTable.swift and its extensions: what the parts of a tokenizer do with each code point, asked of
tokenizers itself.

Made with tokenizers 0.23.3, Python 3.11. Nothing is random. Usage: python make_unicode_table.py FOLDER
"""

import sys
import textwrap
import unicodedata
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, __version__
from tokenizers.models import WordPiece
from tokenizers.normalizers import NFC, NFD, NFKD, BertNormalizer, Replace, StripAccents
from tokenizers.pre_tokenizers import BertPreTokenizer, Digits

assert __version__ == "0.23.3", __version__

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
HANGUL = range(0xAC00, 0xD7A4)


def normalizer(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return BertNormalizer(**{**off, **on}).normalize_str


clean = normalizer(clean_text=True)
spaced = normalizer(handle_chinese_chars=True)
stripped = normalizer(strip_accents=True)
lowered = normalizer(lowercase=True)
nfd = NFD().normalize_str
split = BertPreTokenizer().pre_tokenize_str


def pieces(c):
    return len(split("a" + chr(c) + "b"))


finder = Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
finder.add_tokens([AddedToken("-", single_word=True, normalized=False)])


def is_word(c):
    """Whether an added token that must be a single word is not found beside `c`."""
    return "-" not in finder.encode("-" + chr(c)).tokens[:1]


def combining_class(c, marks):
    """The class of `c`, found by where it sorts among marks whose classes are known."""
    low, high = 0, len(marks) - 1  # its class is one of marks[low...high]
    while low < high:
        middle = (low + high) // 2
        mark = marks[middle + 1][1]
        if c != mark and nfd("a" + chr(mark) + chr(c)) == "a" + chr(c) + chr(mark):
            high = middle  # sorted before a mark of the class above, so it is lower
        else:
            low = middle + 1
    return marks[low][0]


LAST = "\u0345"  # alone in 240, the highest class


def sorts(c):
    """Whether the library knows a combining class of `c`."""
    return chr(c) == LAST or nfd(LAST + chr(c)) == chr(c) + LAST


# One code point of each combining class (those of assigned characters never change).
MARKS = {unicodedata.combining(chr(c)): c for c in reversed(SCALARS) if sorts(c) and unicodedata.combining(chr(c))}
MARKS = sorted(MARKS.items())


def ranges(codes):
    out = []
    for c in codes:
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return " ".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in out)


def valued_ranges(pairs):
    out = []
    for c, v in pairs:
        if out and out[-1][1] == c - 1 and out[-1][2] == v:
            out[-1][1] = c
        else:
            out.append([c, c, v])
    return " ".join(f"{a:X}:{v:X}" if a == b else f"{a:X}-{b:X}:{v:X}" for a, b, v in out)


def mapped(pairs):
    return " ".join(f"{c:X}:" + ",".join(f"{ord(x):X}" for x in text) for c, text in pairs)


def mapped_runs(pairs):
    """Runs of the same distance and step (A to Z; every second letter) as `first-last/step:image of first`."""
    out = []
    for c, text in pairs:
        image = [ord(x) for x in text]
        if out and len(image) == 1 == len(out[-1][3]):
            first, last, step, to = out[-1]
            if image[0] - c == to[0] - first and (step == 0 and c - last <= 2 or c - last == step):
                out[-1] = (first, c, c - last, to)
                continue
        out.append((c, c, 0, image))
    return " ".join(
        f"{a:X}" + (f"-{b:X}" if step else "") + ("/2" if step == 2 else "") + ":" + ",".join(f"{x:X}" for x in to)
        for a, b, step, to in out
    )


CLASSES = [
    ("whitespace", "Between words: Unicode's White_Space.", ranges(c for c in SCALARS if pieces(c) == 2)),
    ("punctuation", "Words of their own: ASCII symbols and Unicode 8's P*.",
     ranges(c for c in SCALARS if pieces(c) == 3)),
    ("control", "Dropped by cleaning: NUL, U+FFFD and Unicode 8's Cc (but tab, line feed, return), Cf, Co.",
     ranges(c for c in SCALARS if clean("a" + chr(c) + "b") == "ab")),
    ("ideograph", "Set apart by spaces: the CJK ideographs.",
     ranges(c for c in SCALARS if spaced(chr(c)) == " " + chr(c) + " ")),
    ("nonspacingMark", "Dropped by accent stripping, after decomposition: Unicode 8's Mn.",
     ranges(c for c in SCALARS if nfd(chr(c)) == chr(c) and stripped(chr(c)) == "")),
    ("combiningClass", "Canonical combining classes other than 0.",
     valued_ranges((c, combining_class(c, MARKS)) for c in SCALARS if sorts(c))),
    ("word", "Keeps an added token from being a single word: what `\\w` matches.",
     ranges(c for c in SCALARS if is_word(c))),
    ("lowercase", "Lower-case mappings: of a run, `/2` if of every second code point, the image of the first.",
     mapped_runs((c, lowered(chr(c))) for c in SCALARS if lowered(chr(c)) != chr(c))),
]
DECOMPOSITION = [
    ("decomposition", "Full canonical decompositions, but those of Hangul syllables, which follow a rule.",
     mapped((c, nfd(chr(c))) for c in SCALARS if nfd(chr(c)) != chr(c) and c not in HANGUL)),
]

nfc, nfkd = NFC().normalize_str, NFKD().normalize_str
COMPATIBILITY = [
    ("compatibility", "Full compatibility decompositions, where they are not the canonical ones.",
     mapped((c, nfkd(chr(c))) for c in SCALARS if nfkd(chr(c)) != nfd(chr(c)))),
    ("compositionExclusion", "Decompositions of more than one code point that composition does not undo.",
     ranges(c for c in SCALARS if len(nfd(chr(c))) > 1 and nfc(chr(c)) != chr(c))),
]


def stepped_ranges(codes):
    """`first-last`, and `first-last/2` for runs of every second code point."""
    out = []
    for c in codes:
        if out:
            first, last, step = out[-1]
            if c - last == (step or c - last) and c - last <= 2 and (step or c - last == 1 or first == last):
                out[-1] = (first, c, c - last)
                continue
        out.append((c, c, 0))
    flat = []
    for first, last, step in out:
        if step == 2 and last - first == 2:
            flat += [f"{first:X}", f"{last:X}"]
        else:
            flat.append(f"{first:X}" + (f"-{last:X}" if step else "") + ("/2" if step == 2 else ""))
    return " ".join(flat)


EVERYTHING = "".join(map(chr, SCALARS))


def matching(expression):
    """The code points that a regular expression of the library matches."""
    left = set(Replace(Regex(expression), "").normalize_str(EVERYTHING))
    return [c for c in SCALARS if chr(c) not in left]


strip_accents = StripAccents().normalize_str
digits = Digits(individual_digits=True).pre_tokenize_str
GENERAL = ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
           "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co"]
CATEGORIES = [
    ("combiningMark", "Dropped by the normalizer StripAccents.",
     ranges(c for c in SCALARS if strip_accents(chr(c)) == "")),
    ("numeric", "Set apart by the pre-tokenizer Digits.", ranges(c for c in SCALARS if len(digits("a" + chr(c))) == 2)),
] + [(f"category{name}", f"What `\\p{{{name}}}` of a regular expression matches.",
      stepped_ranges(matching(rf"\p{{{name}}}"))) for name in GENERAL]

HEAD = """\
// Written by Tests/Oracles/TextTokenizers/make_unicode_table.py from tokenizers 0.23.3. Do not edit.

"""
DOC = """\
/// What a BERT tokenizer needs to know of each code point: `first-last`, in hexadecimal, with `:value` where there
/// is one.
///
/// Swift's own properties will not do. The peer takes its categories from Unicode 8, so that hundreds of code points
/// of later versions differ; and a look at one property of every code point takes a tenth of a second, which is more
/// than all the rest of loading a tokenizer.
"""


def write(path, opening, tables):
    out = HEAD + opening
    for n, (name, comment, text) in enumerate(tables):
        out += ("\n" if n else "") + f"    /// {comment}\n" + f'    static let {name} = """\n'
        lines = textwrap.wrap(text, 101, break_on_hyphens=False, break_long_words=False)
        out += "".join(f"        {line}\n" for line in lines)
        out += '        """\n'
    path.write_text(out + "}\n")


folder = Path(sys.argv[1])
write(folder / "UnicodeTable.swift", DOC + "enum UnicodeTable {\n", CLASSES)
write(folder / "UnicodeTable+Decomposition.swift", "extension UnicodeTable {\n", DECOMPOSITION)
write(folder / "UnicodeTable+Compatibility.swift", "extension UnicodeTable {\n", COMPATIBILITY)
write(folder / "UnicodeTable+Categories.swift", "extension UnicodeTable {\n", CATEGORIES)
