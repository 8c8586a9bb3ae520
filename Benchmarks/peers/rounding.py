"""What rounding does to a training: the losses of 50 steps, ours and PyTorch's in float32, beside PyTorch's in float64.

    rounding.py --program bakeoff [--architecture albert] [--hidden 64] [--layers 12] [--heads 4] [--intermediate 256]
                [--deviation 0.02] [--rate 1e-3] [--seeds 3] [--first 1] [--rows 40] [--batch 8] [--epochs 10] [--longest 25]

Every seed draws a classifier of that architecture and shape, whose weights have the standard deviation (norms: around 1),
texts of token ids and labels. All sides train it on the same rows in the same order, which is the one that our program draws:
AdamW with decay 0.01, a warm-up over a tenth of the steps and a linear decay, gradients clipped to norm 1, no dropout.

Prints the largest |loss / loss in float64 - 1| of the steps: of our program; of PyTorch in float32 with eager and with fused
attention, which add in other orders; and of PyTorch in float64 from weights that are moved by at most half a unit of float32's
last place. The last is what a training makes of a rounding of its weights alone: where it is large, no program in float32 can
follow another. Ours must be within 1e-4, or within 4 times the largest of the others; else the script ends with 1.

Versions used: torch 2.13.0, transformers 5.23.0.
"""

import argparse
import copy
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from transformers import AutoConfig, AutoModelForSequenceClassification, get_linear_schedule_with_warmup, logging

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests/Oracles/Encoders"))
import drawn
import in_double

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--architecture", default="albert", help="model_type of config.json")
parser.add_argument("--hidden", type=int, default=64)
parser.add_argument("--layers", type=int, default=12)
parser.add_argument("--heads", type=int, default=4)
parser.add_argument("--intermediate", type=int, default=256)
parser.add_argument("--deviation", type=float, default=0.02)
parser.add_argument("--rate", type=float, default=1e-3)
parser.add_argument("--seeds", type=int, default=3)
parser.add_argument("--first", type=int, default=1, help="the first seed")
parser.add_argument("--rows", type=int, default=40)
parser.add_argument("--batch", type=int, default=8)
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--longest", type=int, default=25, help="tokens of the longest text")
options = parser.parse_args()
V, K, FIRST_ID, DECAY, WARMUP, ORDER_SEED = 97, 3, 5, 0.01, 0.1, 5
LIMIT, TIMES = 1e-4, 4
logging.set_verbosity_error()
torch.set_num_threads(1)


def drawn_classifier(seed):
    torch.manual_seed(seed)
    # DistilBERT has names of its own for what the others share.
    sizes = ({"dim": options.hidden, "n_layers": options.layers, "n_heads": options.heads,
              "hidden_dim": options.intermediate} if options.architecture == "distilbert" else
             {"hidden_size": options.hidden, "num_hidden_layers": options.layers,
              "num_attention_heads": options.heads, "intermediate_size": options.intermediate})
    special = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1, "sep_token_id": 2}
    config = AutoConfig.for_model(
        options.architecture, vocab_size=V, num_labels=K, max_position_embeddings=options.longest + 8, **sizes, **special)
    if hasattr(config, "embedding_size"):
        config.embedding_size = options.hidden // 2
    model = AutoModelForSequenceClassification.from_config(config, attn_implementation="eager")
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.normal_(0, options.deviation)
            if "norm" in name.lower() and name.endswith("weight"):
                value.add_(1)
    return model.eval()


def drawn_rows(seed):
    random = np.random.default_rng(seed)
    return [(random.integers(FIRST_ID, V, random.integers(1, options.longest + 1)).tolist(), int(random.integers(K)))
            for _ in range(options.rows)]


