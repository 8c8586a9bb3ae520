"""What transformers and plain PyTorch make of a few texts with a folder of sentence-transformers, and of a classifier that
reads a mean or the first token.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260103; run it in this folder, after
make_encoders.py. The encoder is bert-gelu's, with a vocabulary that knows three letters. folders.safetensors holds, in
float32: mean [N, H], cls16 [N, H] (the first token of texts cut at 16 tokens), dense [N, 11] (tanh of a linear layer of the
mean), normalized [N, 11], the layer's weight [11, H] and bias [11], the classifier's weight [5, H] and bias [5], and the
logits [N, 5] of both poolings over texts cut at 16 tokens.
"""

import json
import shutil
import tempfile

import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer, BertModel

torch.manual_seed(20260103)
KNOWN = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c"]
TEXTS = ["a b c", "", "c", "A bb [MASK] x", "a b c " * 7, "bbb c a " * 13]

with tempfile.TemporaryDirectory() as folder:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(f"bert-gelu/{name}", folder)
    config = json.load(open(f"{folder}/config.json"))
    vocabulary = KNOWN + [f"[unused{i}]" for i in range(len(KNOWN), config["vocab_size"])]
    with open(f"{folder}/vocab.txt", "w") as file:
        file.write("\n".join(vocabulary) + "\n")
    with open(f"{folder}/tokenizer_config.json", "w") as file:
        json.dump({"do_lower_case": True, "tokenizer_class": "BertTokenizer"}, file)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = BertModel.from_pretrained(folder).double().eval()

H = config["hidden_size"]
dense, classifier = torch.nn.Linear(H, 11), torch.nn.Linear(H, 5)


def vectors(longest, pool):
    rows = []
    for text in TEXTS:
        inputs = tokenizer(text, truncation=True, max_length=longest, return_tensors="pt")
        with torch.inference_mode():
            rows.append(pool(encoder(**inputs).last_hidden_state[0]))
    return torch.stack(rows)


positions = config["max_position_embeddings"]
mean = vectors(positions, lambda hidden: hidden.mean(0))
with torch.inference_mode():
    out = torch.tanh(dense.double()(mean))
    tensors = {
        "mean": mean, "cls16": vectors(16, lambda hidden: hidden[0]), "dense": out,
        "normalized": out / out.norm(dim=1, keepdim=True),
        "dense.weight": dense.weight, "dense.bias": dense.bias,
        "classifier.weight": classifier.weight, "classifier.bias": classifier.bias,
        "logits.mean": classifier.double()(vectors(16, lambda hidden: hidden.mean(0))),
        "logits.cls": classifier.double()(vectors(16, lambda hidden: hidden[0])),
    }
save_file({k: v.detach().float().contiguous() for k, v in tensors.items()}, "folders.safetensors")
