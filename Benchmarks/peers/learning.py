"""Whether fine-tuning learns as PyTorch's does: the mean training loss of both epochs over seeds, ours beside PyTorch's.

    learning.py --program bakeoff --model FOLDER --table FILE [--rows 4000] [--seeds 20] [--batch 16] [--rate 2e-4]
                [--dropout P] [--imposed order,head,masks] [--sides ours,pytorch] [--first 1] [--json FILE]

Both sides take the first rows of the table for two epochs: pooler head, AdamW with decay 0.01 (not of biases and
LayerNorms), gradients clipped to norm 1, a warm-up over a tenth of the steps and a linear decay, texts cut at 128
tokens, one thread. Dropout is that of the checkpoint if nothing is said.

Each side draws the head's weights, the orders of rows and what dropout drops from its own generator, PyTorch's as users
of the Trainer get them: after `set_seed`, the head is drawn when the model is loaded, then an order an epoch. The two
sides must have means within two standard errors of their difference, for each epoch; else the script ends with 1.

`--imposed` gives PyTorch some of those, or all, as our program draws them from the same seed, so that runs are paired:
with all of them, both sides see the same rows with the same masks in the same order, and losses follow each other step
by step until rounding has grown (some 60 steps at these rates). What parts the two is then in what was not imposed.

PyTorch computes no padding: linear layers and norms see the tokens of all texts one after another, which takes half the
time; the first batch's loss is compared with that of the model as it comes.

Versions used: torch 2.13.0, transformers 5.23.0.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--table", required=True)
parser.add_argument("--rows", type=int, default=4000)
parser.add_argument("--seeds", type=int, default=20, help="how many seeds a side")
parser.add_argument("--first", type=int, default=1, help="the first of them")
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--rate", type=float, default=2e-4)
parser.add_argument("--dropout", type=float, help="every probability of dropout; the checkpoint's if absent")
parser.add_argument("--imposed", default="", help="what PyTorch takes from us: order, head, masks")
parser.add_argument("--sides", default="ours,pytorch")
parser.add_argument("--steps", type=int, default=10**9, help="PyTorch stops after so many")
parser.add_argument("--json", help="append the losses of every run to this file; what it has is not run again")
options = parser.parse_args()
imposed = set(filter(None, options.imposed.split(",")))
if imposed - {"order", "head", "masks"}:
    parser.error("--imposed takes order, head and masks")
EPOCHS, DECAY, CLIP, LONGEST, WARMUP = 2, 0.01, 1.0, 128, 0.1
# Losses that differ by more than this share are no longer the same but for rounding.
PARTED = 0.001

is_multilabel = options.table.endswith(".tsv")
with open(options.table, encoding="utf-8") as file:
    rows = [line.rstrip("\n").split("\t" if is_multilabel else ";")[:2] for line in file][: options.rows]
if is_multilabel:
    labels = [f"l{k}" for k in range(1 + max(int(k) for _, cell in rows for k in cell.split(",")))]
else:
    labels = sorted({label for _, label in rows})


# Our random numbers: Philox4x32-10, with the counters of RandomPurpose.swift and Dropout.swift.

HEAD, ORDER, DROPOUT = 1, 2, 3  # domains


def philox(counter, seed):
    """Ten rounds on four arrays of uint64 below 2^32."""
    c, k = [np.asarray(x, dtype=np.uint64) for x in counter], [seed & 0xFFFFFFFF, seed >> 32]
    low, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> half) ^ c[1] ^ np.uint64(k[0]), b & low, (a >> half) ^ c[3] ^ np.uint64(k[1]), a & low]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def numbers(seed, domain, stream, count):
    """The first 64-bit numbers of a stream."""
    blocks = np.arange((count + 1) // 2, dtype=np.uint64)
    words = [np.broadcast_to(word, blocks.shape) for word in
             philox([blocks, domain << 24, stream & 0xFFFFFFFF, stream >> 32], seed)]
    pairs = [words[0] | words[1] << np.uint64(32), words[2] | words[3] << np.uint64(32)]
    return np.stack(pairs, 1).reshape(-1)[:count]


def our_order(seed, epoch):
    bits = iter(numbers(seed, ORDER, epoch << 32, 2 * len(rows)).tolist())
    order = list(range(len(rows)))
    for i in range(len(rows) - 1, 0, -1):
        product = next(bits) * (i + 1)
        while product % 2**64 < 2**64 % (i + 1):
            product = next(bits) * (i + 1)
        j = product >> 64
        order[i], order[j] = order[j], order[i]
    return order


def our_head(seed, inputs, spread):
    uniform = (numbers(seed, HEAD, 1, 2 * inputs * len(labels)) >> np.uint64(11)) * 2.0**-53
    normal = np.sqrt(-2 * np.log1p(-uniform[0::2])) * np.cos(2 * np.pi * uniform[1::2])
    return (normal * spread).astype(np.float32).reshape(len(labels), inputs)


def our_mask(seed, step, site, probability, row_numbers, columns):
    """What dropout multiplies by. Shape: [rows, columns]."""
    lanes = np.arange(16 * ((columns + 63) // 64), dtype=np.uint64)[None, :]
    counter_rows = np.asarray(row_numbers, dtype=np.uint64)[:, None] | np.uint64(DROPOUT << 24)
    words = np.stack(philox([lanes, counter_rows, site, step], seed), 2)
    # Column 64 g + 16 w + l is word w of block 16 g + l.
    bits = words.reshape(len(row_numbers), -1, 16, 4).transpose(0, 1, 3, 2).reshape(len(row_numbers), -1)
    kept = bits[:, :columns] >= np.uint64(int(probability * 2**32))
    return (kept / (1 - probability)).astype(np.float32)


def pytorch(seed):
    """The losses of all steps."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, dropout, gelu
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, get_linear_schedule_with_warmup
    from transformers import logging, set_seed

    logging.set_verbosity_error()
    torch.set_num_threads(1)
    set_seed(seed)
    changes = {"problem_type": "multi_label_classification"} if is_multilabel else {}
    if options.dropout is not None:
        changes |= {"hidden_dropout_prob": options.dropout, "attention_probs_dropout_prob": options.dropout}
    model = AutoModelForSequenceClassification.from_pretrained(
        options.model, num_labels=len(labels), **changes).train()
    config, bert = model.config, model.bert
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    ids = [tokenizer(text, truncation=True, max_length=LONGEST)["input_ids"] for text, _ in rows]
    gold = torch.zeros(len(rows), len(labels))
    for row, (_, cell) in enumerate(rows):
        gold[row, [int(k) for k in cell.split(",")] if is_multilabel else labels.index(cell)] = 1
    if not is_multilabel:
        gold = gold.argmax(1)
    if "head" in imposed:
        model.classifier.weight.data = torch.tensor(our_head(seed, config.hidden_size, config.initializer_range))

    # Words that no text has are never read: leaving them out saves the optimizer their decay.
    used = sorted({config.pad_token_id} | {word for text in ids for word in text})
    place = {word: index for index, word in enumerate(used)}
    ids = [[place[word] for word in text] for text in ids]
    bert.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        bert.embeddings.word_embeddings.weight.data[used].clone(), freeze=False, padding_idx=place[config.pad_token_id])

    def dropped(x, probability, step, site, row_numbers):
        if not model.training or probability == 0:
            return x
        if "masks" not in imposed:
            return dropout(x, probability)
        rows_ = x.reshape(-1, x.shape[-1])
        return (rows_ * torch.tensor(our_mask(seed, step, site, probability, row_numbers, x.shape[-1]))).view(x.shape)

    def loss_of(batch, step):
        lengths = [len(ids[row]) for row in batch]
        B, W, heads = len(batch), max(lengths), config.num_attention_heads
        D = config.hidden_size // heads
        words = torch.tensor([word for row in batch for word in ids[row]])
        places = torch.tensor([place for length in lengths for place in range(length)])
        first = torch.tensor([0, *lengths[:-1]]).cumsum(0)
        cells = torch.tensor([W * i + place for i, length in enumerate(lengths) for place in range(length)])
        hole = torch.zeros(B, 1, 1, W)
        for i, length in enumerate(lengths):
            hole[i, ..., length:] = -math.inf
        hidden, tokens = config.hidden_dropout_prob, np.arange(len(words))
        embeddings = bert.embeddings
        x = embeddings.word_embeddings(words) + embeddings.token_type_embeddings.weight[0]
        x = dropped(embeddings.LayerNorm(x + embeddings.position_embeddings(places)), hidden, step, 0, tokens)
        for index, layer in enumerate(bert.encoder.layer):
            # The head reads [CLS] alone, so nothing else is asked for in the last layer.
            is_last = index == len(bert.encoder.layer) - 1
            q, site, asking = (x[first], 3 * index, np.arange(B)) if is_last else (x, 3 * index, tokens)
            spread = lambda y: torch.zeros(B * W, heads * D).index_copy(0, cells, y).view(B, W, heads, D).transpose(1, 2)
            look = layer.attention.self
            queries = look.query(q).view(B, 1, heads, D).transpose(1, 2) if is_last else spread(look.query(q))
            p = torch.softmax(queries @ spread(look.key(x)).transpose(2, 3) / math.sqrt(D) + hole, -1)
            # A row for each sequence, head and asking token; those of padding may have any mask.
            starts = np.arange(B) if is_last else first.numpy()
            asked = starts[:, None, None] + np.arange(p.shape[2])[None, None, :]
            numbers_ = (asked * heads + np.arange(heads)[None, :, None]).reshape(-1)
            p = dropped(p, config.attention_probs_dropout_prob, step, 1 + site, numbers_)
            context = (p @ spread(look.value(x))).transpose(1, 2).reshape(-1, heads * D)
            output = layer.attention.output
            y = output.dense(context if is_last else context[cells])
            y = output.LayerNorm(dropped(y, hidden, step, 2 + site, asking) + q)
            z = layer.output.dense(gelu(layer.intermediate.dense(y)))
            x = layer.output.LayerNorm(dropped(z, hidden, step, 3 + site, asking) + y)
        pooled = torch.tanh(bert.pooler.dense(x))
        probability = hidden if config.classifier_dropout is None else config.classifier_dropout
        logits = model.classifier(
            dropped(pooled, probability, step, 1 + 3 * len(bert.encoder.layer), np.arange(B)))
        return (binary_cross_entropy_with_logits if is_multilabel else cross_entropy)(logits, gold[batch])

    def check(batch):
        model.eval()
        width = max(len(ids[row]) for row in batch)
        tokens, mask = torch.zeros(2, len(batch), width, dtype=torch.long)
        for i, row in enumerate(batch):
            tokens[i, : len(ids[row])] = torch.tensor(ids[row])
            mask[i, : len(ids[row])] = 1
        with torch.no_grad():
            expected = model(input_ids=tokens, attention_mask=mask, labels=gold[batch]).loss.item()
            found = loss_of(batch, 0).item()
        if abs(found / expected - 1) > 1e-5:
            sys.exit(f"the loss without padding is {found}, the model's {expected}")
        model.train()

    groups = [[p for p in model.parameters() if p.ndim > 1], [p for p in model.parameters() if p.ndim < 2]]
    optimizer = torch.optim.AdamW(
        [{"params": group, "weight_decay": decay} for group, decay in zip(groups, (DECAY, 0))], lr=options.rate,
        fused=True)
    total = EPOCHS * math.ceil(len(rows) / options.batch)
    schedule = get_linear_schedule_with_warmup(optimizer, math.ceil(WARMUP * total), total)
    losses = []
    for epoch in range(EPOCHS):
        order = our_order(seed, epoch) if "order" in imposed else torch.randperm(len(rows)).tolist()
        for start in range(0, len(rows), options.batch):
            if len(losses) == options.steps:
                return losses
            batch = order[start : start + options.batch]
            if not losses:
                check(batch)
            loss = loss_of(batch, len(losses))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    return losses


