"""Trains small tokenizers on the front-desk corpus in the layouts of published ones, and writes their files and what
tokenizers 0.23.3 makes of hostile texts (Python 3.11; nothing is random but what random.json holds).

Usage: python make_layouts.py, in this folder, after make_goldens.py.

layouts/NAME/tokenizer.json are the tokenizers; layouts.json has the sums of ids of the first texts of random.json and of
pairs of neighbours, and parts.json what single normalizers and pre-tokenizers do with each code point.
"""

import csv
import json
import struct
import zlib
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, __version__
from tokenizers import models as M
from tokenizers import normalizers as N
from tokenizers import pre_tokenizers as P
from tokenizers import processors as X
from tokenizers import trainers as T

assert __version__ == "0.23.3", __version__

HERE = Path(__file__).parent
with open(HERE.parents[2] / "datasets/front-desk/messages.csv", encoding="utf-8", newline="") as file:
    MESSAGES = [row["text"] for row in csv.DictReader(file)][:400]
TEXTS = [row[0] for row in json.loads((HERE / "random.json").read_text())[1:]]
COUNT, PAIRS = 400, 60
SIZE = 500  # of each vocabulary
LETTERS = P.ByteLevel.alphabet()


def darts(pairs):
    """A map of characters as SentencePiece stores it: the units of a double array, and texts that end with NUL."""
    root, texts = {}, b""
    for key, text in sorted(pairs):
        node = root
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[None] = len(texts)
        texts += text.encode() + b"\0"
    units, taken = {0: 0}, {0}

    def place(node, position, label):
        base = next(b for b in range(1, 1 << 20)
                    if b not in taken and (position ^ b) < 1 << 21 and all((b ^ c) not in taken for c in node if c is not None))
        taken.add(base)
        taken.update(base ^ c for c in node if c is not None)
        units[position] = label | (None in node) << 8 | (position ^ base) << 10
        if None in node:
            units[base] = 1 << 31 | node[None]
        for c, child in node.items():
            if c is not None:
                place(child, base ^ c, c)

    place(root, 0, 0)
    count = (max(max(units), max(taken)) | 0xFF) + 1
    packed = struct.pack(f"<{count}I", *(units.get(i, 0) for i in range(count)))
    return struct.pack("<I", len(packed)) + packed + texts


MAP = N.Precompiled(darts([
    ("\u00a0", " "), ("\u3000", " "), ("\t", " "), ("\n", " "), ("\r", " "), ("\u0085", " "), ("ﬁ", "fi"), ("ﬂ", "fl"), ("½", "1⁄2"),
    ("™", "TM"), ("A\u030a", "Å"), ("e\u0301", "é"), ("É", "E"), ("①", "1"), ("\u200b", ""), ("…", "..."), ("Ⅷ", "VIII"),
    ("Ａ", "A"), ("İ", "I"), ("İs", "X"), ("ﷺ", "a long one"), ("\u0301", ""), ("龍", "竜"), ("\U0001d165", "!"), ("a", "a"),
]))


def bpe(special, model=None, train=None, **options):
    """A byte-pair tokenizer; `train` has the stages while it is trained, where they are others."""
    t = Tokenizer(model or M.BPE())
    for name, value in {**options, **(train or {})}.items():
        setattr(t, name, value)
    extra = {}
    if t.model.end_of_word_suffix:
        extra["end_of_word_suffix"] = t.model.end_of_word_suffix
    if t.model.continuing_subword_prefix:
        extra["continuing_subword_prefix"] = t.model.continuing_subword_prefix
    alphabet = LETTERS if "ByteLevel" in str(t.pre_tokenizer) else []
    t.train_from_iterator(
        MESSAGES, T.BpeTrainer(vocab_size=SIZE + len(special), special_tokens=special, initial_alphabet=alphabet,
                               show_progress=False, **extra))
    if train:
        t.pre_tokenizer = options.get("pre_tokenizer")
    return t


def unigram(special, unknown="<unk>", **options):
    t = Tokenizer(M.Unigram())
    for name, value in options.items():
        setattr(t, name, value)
    t.train_from_iterator(
        MESSAGES, T.UnigramTrainer(vocab_size=SIZE + len(special), special_tokens=special, unk_token=unknown,
                                   show_progress=False))
    return t


