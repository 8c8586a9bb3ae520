"""Measures and thresholds for tasks with many labels: long-tails.json.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1, LibMultiLabel 0.3.0 (its source beside this program or
installed without its dependencies; the last version whose `train_thresholding` is SCutFBR), seed 20261127:

    python make_long_tails.py [PROBLEMS OF EACH KIND [FILE [SEED]]]

Rankings: precision, R-precision and nDCG at k are those of LibMultiLabel's metrics; scikit-learn's `ndcg_score` is checked to
agree; recall at k is NumPy's. Equal scores stand in the order of labels, so scores are made unequal in that order first.

Bands: scikit-learn's macro F1 of the labels with more than 100, 20 to 100 and fewer than 20 rows of train.

Thresholds: LibMultiLabel's own function chooses, with its calls of liblinear replaced by a scorer of a few numbers, and its
permutations recorded; the scores of every fold are stored with what it chose.
"""

import json
import sys
import types
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.metrics import f1_score, ndcg_score

liblinear = types.ModuleType("liblinear")
liblinear.liblinearutil = types.ModuleType("liblinear.liblinearutil")
liblinear.liblinearutil.train = None
sys.modules["liblinear"], sys.modules["liblinear.liblinearutil"] = liblinear, liblinear.liblinearutil
from libmultilabel.linear import linear  # noqa: E402
from libmultilabel.linear.metrics import compute_metrics  # noqa: E402

warnings.filterwarnings("ignore")
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 12
FILE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("long-tails.json")
rng = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 20261127)


def ranking(i):
    n, k = int(rng.integers(1, 30)), int(rng.integers(1, 40))
    gold = (rng.random((n, k)) < rng.random(k) ** 2 * rng.choice([0.2, 0.6])).astype(int)
    scores = np.round(rng.normal(size=(n, k)) + gold * rng.choice([0, 1, 3]), int(rng.choice([0, 1, 8])))
    # The place of each score in its row, equal ones in the order of labels.
    places = np.empty_like(scores)
    np.put_along_axis(places, np.argsort(-scores, axis=1, kind="stable"), -np.arange(k, dtype=float)[None, :], 1)
    depths = [d for d in [1, 2, 3, 5, 10, k] if d <= k]
    names = [f"{name}@{d}" for name in ["P", "RP", "NDCG"] for d in depths]
    found = compute_metrics(places, gold, names)
    if k > 1:
        for d in depths:
            assert abs(ndcg_score(gold, places, k=d) - found[f"NDCG@{d}"]) < 1e-12
    best = np.argsort(-places, axis=1)
    hits = [np.take_along_axis(gold, best[:, :d], 1).sum(1) for d in depths]
    recall = [float(np.mean(h / np.maximum(1, gold.sum(1)))) for h in hits]
    return {"gold": [np.flatnonzero(row).tolist() for row in gold], "labels": k, "scores": scores.tolist(), "depths": depths,
            "recall": recall,
            **{key: [float(found[f"{name}@{d}"]) for d in depths]
               for key, name in [("precision", "P"), ("r_precision", "RP"), ("ndcg", "NDCG")]},
            "empty": int((gold.sum(1) == 0).sum())}


def bands(i):
    # One column would be two classes for scikit-learn.
    n, k = int(rng.integers(1, 30)), int(rng.integers(2, 12))
    gold = (rng.random((n, k)) < rng.random(k) * 0.5).astype(int)
    predicted = (rng.random((n, k)) < rng.random(k) * 0.5).astype(int)
    counts = rng.choice([0, 5, 19, 20, 50, 100, 101, 3000], size=k)
    scores = []
    for inside in [counts > 100, (counts >= 20) & (counts <= 100), counts < 20]:
        own = np.flatnonzero(inside)
        each = f1_score(gold, predicted, labels=own, average=None, zero_division=np.nan) if len(own) else np.array([])
        undefined = int(np.isnan(each).sum())
        scores.append({"labels": len(own), "undefined": undefined, "f1": None if undefined == len(own) else
                       float(f1_score(gold, predicted, labels=own, average="macro"))})
    return {"labels": k, "counts": counts.tolist(), "bands": scores, **{
        name: [np.flatnonzero(row).tolist() for row in y] for name, y in [("gold", gold), ("predicted", predicted)]}}


def scorer(y, x, options):
    """Weights between the means of the two classes, of which either may be missing."""
    x = x.toarray()
    mean = [x[y == side].mean(axis=0) if (y == side).any() else np.zeros(x.shape[1]) for side in (1, -1)]
    return np.asmatrix(np.round(mean[0] - 1.2 * mean[1], 6)).T


linear._do_train = scorer
scutfbr = linear._scutfbr


def threshold(i):
    n, d = int(rng.integers(9, 70)), int(rng.integers(2, 6))
    y = np.where(rng.random(n) < rng.choice([0.03, 0.1, 0.3, 0.7]), 1, -1)
    x = rng.normal(size=(n, d)) + (y[:, None] == 1) * rng.choice([0.2, 1, 2]) * rng.random(d)
    x = np.round(x, int(rng.choice([0, 2, 6])))
    X, permutations, fallbacks = sparse.csr_matrix(x), [], []
    permute = np.random.permutation

    def recorded(count):
        permutations.append(rng.permutation(count))
        return permutations[-1]

    def choosing(y, x, fallback, options):
        fallbacks.append(fallback)
        return scutfbr(y, x, fallback, options)

    np.random.permutation, linear._scutfbr = recorded, choosing
    _, bias = linear._thresholding_one_label(y, X, "")
    np.random.permutation, linear._scutfbr = permute, scutfbr

    def held(order, rows, fold):
        inside = np.zeros(len(rows), bool)
        inside[int(fold * len(rows) / 3):int((fold + 1) * len(rows) / 3)] = True
        train, test = rows[order[~inside]], rows[order[inside]]
        scores = (X[test] * scorer(y[train], X[train], "")).A1
        return train, {"scores": scores.tolist(), "gold": (y[test] == 1).tolist()}

    everything = np.arange(n)
    outer = []
    for fold in range(3):
        train, test = held(permutations[0], everything, fold)
        outer.append({"folds": [held(permutations[fold + 1], train, inner)[1] for inner in range(3)], "held": test})
    return {"outer": outer, "folds": [held(permutations[4], everything, fold)[1] for fold in range(3)],
            "fallback": float(fallbacks[-1][0]), "threshold": float(-bias)}


FILE.write_text(json.dumps({kind.__name__: [kind(i) for i in range(COUNT)] for kind in [ranking, threshold, bands]},
                           separators=(",", ":")) + "\n", encoding="utf-8")