def ours(seed):
    """The losses of all steps."""
    with tempfile.TemporaryDirectory() as folder:
        # The protocol wants a test part: a few of the rows, again.
        for name, part in [("train", rows), ("test", rows[:50])]:
            with open(f"{folder}/{name}.jsonl", "w", encoding="utf-8") as file:
                for text, cell in part:
                    label = [labels[int(k)] for k in cell.split(",")] if is_multilabel else cell
                    file.write(json.dumps({"text": text, "label": label}) + "\n")
        kind = f"multilabel, names: {json.dumps(labels)}" if is_multilabel else "multiclass"
        dropout = "" if options.dropout is None else f", dropout: {options.dropout}"
        with open(f"{folder}/learning.yaml", "w") as file:
            file.write(f"""
name: learning
dataset:
  files: {{train: train.jsonl, test: test.jsonl}}
  columns: {{text: text}}
  labels: {{column: label, kind: {kind}}}
contestants:
  - id: finetuned
    model: fine-tuned
    encoder: {os.path.abspath(options.model)}
    pooling: pooler
    max-length: {LONGEST}
    training: {{epochs: {EPOCHS}, batch-size: {options.batch}, learning-rate: {options.rate}, schedule: linear,
                warmup: {WARMUP}, weight-decay: {DECAY}, max-grad-norm: {CLIP}{dropout}}}
""")
        done = subprocess.run(
            [os.path.abspath(options.program), "run", "learning.yaml", "--seed", str(seed), "--threads", "1"],
            cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        with open(f"{folder}/reports/learning/logs/finetuned.jsonl") as file:
            return [step["loss"] for step in map(json.loads, file) if "loss" in step]


known = []
if options.json and os.path.exists(options.json):
    with open(options.json, encoding="utf-8") as lines:
        known = [json.loads(line) for line in lines]


def losses_of(side, seed):
    settings = {
        "model": os.path.basename(os.path.abspath(options.model)), "table": os.path.basename(options.table),
        "rows": len(rows), "batch": options.batch, "rate": options.rate, "dropout": options.dropout, "side": side,
        "imposed": sorted(imposed) if side == "pytorch" else [], "seed": seed}
    for record in known:
        if all(record.get(key) == value for key, value in settings.items()):
            return record["losses"]
    losses = {"ours": ours, "pytorch": pytorch}[side](seed)
    if options.json:
        with open(options.json, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(settings | {"losses": losses}) + "\n")
    return losses


found, half = {}, math.ceil(len(rows) / options.batch)
for seed in range(options.first, options.first + options.seeds):
    pair = {side: losses_of(side, seed) for side in options.sides.split(",")}
    for side, losses in pair.items():
        if len(losses) == EPOCHS * half:
            found.setdefault(side, []).append([statistics.mean(losses[:half]), statistics.mean(losses[half:])])
            print(f"seed {seed} {side:8} " + " ".join(f"{mean:.4f}" for mean in found[side][-1]), flush=True)
    if imposed and len(pair) == 2:
        apart = [step for step, (a, b) in enumerate(zip(*pair.values())) if abs(a / b - 1) > PARTED]
        print(f"seed {seed}: losses are within {PARTED:.1%} of each other "
              + (f"up to step {apart[0]}" if apart else f"over all {len(pair['pytorch'])} steps"), flush=True)

differs = False
for epoch in range(EPOCHS):
    summaries = {}
    for side, means in found.items():
        values = [mean[epoch] for mean in means]
        spread = statistics.stdev(values) if len(values) > 1 else math.nan
        summaries[side] = (statistics.mean(values), spread, len(values))
        print(f"epoch {epoch + 1} {side:8} mean {summaries[side][0]:.4f}, SD {spread:.4f}, {len(values)} seeds")
    if len(summaries) == 2 and min(n for _, _, n in summaries.values()) > 1:
        (a, sd_a, n_a), (b, sd_b, n_b) = summaries.values()
        error = math.sqrt(sd_a**2 / n_a + sd_b**2 / n_b)
        print(f"epoch {epoch + 1} differs by {a - b:+.4f}, {(a - b) / error:+.2f} standard errors")
        differs |= abs(a - b) > 2 * error
sys.exit(1 if differs else 0)
