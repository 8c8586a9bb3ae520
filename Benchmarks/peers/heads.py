"""What vectors in fewer bits are worth: heads on frozen vectors, for each precision of ours and each peer.

    heads.py --program EncodeBench --model FOLDER --data FOLDER [--threads 2] [--rows 10000]

DATA holds GoEmotions: train.tsv and test.tsv. One logistic regression a label on the vectors of the first rows of train,
by scikit-learn, the same for every side; micro F1 on test. Our precisions must be within 0.2 points of our float32.

Versions used: scikit-learn 1.9.1, and those of encode.py.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np

import records

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--data", required=True)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rows", type=int, default=10000, help="of train")
parser.add_argument("--peers", default="torch-autocast,onnxruntime-int8")
parser.add_argument("--json", help="append the figures to this file")
options = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import encoders
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier


def read(part, rows=None):
    with open(f"{options.data}/{part}.tsv", encoding="utf-8") as file:
        table = [line.rstrip("\n").split("\t")[:2] for line in file][:rows]
    gold = np.zeros((len(table), 28), int)
    for row, (_, labels) in enumerate(table):
        gold[row, [int(label) for label in labels.split(",")]] = 1
    return encoders.token_ids(options.model, [text for text, _ in table]), gold


(train, train_gold), (test, test_gold) = read("train", options.rows), read("test")
scratch = tempfile.TemporaryDirectory()
encoders.write_ids(f"{scratch.name}/ids", train + test)
others = encoders.Encoders(options.model, options.threads, scratch.name)


def ours(precision):
    subprocess.run(
        [options.program, options.model, f"{scratch.name}/ids", f"{scratch.name}/vectors", str(options.threads), precision],
        check=True, stdout=subprocess.DEVNULL)
    return np.fromfile(f"{scratch.name}/vectors", np.float32).reshape(len(train) + len(test), -1)


def micro_f1(vectors):
    head = OneVsRestClassifier(LogisticRegression(max_iter=1000))
    head.fit(vectors[: len(train)], train_gold)
    return f1_score(test_gold, head.predict(vectors[len(train) :]), average="micro")


exact = None
for side in ("f32", "bf16", "int8", *(name for name in options.peers.split(",") if name)):
    vectors = others.run(side, train + test, 64) if side in encoders.PRECISIONS else ours(side)
    score = micro_f1(vectors)
    exact = score if exact is None else exact
    name = side if side in encoders.PRECISIONS else f"ours, {side}"
    print(f"{name}: micro F1 {score:.4f} ({100 * (score - exact):+.2f} points)", flush=True)
    records.value(options.json, f"micro F1 of heads on GoEmotions, {name}", "points", [100 * score])
    if side not in encoders.PRECISIONS and abs(score - exact) > 0.002:
        sys.exit(f"{side} is more than 0.2 points from f32")