def pytorch(model, rows, dtype, attention="eager", moved=False):
    """The losses of all steps."""
    model = copy.deepcopy(model).to(dtype)
    model.set_attn_implementation(attention)
    if moved:
        random = torch.Generator().manual_seed(1)
        with torch.no_grad():
            for value in model.parameters():
                value.mul_(1 + (torch.rand(value.shape, generator=random, dtype=dtype) * 2 - 1) * 2.0**-24)
    is_plain = lambda name: "bias" in name or "norm" in name.lower()
    named = list(model.named_parameters())
    optimizer = torch.optim.AdamW([
        {"params": [p for n, p in named if not is_plain(n)], "weight_decay": DECAY},
        {"params": [p for n, p in named if is_plain(n)], "weight_decay": 0.0}], lr=options.rate)
    total = options.epochs * math.ceil(len(rows) / options.batch)
    schedule = get_linear_schedule_with_warmup(optimizer, math.ceil(WARMUP * total), total)
    losses = []
    for epoch in range(options.epochs):
        order = drawn.order(ORDER_SEED, epoch, len(rows))
        for start in range(0, len(rows), options.batch):
            batch = [rows[row] for row in order[start:start + options.batch]]
            width = max(len(ids) for ids, _ in batch)
            tokens, mask = torch.zeros(2, len(batch), width, dtype=torch.long)
            for i, (ids, _) in enumerate(batch):
                tokens[i, :len(ids)], mask[i, :len(ids)] = torch.tensor(ids), 1
            logits = model(input_ids=tokens, attention_mask=mask).logits
            loss = torch.nn.functional.cross_entropy(logits, torch.tensor([label for _, label in batch]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    return np.array(losses)


def ours(model, rows):
    """The losses of all steps."""
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(f"{folder}/model")
        # A word for each token id, and nothing around a text.
        vocabulary = {f"w{token}": token for token in range(V)}
        files = {
            "tokenizer.json": {
                "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
                "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
                "model": {"type": "WordPiece", "unk_token": "w3", "continuing_subword_prefix": "##",
                          "max_input_chars_per_word": 100, "vocab": vocabulary}},
            "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "w0", "unk_token": "w3"}}
        for name, content in files.items():
            with open(f"{folder}/model/{name}", "w") as file:
                json.dump(content, file)
        # The protocol wants a test part: a few of the rows, again.
        for name, part in [("train", rows), ("test", rows[:6])]:
            with open(f"{folder}/{name}.jsonl", "w") as file:
                for ids, label in part:
                    text = " ".join(f"w{token}" for token in ids)
                    file.write(json.dumps({"text": text, "label": f"l{label}"}) + "\n")
        with open(f"{folder}/rounding.yaml", "w") as file:
            file.write(f"""
name: rounding
dataset:
  files: {{train: train.jsonl, test: test.jsonl}}
  columns: {{text: text}}
  labels: {{column: label, kind: multiclass, names: {json.dumps([f"l{k}" for k in range(K)])}}}
contestants:
  - id: finetuned
    model: fine-tuned
    encoder: {folder}/model
    pooling: pooler
    max-length: {options.longest}
    training: {{epochs: {options.epochs}, batch-size: {options.batch}, learning-rate: {options.rate}, schedule: linear,
                warmup: {WARMUP}, weight-decay: {DECAY}, max-grad-norm: 1.0, dropout: 0}}
""")
        done = subprocess.run(
            [os.path.abspath(options.program), "run", "rounding.yaml", "--seed", str(ORDER_SEED), "--threads", "1"],
            cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        with open(f"{folder}/reports/rounding/logs/finetuned.jsonl") as file:
            return np.array([step["loss"] for step in map(json.loads, file) if "grad_norm" in step])


differs = False
for seed in range(options.first, options.first + options.seeds):
    model, rows = drawn_classifier(seed), drawn_rows(seed)
    exact = pytorch(model, rows, torch.float64)
    found = {"ours": ours(model, rows), "float32": pytorch(model, rows, torch.float32)}
    if model._supports_sdpa:
        found["float32, fused attention"] = pytorch(model, rows, torch.float32, "sdpa")
    found["float64, moved"] = pytorch(model, rows, torch.float64, moved=True)
    errors = {side: np.abs(losses / exact - 1).max() for side, losses in found.items()}
    mine = errors["ours"]
    differs |= not (mine <= LIMIT or mine <= TIMES * max(error for side, error in errors.items() if side != "ours"))
    print(f"{options.architecture} {options.hidden} x {options.layers}, deviation {options.deviation:g}, rate {options.rate:g}, "
          f"seed {seed}: loss {exact[0]:.3f} to {exact[-1]:.3f}; "
          + ", ".join(f"{side} {error:.1e}" for side, error in errors.items()), flush=True)
sys.exit(1 if differs else 0)
