"""Encoding all texts of a file, by this package, PyTorch and onnxruntime in turn, on as many threads.

    encode.py --program EncodeBench --model FOLDER --texts FILE [--threads 2] [--rounds 3]

FILE: one text a line (of a TSV the first column). Every peer gets the same token ids, sorted by length, in batches
padded to their longest text; a peer's figure is that of its best batch size. Loading is not timed. The mean-pooled
vectors of all sides must agree (cosine at least 0.999999 for every text) or the script fails.

Versions used: torch 2.13.0, transformers 5.23.0, onnxruntime 1.31.1, onnx 1.23.2, tokenizers 0.23.3.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np

import records

warnings.filterwarnings("ignore")
parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--texts", required=True)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--peers", default="torch,onnxruntime")
parser.add_argument("--json", help="append the figures to this file")
parser.add_argument("--sizes", default="16,32,64,128", help="batch sizes of the peers")
options = parser.parse_args()
sizes = [int(size) for size in options.sizes.split(",")]
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

torch.set_num_threads(options.threads)
tokenizer = Tokenizer.from_file(f"{options.model}/tokenizer.json")
tokenizer.no_padding()
tokenizer.enable_truncation(512)
with open(options.texts, encoding="utf-8") as file:
    texts = [line.rstrip("\n").split("\t")[0] for line in file]
ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
folder = tempfile.mkdtemp()
with open(f"{folder}/ids", "w") as file:
    file.writelines(" ".join(map(str, sequence)) + "\n" for sequence in ids)

model = AutoModel.from_pretrained(options.model).eval()


def batches(size):
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        width = max(len(ids[row]) for row in rows)
        tokens = np.full((len(rows), width), model.config.pad_token_id, np.int64)
        mask = np.zeros_like(tokens)
        for place, row in enumerate(rows):
            tokens[place, : len(ids[row])] = ids[row]
            mask[place, : len(ids[row])] = 1
        yield rows, tokens, mask


def pool(states, mask):
    weights = mask[:, :, None].astype(np.float32)
    return (states * weights).sum(1) / weights.sum(1)


def run_torch(size):
    vectors = np.zeros((len(ids), model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for rows, tokens, mask in batches(size):
            states = model(input_ids=torch.from_numpy(tokens), attention_mask=torch.from_numpy(mask))
            vectors[rows] = pool(states.last_hidden_state.numpy(), mask)
    return vectors


class LastHiddenState(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def onnx_session():
    axes = {0: "batch", 1: "tokens"}
    example = torch.randint(5, 999, (2, 7))
    torch.onnx.export(
        LastHiddenState().eval(), (example, torch.ones_like(example)), f"{folder}/model.onnx", opset_version=17,
        input_names=["input_ids", "attention_mask"], output_names=["states"], dynamo=False,
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes})
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    return onnxruntime.InferenceSession(
        f"{folder}/model.onnx", settings, providers=["CPUExecutionProvider"])


session = onnx_session() if "onnxruntime" in options.peers else None


def run_onnxruntime(size):
    vectors = np.zeros((len(ids), model.config.hidden_size), np.float32)
    for rows, tokens, mask in batches(size):
        states = session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
        vectors[rows] = pool(states, mask)
    return vectors


def run_ours():
    output = f"{folder}/vectors"
    done = subprocess.run(
        [options.program, options.model, f"{folder}/ids", output, str(options.threads)],
        check=True, capture_output=True, text=True)
    return json.loads(done.stdout), np.fromfile(output, np.float32).reshape(len(ids), -1)


def compare(name, ours, theirs):
    cosine = (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    difference = np.abs(ours - theirs).max()
    print(f"  {name}: smallest cosine {cosine.min():.8f}, largest difference {difference:.2g}")
    if not cosine.min() >= 0.999999:
        sys.exit(f"the vectors of {name} differ")


peers = {"torch": run_torch, "onnxruntime": run_onnxruntime}
peers = {name: peers[name] for name in options.peers.split(",")}
rates = {}
for _, tokens, mask in list(batches(64))[:3]:  # warm up
    with torch.inference_mode():
        model(input_ids=torch.from_numpy(tokens), attention_mask=torch.from_numpy(mask))
for number in range(options.rounds):
    print(f"round {number + 1}", flush=True)
    report, ours = run_ours()
    flops = report["gigaflop"]
    wall, cpu = statistics.median(report["seconds"]), statistics.median(report["cpuSeconds"])
    sgemm = statistics.mean(report["sgemmGigaflopPerSecond"])
    rates.setdefault("ours", []).append(len(ids) / wall)
    rates.setdefault("peak", []).append(report["peakMegabytes"])
    rates.setdefault("one", []).append(report["oneTextMilliseconds"])
    rates.setdefault("share", []).append(flops / wall / sgemm)
    print(
        f"  ours: {len(ids) / wall:.0f} texts/s (a CPU second {len(ids) / cpu:.0f}), {flops / wall:.1f} GFLOP/s; "
        f"OpenBLAS alone {sgemm:.1f}: {flops / wall / sgemm:.0%}; peak {report['peakMegabytes']:.0f} MB; "
        f"load {report['loadSeconds']:.2f} s; one text {report['oneTextMilliseconds']:.2f} ms", flush=True)
    for name, run in peers.items():
        for size in sizes:
            start, busy = time.perf_counter(), time.process_time()
            vectors = run(size)
            passed, busy = time.perf_counter() - start, time.process_time() - busy
            rates.setdefault(f"{name} {size}", []).append(len(ids) / passed)
            print(
                f"  {name} {size}: {len(ids) / passed:.0f} texts/s (a CPU second {len(ids) / busy:.0f}), "
                f"{flops / passed:.1f} GFLOP/s", flush=True)
        compare(name, ours, vectors)

print(f"medians of {options.rounds} rounds, {len(ids)} texts, {sum(map(len, ids))} tokens, {options.threads} threads")
middle = {name: statistics.median(values) for name, values in rates.items()}
for name in peers:
    best = max((key for key in middle if key.startswith(f"{name} ")), key=middle.get)
    print(f"  ours {middle['ours']:.0f} texts/s, {best} {middle[best]:.0f}: {middle['ours'] / middle[best]:.2f} times")
    records.pair(options.json, f"encode, MiniLM, {options.threads} threads", best.replace(" ", ", its best batch "), "texts/s",
                 rates["ours"], rates[best], "vectors, cosine at least 0.999999", higher_is_better=True)
records.value(options.json, "encoding, share of OpenBLAS's SGEMM rate in the same minute", "", rates["share"])
records.value(options.json, "encoding, peak memory", "MB", rates["peak"])
records.value(options.json, "encoding one short text, warm", "ms", rates["one"])
print(f"  {middle['share']:.0%} of OpenBLAS's rate alone (spread {min(rates['share']):.0%} to {max(rates['share']):.0%})")
