"""Fine-tuning on the texts of a table, by this package and by PyTorch in four ways, in turn, on as many threads.

    train.py --program bakeoff --bench EncodeBench --model FOLDER --table FILE [--texts 960] [--rounds 3] [--threads 2]

Every side trains one epoch of the same rows, multilabel, with dropout, clipping and AdamW (fused in PyTorch). Ours is
shuffled, in batches of 32, in float32 and with products in bfloat16. PyTorch's ways: `padded`, batches of 16 padded to 128
tokens; `longest`, shuffled batches of 32 padded to their longest; `grouped`, batches of 64 of like lengths; `bf16`, the same
with autocast to bfloat16, which stands beside our bfloat16. A figure is texts a second over the steps alone, the first step
left out, without loading and evaluation. Where the batches are of the same size as ours, both sides must
reach the same mean loss within 15%: heads and dropout are drawn anew, and the steps are few.

The share of the machine's peak counts the needed multiplications alone, three times those of encoding the texts, beside
what fused multiply-adds in registers reach right after our training.

Versions used: torch 2.13.0, transformers 5.23.0.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import records

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--bench", required=True, help="the program EncodeBench")
parser.add_argument("--model", required=True)
parser.add_argument("--table", required=True)
parser.add_argument("--texts", type=int, default=960)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--name", default="MiniLM", help="of the model, in the report")
parser.add_argument("--json", help="append the figures to this file")
parser.add_argument("--ways", default="padded,longest,grouped,bf16")
parser.add_argument("--peer", help="used by the script itself: one way, in a process of its own")
options = parser.parse_args()
OURS = {"ours": "f32", "ours-bf16": "bf16"}
LEARNING_RATE, DECAY, CLIP, LONGEST = 2e-5, 0.01, 1.0, 128

with open(options.table, encoding="utf-8") as file:
    rows = [line.rstrip("\n").split("\t")[:2] for line in file]
random.Random(7).shuffle(rows)
rows = rows[: options.texts]
labels = 1 + max(int(k) for _, list_ in rows for k in list_.split(","))


def peer(way):
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = AutoModelForSequenceClassification.from_pretrained(
        options.model, num_labels=labels, problem_type="multi_label_classification").train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=DECAY, fused=True)
    ids = [tokenizer(text, truncation=True, max_length=LONGEST)["input_ids"] for text, _ in rows]
    order, size = list(range(len(rows))), {"padded": 16, "longest": 32, "grouped": 64, "bf16": 64}[way]
    if way in ("grouped", "bf16"):
        order.sort(key=lambda row: len(ids[row]))
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    random.Random(3).shuffle(batches)
    seconds, texts, losses = 0, 0, []
    for step, batch in enumerate(batches):
        width = LONGEST if way == "padded" else max(len(ids[row]) for row in batch)
        tokens = torch.full((len(batch), width), tokenizer.pad_token_id)
        mask = torch.zeros_like(tokens)
        gold = torch.zeros(len(batch), labels)
        for i, row in enumerate(batch):
            tokens[i, : len(ids[row])] = torch.tensor(ids[row])
            mask[i, : len(ids[row])] = 1
            gold[i, [int(k) for k in rows[row][1].split(",")]] = 1
        start = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=way == "bf16"):
            loss = model(input_ids=tokens, attention_mask=mask, labels=gold).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        if step:
            seconds += time.perf_counter() - start
            texts += len(batch)
        losses.append(loss.item())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps({"rate": texts / seconds, "loss": statistics.mean(losses), "peak": peak}))


def ours(folder, precision):
    with open(f"{folder}/rows.tsv", "w", encoding="utf-8") as file:
        # The protocol wants a test part: a tenth of the rows, again.
        file.writelines(f"{text}\t{list_}\n" for text, list_ in rows)
    with open(f"{folder}/test.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{text}\t{list_}\n" for text, list_ in rows[: len(rows) // 10])
    with open(f"{folder}/speed.yaml", "w") as file:
        file.write(f"""
name: speed
dataset:
  files: {{train: rows.tsv, test: test.tsv}}
  format: tsv
  header: false
  columns: {{text: 0}}
  labels: {{kind: multilabel, column: 1, separator: ",", names: {json.dumps([f"l{k}" for k in range(labels)])}}}
contestants:
  - id: finetuned
    model: fine-tuned
    encoder: {options.model}
    max-length: {LONGEST}
    training: {{epochs: 1, batch-size: 32, learning-rate: {LEARNING_RATE}, schedule: constant, weight-decay: {DECAY},
                max-grad-norm: {CLIP}, precision: {precision}}}
