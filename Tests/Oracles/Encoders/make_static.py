"""Static embeddings in the layouts that are in use, what their own programs make of texts with them, and a training.

Made with Python 3.11, model2vec 0.10.0, sentence-transformers 6.2.0, tokenizers 0.23.3, torch 2.13.0, safetensors 0.8.0, seed
20261127; run it in this folder. Writes the folders

* static-model2vec: saved by StaticModel, whose vectors are normalised and whose texts are cut at 7 tokens;
* static-quantized: the same with weights and a mapping of tokens to rows, in float16, and no limit;
* static-sentence: saved by SentenceTransformer, with StaticEmbedding, Dense, Normalize and a default prompt;
* static-matrix: a bare matrix and a BPE tokenizer with byte fallback;

and static.safetensors: for each folder NAME "NAME" [N, D], the vectors of the texts of static-texts.json; and of a training of
torch.nn.EmbeddingBag with a linear layer on it, in float64 and by torch.optim.AdamW, "train.table" [V, D], "train.weight" and
"train.bias", "train.ids" and "train.offsets" of its rows, "train.labels", the 50 "train.losses" and "train.norms", the gradient
"train.gradient" [V, D] of the first step, and the table after the last as "train.end".
"""

import json
import os
import shutil

import numpy as np
import torch
from model2vec import StaticModel
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, StaticEmbedding
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors

SEED = 20261127
rng = np.random.default_rng(SEED)
torch.manual_seed(SEED)
TEXTS = [
    "a small lamp", "", "LAMP, lamp; lamps", "zebra", "a zebra and a lamp?", "lamps and smalls " * 5, "[UNK] lamp [SEP]",
    "á small  lämp", "\U0001f300 lamp", "small" * 30,
]
json.dump(TEXTS, open("static-texts.json", "w"), ensure_ascii=True, indent=0)

SIGNS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = ["a", "and", "small", "lamp", "##s", "##a", "l", "##m", "?", ",", ";"]


def wordpiece():
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(SIGNS + WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([AddedToken(s, special=True) for s in SIGNS])
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def bytepair():
    letters = sorted(set("▁asmlpnd"))
    merges = [("▁", "l"), ("a", "m"), ("am", "p"), ("▁l", "amp"), ("▁", "s")]
    tokens = ["<unk>", "<s>"] + [f"<0x{b:02X}>" for b in range(256)] + letters + ["".join(m) for m in merges]
    tokenizer = Tokenizer(models.BPE(
        {t: i for i, t in enumerate(tokens)}, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.add_special_tokens(["<unk>", "<s>"])
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", "<s> $A <s> $B", [("<s>", 1)])
    return tokenizer


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


out = {}
V, D = len(SIGNS + WORDS), 13
vectors = rng.normal(size=(V, D)).astype(np.float32)


def model2vec(folder, model):
    fresh(folder)
    model.save_pretrained(folder)
    for name in os.listdir(folder):
        if name == "README.md":
            os.remove(f"{folder}/{name}")
    # Of float16 tables in float32, as the package computes: model2vec rounds what it adds up to float16.
    loaded = StaticModel.from_pretrained(folder)
    loaded.embedding = loaded.embedding.astype(np.float32)
    out[folder] = loaded.encode(TEXTS)


model2vec("static-model2vec", StaticModel(vectors, wordpiece(), normalize=True, max_length=7))
model2vec("static-quantized", StaticModel(
    rng.normal(size=(5, D)).astype(np.float16), wordpiece(), weights=rng.random(V),
    token_mapping=rng.integers(0, 5, size=V), max_length=None))

embedding = StaticEmbedding(wordpiece(), embedding_weights=vectors)
dense = Dense(in_features=D, out_features=7, activation_function=torch.nn.Tanh())
model = SentenceTransformer(
    modules=[embedding, dense, Normalize()], prompts={"search": "a lamp: "}, default_prompt_name="search", device="cpu")
model.save_pretrained(fresh("static-sentence"), create_model_card=False)
out["static-sentence"] = model.encode(TEXTS)

tokenizer = bytepair()
matrix = rng.normal(size=(tokenizer.get_vocab_size(), 7)).astype(np.float32)
tokenizer.save(fresh("static-matrix") + "/tokenizer.json", pretty=False)
save_file({"table": matrix}, "static-matrix/words.safetensors")
ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
out["static-matrix"] = np.stack([matrix[i].mean(0) if i else np.zeros(7, np.float32) for i in ids])

# A training: 3 labels, 23 rows of up to 17 tokens, some without any; batches of 4 in their order.
K, ROWS, BATCH, STEPS, RATE, DECAY = 3, 23, 4, 50, 1e-2, 0.1
lengths = rng.integers(0, 18, size=ROWS)
lengths[5] = 0
rows = [torch.tensor(rng.integers(0, V - 3, size=n)) for n in lengths]  # three tokens never occur
labels = torch.tensor(rng.integers(0, K, size=ROWS))
bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(vectors), freeze=False, mode="mean").double()
head = torch.nn.Linear(D, K).double()
with torch.no_grad():
    for value in head.parameters():
        value.copy_(value.float())
out |= {"train.table": vectors, "train.weight": head.weight.detach().float().numpy(),
        "train.bias": head.bias.detach().float().numpy(), "train.labels": labels.numpy(),
        "train.ids": torch.cat(rows).numpy(), "train.offsets": np.cumsum([0] + lengths.tolist())}
adamw = torch.optim.AdamW([{"params": [bag.weight, head.weight], "weight_decay": DECAY},
                           {"params": [head.bias], "weight_decay": 0.0}], lr=RATE)
batches = [list(range(i, min(ROWS, i + BATCH))) for i in range(0, ROWS, BATCH)]
epochs = -(-STEPS // len(batches))
plan = (batches * epochs)[:STEPS]
losses, norms = [], []
for step, batch in enumerate(plan):
    chosen = [rows[r] for r in batch]
    starts = torch.tensor(np.cumsum([0] + [len(r) for r in chosen[:-1]]))
    adamw.zero_grad()
    loss = torch.nn.functional.cross_entropy(head(bag(torch.cat(chosen).long(), starts)), labels[batch])
    loss.backward()
    if step == 0:
        out["train.gradient"] = bag.weight.grad.float().numpy()
    norms.append(torch.nn.utils.clip_grad_norm_([bag.weight, *head.parameters()], 1.0).item())
    adamw.step()
    losses.append(loss.item())
out |= {"train.losses": np.array(losses, np.float32), "train.norms": np.array(norms, np.float32),
        "train.end": bag.weight.detach().float().numpy()}
save_file({k: np.ascontiguousarray(v) for k, v in out.items()}, "static.safetensors")
