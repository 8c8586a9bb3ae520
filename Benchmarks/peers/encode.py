"""Encoding all texts of a file, by this package, PyTorch and onnxruntime in turn, on as many threads, in each precision.

    encode.py --program EncodeBench --model FOLDER --texts FILE [--threads 2] [--rounds 3]

FILE: one text a line (of a TSV the first column). Every peer gets the same token ids, sorted by length, in batches
padded to their longest text; a peer's figure is that of its best batch size, beside ours of the same precision. Loading
is not timed. The mean-pooled vectors of all sides in float32 must agree (cosine at least 0.999999 for every text), and
ours in fewer bits must be near our own in float32 (BOUNDS), or the script fails.

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

import numpy as np

import records

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--texts", required=True)
parser.add_argument("--name", default="MiniLM", help="of the model, in the report")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--peers", default="torch,onnxruntime,torch-autocast,torch-bf16,onnxruntime-int8")
parser.add_argument("--json", help="append the figures to this file")
parser.add_argument("--sizes", default="16,32,64,128", help="batch sizes of the peers")
options = parser.parse_args()
sizes = [int(size) for size in options.sizes.split(",")]
peers = [name for name in options.peers.split(",") if name]
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import encoders

# The least cosine with our own vectors in float32: the mean over the texts, and of any text.
BOUNDS = {"f32": (1, 1), "bf16": (0.9999, 0.9999), "int8": (0.999, 0.995)}

with open(options.texts, encoding="utf-8") as file:
    ids = encoders.token_ids(options.model, [line.rstrip("\n").split("\t")[0] for line in file])
scratch = tempfile.TemporaryDirectory()
encoders.write_ids(f"{scratch.name}/ids", ids)
others = encoders.Encoders(options.model, options.threads, scratch.name)


def ours(precision):
    output = f"{scratch.name}/vectors"
    done = subprocess.run(
        [options.program, options.model, f"{scratch.name}/ids", output, str(options.threads), precision],
        check=True, capture_output=True, text=True)
    return json.loads(done.stdout), np.fromfile(output, np.float32).reshape(len(ids), -1)


found = {}


def note(side, key, value):
    found.setdefault((side, key), []).append(value)


def middle(side, key):
    return statistics.median(found[side, key])


for name in peers:
    others.run(name, ids[:256], 64)  # make it, warm up
for number in range(options.rounds):
    print(f"round {number + 1}", flush=True)
    exact = None
    for precision, (mean, least) in BOUNDS.items():
        report, vectors = ours(precision)
        exact = vectors if exact is None else exact
        wall = statistics.median(report["seconds"])
        cosine = encoders.cosines(vectors, exact)
        share = report["gigaflop"] / wall / statistics.mean(report["peakGigaflopPerSecond"])
        for key, value in (
                ("rate", len(ids) / wall), ("memory", report["peakMegabytes"]), ("weights", report["weightMegabytes"]),
                ("one", report["oneTextMilliseconds"]), ("share", share), ("mean", cosine.mean()),
                ("least", cosine.min())):
            note(precision, key, value)
        print(
            f"  ours, {precision}: {len(ids) / wall:.0f} texts/s (a CPU second "
            f"{len(ids) / statistics.median(report['cpuSeconds']):.0f}), {share:.0%} of the peak; weights "
            f"{report['weightMegabytes']:.0f} MB, peak {report['peakMegabytes']:.0f} MB; load {report['loadSeconds']:.2f} s; "
            f"one text {report['oneTextMilliseconds']:.2f} ms; cosine mean {cosine.mean():.6f}, least {cosine.min():.6f}",
            flush=True)
        if not (cosine.mean() >= mean - 1e-6 and cosine.min() >= least - 1e-6):
            sys.exit(f"our vectors in {precision} differ from those in f32 by more than {mean}, {least}")
    for name in peers:
        for size in sizes:
            start, busy = time.perf_counter(), time.process_time()
            vectors = others.run(name, ids, size)
            passed, busy = time.perf_counter() - start, time.process_time() - busy
            note(name, size, len(ids) / passed)
            print(f"  {name} {size}: {len(ids) / passed:.0f} texts/s (a CPU second {len(ids) / busy:.0f})", flush=True)
        cosine = encoders.cosines(vectors, exact)
        note(name, "mean", cosine.mean())
        note(name, "least", cosine.min())
        print(f"  {name}: cosine mean {cosine.mean():.6f}, least {cosine.min():.6f}", flush=True)
        if encoders.PRECISIONS[name] == "f32" and not cosine.min() >= 0.999999:
            sys.exit(f"the vectors of {name} differ")

print(f"medians of {options.rounds} rounds, {len(ids)} texts, {sum(map(len, ids))} tokens, {options.threads} threads")
for precision in BOUNDS:
    if precision != "f32":
        print(f"  {precision}: {middle(precision, 'rate') / middle('f32', 'rate'):.2f} times our f32")
for name in peers:
    precision = encoders.PRECISIONS[name]
    best = max(sizes, key=lambda size: middle(name, size))
    rate = middle(precision, "rate")
    print(
        f"  ours, {precision} {rate:.0f} texts/s, {name} {best} {middle(name, best):.0f}: "
        f"{rate / middle(name, best):.2f} times")
    same = "vectors, cosine at least 0.999999" if precision == "f32" else (
        f"the ids; cosine with f32 at least {middle(precision, 'least'):.4f}, the peer's {middle(name, 'least'):.4f}")
    records.pair(
        options.json, f"encode, {options.name}, {'' if precision == 'f32' else precision + ', '}{options.threads} threads",
        f"{name}, its best batch {best}", "texts/s", found[precision, "rate"], found[name, best], same,
        higher_is_better=True)
for precision in BOUNDS:
    work = f"encoding {options.name}, {precision}"
    records.value(options.json, f"{work}, share of the peak in the same minute", "", found[precision, "share"])
    records.value(options.json, f"{work}, weights", "MB", found[precision, "weights"])
    records.value(options.json, f"{work}, peak memory", "MB", found[precision, "memory"])
    records.value(options.json, f"{work}, one short text, warm", "ms", found[precision, "one"])
    print(
        f"  {precision}: {middle(precision, 'share'):.0%} of the peak (spread {min(found[precision, 'share']):.0%} to "
        f"{max(found[precision, 'share']):.0%})")