""")
    subprocess.run(
        [options.program, "run", "speed.yaml", "--threads", str(options.threads), "--force"], cwd=folder, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(f"{folder}/reports/speed/logs/finetuned.jsonl") as file:
        steps = [json.loads(line) for line in file][:-1]  # the last batch may be smaller
    with open(f"{folder}/reports/speed/results.json") as file:
        peak = json.load(file)["timings"]["contestants"]["finetuned"]["peak_memory_bytes"] >> 20
    seconds = sum(32 / step["samples_per_second"] for step in steps[1:])
    rate = 32 * len(steps[1:]) / seconds
    gigaflop, peak_rate = machine(folder)
    return {
        "rate": rate, "loss": statistics.mean(s["loss"] for s in steps), "peak": peak,
        "share": rate * 3 * gigaflop / len(rows) / peak_rate}


def machine(folder):
    """The billions of operations that encoding the texts needs, and the machine's peak now."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(f"{options.model}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    with open(f"{folder}/ids", "w") as file:
        for encoding in tokenizer.encode_batch([text for text, _ in rows]):
            file.write(" ".join(map(str, encoding.ids)) + "\n")
    done = subprocess.run(
        [options.bench, options.model, f"{folder}/ids", f"{folder}/vectors", str(options.threads)], check=True,
        capture_output=True, text=True)
    report = json.loads(done.stdout)
    return report["gigaflop"], statistics.mean(report["peakGigaflopPerSecond"])


if options.peer:
    peer(options.peer)
    sys.exit()

found = {}
with tempfile.TemporaryDirectory() as folder:
    for _ in range(options.rounds):
        for side, precision in OURS.items():
            found.setdefault(side, []).append(ours(folder, precision))
        for way in options.ways.split(","):
            out = subprocess.run(
                [sys.executable, __file__, *sys.argv[1:], "--peer", way], capture_output=True, text=True, check=True)
            found.setdefault(way, []).append(json.loads(out.stdout.splitlines()[-1]))
middle = lambda side, key: statistics.median(round_[key] for round_ in found[side])
print(f"{len(rows)} texts, {options.threads} threads, median of {options.rounds} rounds (least to most)")
beside = lambda side: "ours-bf16" if side == "bf16" else "ours"  # the one of ours that a side is compared with
for side, rounds in found.items():
    rates = sorted(round_["rate"] for round_ in rounds)
    ratios = sorted(a["rate"] / b["rate"] for a, b in zip(found[beside(side)], rounds))
    print(f"{side:9} {middle(side, 'rate'):7.1f} texts/s ({rates[0]:.1f} to {rates[-1]:.1f}), "
          f"{beside(side)} is {statistics.median(ratios):.2f} times as fast ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
          f"peak {middle(side, 'peak'):.0f} MiB, loss {middle(side, 'loss'):.4f}")
    if side == "ours":
        print(f"         {middle(side, 'share'):.0%} of the peak")
    if side in ("longest", "ours-bf16") and abs(middle(side, "loss") / middle("ours", "loss") - 1) > 0.15:
        sys.exit(f"{side} did other work: its loss differs")
records.value(
    options.json, f"fine-tuning {options.name}, share of the peak in the same minute", "",
    [round_["share"] for round_ in found["ours"]])
records.pair(
    options.json, f"fine-tune, {options.name}, products in bf16", "the same in float32", "texts/s",
    [round_["rate"] for round_ in found["ours-bf16"]], [round_["rate"] for round_ in found["ours"]], "the texts",
    higher_is_better=True)
ways = {"padded": "padded to 128", "longest": "padded to the longest", "grouped": "grouped by length",
        "bf16": "grouped by length, bf16"}
for side, rounds in found.items():
    if side in OURS:
        continue
    our = found[beside(side)]
    same = "mean loss within 15%" if side == "longest" else "the texts"
    records.pair(
        options.json, f"fine-tune, {options.name}", f"PyTorch, {ways[side]}", "texts/s",
        [round_["rate"] for round_ in our], [round_["rate"] for round_ in rounds], same, higher_is_better=True)
    records.pair(
        options.json, f"fine-tune, {options.name}, peak memory", f"PyTorch, {ways[side]}", "MiB",
        [round_["peak"] for round_ in our], [round_["peak"] for round_ in rounds], same)
