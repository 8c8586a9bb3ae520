"""Greedy ensembles of stored predictions, with their votes and means, written out with scikit-learn's metrics: ensembles.json.

Made with Python 3.11, NumPy 2.4.6, scikit-learn 1.9.1, seed 20261127: python make_ensembles.py [PROBLEMS [FILE [SEED]]]

Probabilities are thousandths, rounded to single precision as a run stores them.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, f1_score, hamming_loss, log_loss

warnings.filterwarnings("ignore")
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200
FILE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("ensembles.json")
rng = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 20261127)
METRICS = {
    "binary": ["f1", "accuracy", "log_loss", "f1_macro"],
    "multiclass": ["f1_macro", "accuracy", "log_loss", "f1_weighted"],
    "multilabel": ["f1_micro", "f1_macro", "hamming_loss", "subset_accuracy"],
}


def stored(thousandths):
    return (thousandths / 1000).astype(np.float32).astype(np.float64)


def problem(i):
    kind = ["binary", "multiclass", "multilabel"][i % 3]
    metric = METRICS[kind][i // 3 % 4]
    n, models, rounds = int(rng.integers(7, 13)), int(rng.integers(2, 6)), int(rng.integers(1, 14))
    k = 2 if kind == "binary" else int(rng.integers(3, 5))
    if kind == "multilabel":
        gold = rng.integers(0, 2, (n, k))
    else:
        gold = rng.integers(0, k, n)
        gold[:k] = np.arange(k)
    members = []
    for _ in range(models):
        if kind == "multilabel":
            logits = rng.normal(size=(n, k)) + rng.uniform(0.2, 1.5) * (2 * gold - 1)
            members.append(np.round(1000 / (1 + np.exp(-logits))).astype(int))
        else:
            logits = rng.normal(size=(n, k)) + rng.uniform(0.2, 1.5) * np.eye(k)[gold]
            p = np.round(1000 * np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(int)
            p[np.arange(n), p.argmax(axis=1)] += 1000 - p.sum(axis=1)
            members.append(p)
    read = [stored(member) for member in members]

    def score(p):
        """The higher the better."""
        if metric == "log_loss":
            return -log_loss(gold, np.clip(p, 1e-15, 1) / p.sum(axis=1, keepdims=True), labels=range(k))
        decided = (p >= 0.5).astype(int) if kind == "multilabel" else p.argmax(axis=1)
        if metric == "hamming_loss":
            return -hamming_loss(gold, decided)
        if metric in ("accuracy", "subset_accuracy"):
            return accuracy_score(gold, decided)
        if metric == "f1":
            return f1_score(gold, decided, zero_division=0)
        labels = None if kind == "multilabel" else range(k)
        return f1_score(gold, decided, average=metric[3:], labels=labels, zero_division=0)

    def vote(counts):
        """Added up in the members' order."""
        total = np.zeros((n, k))
        for member, count in zip(read, counts):
            if count:
                total = total + float(count) * member
        return np.minimum(1, total / sum(counts))

    def plus(counts, m):
        return [count + (place == m) for place, count in enumerate(counts)]

    def first_best(values):
        return next(m for m, value in enumerate(values) if value >= max(values) - 1e-12)

    counts = plus([0] * models, first_best([score(p) for p in read]))
    path = [(score(vote(counts)), counts)]
    for _ in range(rounds):
        candidates = [score(vote(plus(counts, m))) for m in range(models)]
        best = first_best(candidates)
        counts = plus(counts, best)
        path.append((candidates[best], counts))
    value, counts = path[first_best([value for value, _ in path])]
    rows = [np.flatnonzero(row).tolist() for row in gold] if kind == "multilabel" else [[int(c)] for c in gold]
    return {
        "kind": kind, "metric": metric, "labels": k, "rounds": rounds, "gold": rows,
        "members": [member.flatten().tolist() for member in members], "votes": counts, "score": abs(float(value)),
        "mean": [float(str(x)) for x in vote(counts).flatten().astype(np.float32)]}


problems = [problem(i) for i in range(COUNT)]
FILE.write_text("[\n" + ",\n".join(json.dumps(p, separators=(",", ":")) for p in problems) + "\n]\n")