def wordpiece(**options):
    tokens = (HERE / "uncased/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    t = Tokenizer(M.WordPiece({token: i for i, token in enumerate(tokens)}, unk_token="[UNK]", max_input_chars_per_word=20))
    for name, value in options.items():
        setattr(t, name, value)
    return t


def template(single, pair, tokens):
    return X.TemplateProcessing(single, pair, tokens)


ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
BERT = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
MASK = dict(lstrip=True, special=True, normalized=False)
LLAMA = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
         r"|\s+(?!\S)|\s+")
CLIP = r"<s>|</s>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
signs = template("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)])
doubled = template("<s> $A </s>", "<s> $A </s> </s> $B </s>", [("<s>", 0), ("</s>", 2)])

layouts = {
    "roberta": bpe(ROBERTA, pre_tokenizer=P.ByteLevel(add_prefix_space=False),
                   post_processor=X.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)),
    "roberta-prefix": bpe(ROBERTA, pre_tokenizer=P.ByteLevel(add_prefix_space=True)),
    "modernbert": bpe(BERT, normalizer=N.NFC(), pre_tokenizer=P.ByteLevel(add_prefix_space=False), post_processor=signs),
    "llama3": bpe(["<b>"], M.BPE(ignore_merges=True),
                  pre_tokenizer=P.Sequence([P.Split(Regex(LLAMA), "isolated"),
                                            P.ByteLevel(add_prefix_space=False, use_regex=False)]),
                  post_processor=X.Sequence([X.ByteLevel(trim_offsets=False),
                                             template("<b> $A", "<b> $A <b>:1 $B:1", [("<b>", 0)])])),
    "llama2": bpe(["<unk>", "<s>", "</s>"] + BYTES, M.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True),
                  train=dict(pre_tokenizer=P.Metaspace()),
                  normalizer=N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")]),
                  post_processor=template("<s> $A", "<s> $A <s>:1 $B:1", [("<s>", 1)])),
    "clip": bpe(["<unk>", "<s>", "</s>"], M.BPE(unk_token="<unk>", end_of_word_suffix="</w>"),
                normalizer=N.Sequence([N.NFC(), N.Replace(Regex(r"\s+"), " "), N.Lowercase()]),
                pre_tokenizer=P.Sequence([P.Split(Regex(CLIP), "removed", True), P.ByteLevel(add_prefix_space=False)])),
    "continued": bpe(["<unk>"], M.BPE(unk_token="<unk>", continuing_subword_prefix="##"), normalizer=N.NFKC(),
                     pre_tokenizer=P.Whitespace()),
    "albert": unigram(BERT, normalizer=N.Sequence([
        N.Replace("``", '"'), N.Replace("''", '"'), N.NFKD(), N.StripAccents(), N.Lowercase(), MAP,
        N.Replace(Regex(" {2,}"), " ")]),
        pre_tokenizer=P.Sequence([P.WhitespaceSplit(), P.Metaspace(prepend_scheme="always")]), post_processor=signs),
    "debertav3": unigram(BERT, normalizer=N.Sequence([N.Strip(), MAP, N.Replace(Regex(" {2,}"), " ")]),
                         pre_tokenizer=P.Metaspace(prepend_scheme="always"), post_processor=signs),
    "camembert": unigram(ROBERTA, normalizer=N.Sequence([
        N.Replace("\n", " "), N.Replace("\r", " "), N.Replace("\t", " "), MAP, N.Strip(),
        N.Replace(Regex(" {2,}"), "▁")]),
        pre_tokenizer=P.Metaspace(prepend_scheme="always"), post_processor=doubled),
    "first": unigram(ROBERTA, normalizer=N.Sequence([N.Nmt(), N.NFD()]),
                     pre_tokenizer=P.Metaspace(prepend_scheme="first"), post_processor=doubled),
    "unsplit": unigram(ROBERTA, normalizer=N.NFKC(), pre_tokenizer=P.Metaspace(prepend_scheme="never", split=False)),
    "bytes": unigram(["<unk>"] + BYTES, pre_tokenizer=P.Metaspace()),
    "mixed1": unigram(ROBERTA, normalizer=N.Sequence([N.StripAccents(), N.Strip(), N.Replace(Regex("[aeiou]{2,}"), "x")]),
                      pre_tokenizer=P.Sequence([
                          P.WhitespaceSplit(), P.Digits(individual_digits=True), P.Punctuation("merged_with_previous"),
                          P.Metaspace(prepend_scheme="first")])),
    "mixed2": wordpiece(normalizer=N.Strip(left=True, right=False), pre_tokenizer=P.Sequence([
        P.Punctuation("contiguous"), P.CharDelimiterSplit("e"), P.Split(" ", "merged_with_next")])),
    "mixed3": wordpiece(normalizer=N.ByteLevel(), pre_tokenizer=P.Split(
        Regex(r"\d+|(?=a)|(?>ab|a)b|[^\W\d]{2,3}?"), "merged_with_previous", True)),
    "mixed4": wordpiece(normalizer=N.NFKD(), pre_tokenizer=P.Sequence([
        P.Punctuation("removed"), P.Split("a", "merged_with_previous"), P.Split(Regex(r"^\s|$|o*?n++"), "contiguous"),
        P.Digits(individual_digits=False)])),
    "normalized": wordpiece(normalizer=N.Sequence([
        N.NFKC(), N.BertNormalizer(), N.NFD(), N.BertNormalizer(clean_text=False, strip_accents=False, lowercase=False)]),
        pre_tokenizer=P.BertPreTokenizer(), post_processor=signs),
    "blanks": wordpiece(pre_tokenizer=P.WhitespaceSplit(), post_processor=signs),
}
layouts["roberta"].add_special_tokens([AddedToken("<mask>", **MASK)])
layouts["camembert"].add_special_tokens([AddedToken("<mask>", **MASK)])
layouts["modernbert"].add_tokens([AddedToken("   "), AddedToken("  "), AddedToken("[NAME]")])
layouts["mixed1"].add_tokens([
    AddedToken("room", single_word=True), AddedToken("Hotel", rstrip=True), AddedToken("é"), AddedToken("word", lstrip=True)])
