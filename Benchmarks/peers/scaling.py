"""How our own times grow with the length of texts, the number of labels, and the number of threads; and our stages.

    scaling.py --programs FOLDER --model FOLDER --data FOLDER [--json FILE] [--tokens 32768]

FOLDER holds EncodeBench, StageBench and bakeoff. Lengths and threads: encoding sequences of random ids with the encoder in MODEL. Labels: the GoEmotions baseline of
which the first K labels are kept (DATA: train.tsv, dev.tsv, test.tsv, labels.txt). Rows are `classical.py --only grow`.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

import records

parser = argparse.ArgumentParser()
parser.add_argument("--programs", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--data", required=True)
parser.add_argument("--json")
parser.add_argument("--tokens", type=int, default=32768, help="of each length, in all")
options = parser.parse_args()
draw = random.Random(5)


def encode(folder, length, threads):
    count = options.tokens // length
    with open(folder / "ids", "w") as file:
        for _ in range(count):
            middle = [draw.randrange(1000, 30000) for _ in range(length - 2)]
            file.write(" ".join(map(str, [101, *middle, 102])) + "\n")
    done = subprocess.run(
        [f"{options.programs}/EncodeBench", options.model, str(folder / "ids"), str(folder / "vectors"), str(threads)],
        check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    seconds = statistics.median(report["seconds"])
    peak = statistics.mean(report["peakGigaflopPerSecond"])
    return {
        "texts/s": count / seconds, "tokens/s": count * length / seconds,
        "GFLOP/s": report["gigaflop"] / seconds, "share of the peak": report["gigaflop"] / seconds / peak}


def labels(folder, count):
    names = [line.strip() for line in open(f"{options.data}/labels.txt")][:count]
    for part in ("train", "dev", "test"):
        with open(f"{options.data}/{part}.tsv", encoding="utf-8") as table, open(folder / f"{part}.tsv", "w") as out:
            for row in table:
                text, gold, *_ = row.rstrip("\n").split("\t")
                out.write(f"{text}\t{','.join(names[int(k)] for k in gold.split(',') if int(k) < count)}\n")
    files = {"train": "train.tsv", "validation": "dev.tsv", "test": "test.tsv"}
    dataset = {
        "files": files, "format": "tsv", "header": False, "columns": {"text": 0},
        "labels": {"kind": "multilabel", "column": 1, "separator": ",", "names": names}}
    (folder / "labels.yaml").write_text(
        f"name: labels\ndataset: {json.dumps(dataset)}\nsplit: official\ncontestants:\n"
        "  - {id: tfidf-lr, model: tfidf-logreg, tfidf: {max-features: 5000, stop-words: english}}\n")
    for name in ("o", "m"):
        shutil.rmtree(folder / name, ignore_errors=True)
    subprocess.run(
        [f"{options.programs}/bakeoff", "run", "labels.yaml", "--output", "o", "--models", "m"], cwd=folder, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times = json.loads((folder / "o/results.json").read_text())["timings"]["contestants"]["tfidf-lr"]
    return {"TF-IDF and fit, s": times["fit_seconds"], "peak, MB": times["peak_memory_bytes"] / 1e6}


def tell(curve, x, columns):
    print(f"{curve} {x}: " + ", ".join(f"{name} {value:,.2f}" for name, value in columns.items()), flush=True)
    records.point(options.json, curve, x, columns)


def stages(threads):
    done = subprocess.run(
        [f"{options.programs}/StageBench", options.model, f"{options.data}/train.tsv", str(threads)],
        check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        stage = json.loads(line)
        name = f"{stage['stage']}, {threads} threads" if threads > 1 else f"{stage['stage']}, one thread"
        print(f"{name}: {statistics.median(stage['rates']):,.0f} rows/s", flush=True)
        records.value(options.json, name, "rows/s", stage["rates"])


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    cores = len(os.sched_getaffinity(0))
    for count in sorted({1, cores}):
        stages(count)
    for length in (8, 16, 32, 64, 128, 256, 512):
        tell("length", length, encode(folder, length, cores))
    threads = sorted({1, 2, 4, 8, 16, cores})
    for count in [number for number in threads if number <= cores]:
        tell("threads", count, encode(folder, 32, count))
    for count in (1, 2, 7, 14, 28):
        tell("labels", count, labels(folder, count))
