"""Makes classes/: tokenizers without a tokenizer.json, or with one that says other stages than their class makes, and
classes.json: a sum of the ids that AutoTokenizer gives for each text of random.json, whole and cut at the left.

    python make_classes.py        (transformers 5.23.0, tokenizers 0.23.3, sentencepiece 0.2.3)
"""

import csv
import io
import json
import os
import shutil
import tempfile
import zlib
from pathlib import Path

import sentencepiece
from tokenizers import Tokenizer
from tokenizers import models as M
from tokenizers import pre_tokenizers as P
from tokenizers import trainers as T
from transformers import AutoTokenizer

HERE = Path(__file__).parent
OUT = HERE / "classes"
with open(HERE.parents[2] / "datasets/front-desk/messages.csv", encoding="utf-8", newline="") as file:
    MESSAGES = [row["text"] for row in csv.DictReader(file)][:400]
TEXTS = [row[0] for row in json.loads((HERE / "random.json").read_text())[1:]][:300]
LIMIT = 9

# What characters become: full-width and ligatures, a decomposed letter, blanks, and one that goes.
RULES = "FF21\t41\nFB01\t66 69\n65 301\tE9\n3000\t20\n9\t20\nA\t20\nD\t20\nA0\t20\n200B\t\n2026\t2E 2E 2E\nC9\t45\n"


def pieces(rules=RULES, **options):
    """A model of SentencePiece, in memory, so that it holds no path."""
    out = io.BytesIO()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(rules)
        file.flush()
        if rules:
            options["normalization_rule_tsv"] = file.name
        else:
            options["normalization_rule_name"] = "identity"
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(m.replace("\n", " ") for m in MESSAGES), model_writer=out, vocab_size=300,
            minloglevel=2, num_threads=1, **options)
    from sentencepiece import sentencepiece_model_pb2 as pb

    model = pb.ModelProto.FromString(out.getvalue())
    model.normalizer_spec.normalization_rule_tsv = ""
    return model.SerializeToString()


def byte_level():
    t = Tokenizer(M.BPE())
    t.pre_tokenizer = P.ByteLevel(add_prefix_space=False)
    t.train_from_iterator(MESSAGES, T.BpeTrainer(
        vocab_size=400, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], initial_alphabet=P.ByteLevel.alphabet(),
        show_progress=False))
    with tempfile.TemporaryDirectory() as folder:
        t.model.save(folder)
        return {name: Path(folder, name).read_bytes() for name in ("vocab.json", "merges.txt")}


FAIRSEQ = pieces()
ALBERT = pieces(pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols=["[CLS]", "[SEP]", "[MASK]"],
                user_defined_symbols=["(", "-"], pad_piece="<pad>")
DEBERTA = pieces(pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]",
                 unk_piece="[UNK]")
PLAIN = pieces(rules="", add_dummy_prefix=False, remove_extra_whitespaces=False)
BYTES = byte_level()
COUNT = len(json.loads(BYTES["vocab.json"]))
WORDS = "\n".join(["<s>", "<pad>", "</s>", "<unk>"] + (HERE / "uncased/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
                  + ["<mask>"]) + "\n"


def config(name, **more):
    return {"tokenizer_config.json": {"tokenizer_class": name, **more}}


FOLDERS = {
    "xlm-roberta": {"sentencepiece.bpe.model": FAIRSEQ, **config("XLMRobertaTokenizer", model_max_length=512)},
    "xlm-roberta-plain": {"sentencepiece.bpe.model": PLAIN, "config.json": {"model_type": "xlm-roberta"}, "tokenizer_config.json": {
        "add_prefix_space": False, "additional_special_tokens": ["<extra>", "room"]}},
    "camembert": {"sentencepiece.bpe.model": FAIRSEQ, **config("CamembertTokenizer")},
    "albert": {"spiece.model": ALBERT, "config.json": {"model_type": "albert"}},
    "albert-cased": {"spiece.model": ALBERT, **config("AlbertTokenizer", do_lower_case=False, keep_accents=True)},
    "deberta-v2": {"spm.model": DEBERTA, "added_tokens.json": {"[MASK]": 300}, **config("DebertaV2Tokenizer")},
    "deberta-v2-lower": {"spm.model": DEBERTA, "config.json": {"model_type": "deberta-v2"}, "tokenizer_config.json": {
        "do_lower_case": True, "split_by_punct": True, "add_prefix_space": False}},
    "roberta": {**BYTES, "config.json": {"model_type": "roberta"}, "added_tokens.json": {"<later>": COUNT, "Room": COUNT + 1},
                "special_tokens_map.json": {"mask_token": {
                    "content": "<mask>", "lstrip": True, "rstrip": False, "single_word": False, "normalized": False}}},
    "roberta-prefix": {**BYTES, **config("RobertaTokenizerFast", add_prefix_space=True)},
    "gpt2": {**BYTES, **config("GPT2Tokenizer")},
    "deberta": {**BYTES, **config("DebertaTokenizer")},
    "mpnet": {"vocab.txt": WORDS.encode(), **config("MPNetTokenizer")},
    "mpnet-cased": {"vocab.txt": WORDS.encode(), "config.json": {"model_type": "mpnet"}, "tokenizer_config.json": {
        "do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False, "mask_token": "<mask>"}},
}
# Folders of layouts/, each with a class that makes other stages than its tokenizer.json says.
WRITTEN = {"albert": "AlbertTokenizer", "debertav3": "DebertaV2Tokenizer", "camembert": "CamembertTokenizer",
           "first": "XLMRobertaTokenizer", "roberta": "RobertaTokenizer", "roberta-prefix": "RobertaTokenizer"}


def crc(ids):
    return zlib.crc32(" ".join(map(str, ids)).encode())


def sums(folder):
    t = AutoTokenizer.from_pretrained(folder, truncation_side="left")
    return {"texts": [crc(ids) for ids in t(TEXTS)["input_ids"]],
            "left": [crc(ids) for ids in t(TEXTS, truncation=True, max_length=LIMIT)["input_ids"]]}


golden = {}
shutil.rmtree(OUT, ignore_errors=True)
for name, files in FOLDERS.items():
    folder = OUT / name
    folder.mkdir(parents=True)
    for file, content in files.items():
        folder.joinpath(file).write_bytes(content if isinstance(content, bytes) else (json.dumps(content) + "\n").encode())
    golden[name] = sums(folder)
for name, kind in WRITTEN.items():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "layouts" / name / "tokenizer.json", folder)
        Path(folder, "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": kind}))
        golden[f"layouts/{name}"] = {"class": kind, **sums(folder)}
(HERE / "classes.json").write_text(json.dumps(golden, separators=(",", ":")).replace("},", "},\n") + "\n")