layouts["blanks"].add_tokens([
    AddedToken("  ", lstrip=True, rstrip=True), AddedToken("\t", lstrip=True, rstrip=True), AddedToken(" a", rstrip=True),
    AddedToken("word", lstrip=True, rstrip=True)])
changed = json.loads(layouts["bytes"].to_str())
changed["model"]["byte_fallback"] = True
changed["added_tokens"] = []
layouts["bytes"] = Tokenizer.from_str(json.dumps(changed))


def crc(ids):
    return zlib.crc32(" ".join(map(str, ids)).encode())


golden = {}
for name, t in layouts.items():
    folder = HERE / "layouts" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(json.loads(t.to_str()), ensure_ascii=False, separators=(",", ":")) + "\n")
    pairs = []
    for i in range(PAIRS):
        t.enable_truncation(5 + 7 * i % 30)
        both = t.encode(TEXTS[i], TEXTS[i + 1])
        pairs.append([5 + 7 * i % 30, crc(both.ids), crc(both.type_ids)])
    t.no_truncation()
    golden[name] = {"texts": [crc(t.encode(text).ids) for text in TEXTS[:COUNT]], "pairs": pairs}
(HERE / "layouts.json").write_text(json.dumps(golden, separators=(",", ":")).replace("},", "},\n") + "\n")

# What becomes of each code point between two letters and before an accent: one sum for each 4,096 of them.
PARTS = {
    "NFC": N.NFC(), "NFD": N.NFD(), "NFKC": N.NFKC(), "NFKD": N.NFKD(), "Lowercase": N.Lowercase(),
    "StripAccents": N.StripAccents(), "Nmt": N.Nmt(), "Words": P.ByteLevel(add_prefix_space=False),
    "Whitespace": P.Whitespace(), "WhitespaceSplit": P.WhitespaceSplit(), "Punctuation": P.Punctuation(),
    "Digits": P.Digits(individual_digits=True),
    "Classes": P.Split(Regex(r"\w[\w]?|\p{Lu}\p{M}*|[\p{Sm}\p{Sc}]|\P{^S}|[^\D]|\p{Cf}|\p{Co}"), "isolated"),
}
sums = {}
for name, part in PARTS.items():
    sums[name] = []
    for block in range(0, 0x110000, 0x1000):
        text = " ".join("Z" + chr(c) + "\u0301z" for c in range(block, block + 0x1000) if not 0xD800 <= c <= 0xDFFF)
        is_normalizer = hasattr(part, "normalize_str")
        split = P.WhitespaceSplit() if is_normalizer else part
        words = [w for w, _ in split.pre_tokenize_str(part.normalize_str(text) if is_normalizer else text)]
        sums[name].append(zlib.crc32("\n".join(words).encode()))
stages = {name: json.loads(part.__getstate__()) for name, part in PARTS.items()}
(HERE / "parts.json").write_text(
    json.dumps({"stages": stages, "sums": sums}, separators=(",", ":")).replace("],", "],\n") + "\n")
