"""Random gold labels and predictions, and what scikit-learn says of them: scorecards.json.

Made with Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6, seed 20250711:

    python make_scorecards.py                      # writes scorecards.json beside this file
    python make_scorecards.py --count 1000 --rows 3000 --labels 60 --seed 7 --output big.json

A problem is {"kind", "labels": K, "gold", "predicted", "probabilities", "expected"}: of N rows each, a class index
(binary, multiclass) or the indices of the row's labels (multilabel); every second one has N x K probabilities too,
many of them equal, some 0, 1 or next to that. `expected` is the JSON that a Scorecard should encode
to, its labels named "l0", "l1" and so on. Every number in it is scikit-learn's, with its default zero division, or
with zero_division=np.nan for `*_macro_defined`; null stands where scikit-learn gives NaN with zero_division=np.nan.
The counts in `undefined` are taken from its per-label NaNs and from empty rows. What scikit-learn has no function
for is composed of its functions: the expected calibration error of `calibration_curve`, log loss and Brier score of
sets of those of their labels; precision at k is NumPy's.
"""

import argparse
import json
import math
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import calibration, metrics

assert sklearn.__version__ == "1.9.1", sklearn.__version__
warnings.filterwarnings("ignore")  # that scores are ill-defined is the point

SCORES = {"f1": metrics.f1_score, "precision": metrics.precision_score, "recall": metrics.recall_score}


def random_classes(rng, rows, label_count):
    """N classes each; some labels never occur in gold, some are never predicted, some neither."""
    def draw(labels):
        weights = rng.dirichlet(np.full(len(labels), 0.7))
        return rng.choice(labels, size=rows, p=weights)

    def some():
        return rng.permutation(label_count)[: rng.integers(1, label_count + 1)]

    gold = draw(some())
    right = rng.random(rows) < rng.random()
    return gold, np.where(right, gold, draw(some()))


def random_sets(rng, rows, label_count):
    """N x K indicators each; columns and rows that are empty in one or both, or everywhere."""
    shares = rng.random(label_count) ** 2 * rng.choice([0.1, 0.6, 1.0])
    gold = rng.random((rows, label_count)) < shares
    flipped = rng.random((rows, label_count)) < rng.choice([0.02, 0.2, 0.5])
    predicted = gold ^ (flipped & (rng.random(label_count) < 0.8))
    gold[:, rng.random(label_count) < 0.12] = False
    predicted[:, rng.random(label_count) < 0.12] = False
    gold[rng.random(rows) < 0.15] = False
    predicted[rng.random(rows) < 0.15] = False
    return gold.astype(int), predicted.astype(int)


def random_probabilities(rng, gold, kind, label_count):
    """N x K each: informed by gold or not, rounded or not, with zeros, ones and their neighbours."""
    truth = gold if kind == "multilabel" else np.eye(label_count)[gold]
    values = rng.random(truth.shape) + truth * rng.choice([0.0, 0.3, 1.0])
    values = values / 2 if kind == "multilabel" else values / values.sum(1, keepdims=True)
    digits = rng.choice([1, 2, 4])
    values = np.round(values, digits)
    extremes = rng.random(values.shape) < rng.choice([0.0, 0.1])
    return np.clip(np.where(extremes, rng.choice([0.0, 1.0, 1e-300, 1e-17, 1 - 2**-53], values.shape), values), 0, 1)


def ece(gold, probabilities, bins=15):
    true, stated = calibration.calibration_curve(gold, probabilities, n_bins=bins)
    members = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], probabilities), minlength=bins)
    return float(np.abs(true - stated) @ members[members > 0] / len(gold))


def area(gold, p):
    """Under the ROC curve of one label."""
    return float(metrics.roc_auc_score(gold, p)) if gold.any() and not gold.all() else None


def label_scores(gold, p):
    """What one label's probabilities are worth."""
    some, all_ = bool(gold.any()), bool(gold.all())
    return {
        "roc_auc": area(gold, p),
        "average_precision": metrics.average_precision_score(gold, p) if some else None,
        "log_loss": metrics.log_loss(gold, y_proba=p, labels=[0, 1]),
        "brier_score": metrics.brier_score_loss(gold, p, pos_label=1) if some and not all_ else
        float(np.mean((gold - p) ** 2)),
        "ece": ece(gold, p),
    }


def mean(values):
    defined = [v for v in values if v is not None]
    return float(np.mean(defined)) if defined else None


def add_probabilities(result, kind, label_count, gold, p):
    labels = list(range(label_count))
    truth = gold if kind == "multilabel" else np.eye(label_count, dtype=int)[gold]
    each = [label_scores(truth[:, k], p[:, k]) for k in labels]
    for row, scores in zip(result["per_label"], each):
        row.update(scores)
    for name in ["roc_auc", "average_precision"]:
        result[f"{name}_micro"] = label_scores(truth.ravel(), p.ravel())[name]
        result[f"{name}_macro"] = mean([scores[name] for scores in each])
        result["undefined"][f"{name}_macro"] = sum(scores[name] is None for scores in each)
    if kind == "multilabel":
        for name in ["log_loss", "brier_score", "ece"]:
            result[name] = mean([scores[name] for scores in each])
        result["label_ranking_average_precision"] = float(metrics.label_ranking_average_precision_score(truth, p))
        best = np.argsort(-p, axis=1, kind="stable")
        depths = [k for k in [1, 3, 5] if k <= label_count]
        result["precision_at_k"] = {str(k): float(np.take_along_axis(truth, best[:, :k], 1).mean()) for k in depths}
        # Places in the ranking for scores, so that equal probabilities keep the order of their labels; scikit-learn refuses a
        # single label, which is ranked first.
        result["ndcg_at_k"] = {
            str(k): float(metrics.ndcg_score(truth, -np.argsort(best, axis=1), k=k) if label_count > 1 else truth.mean())
            for k in depths}
        return
    result["log_loss"] = metrics.log_loss(gold, y_proba=p, labels=labels)
    result["brier_score"] = metrics.brier_score_loss(gold, p, labels=labels)
    if kind == "binary":
        result.update({name: each[1][name] for name in ["roc_auc", "average_precision", "ece"]})
    else:
        decided = p.argmax(1)
        result["ece"] = ece((decided == gold).astype(int), p.max(1))


def number(value, undefined=False):
    return None if undefined or math.isnan(value) else float(value)


def expected(kind, label_count, gold, predicted, probabilities):
    """The scorecard, from scikit-learn's functions alone."""
    labels = list(range(label_count))
    multilabel = kind == "multilabel"
    result = {"kind": kind, "support": len(gold), "accuracy": metrics.accuracy_score(gold, predicted)}
    undefined = {}
    gold_counts = gold.sum(0) if multilabel else np.bincount(gold, minlength=label_count)
    predicted_counts = predicted.sum(0) if multilabel else np.bincount(predicted, minlength=label_count)
    per_label = [
        {"label": f"l{k}", "support": int(gold_counts[k]), "predicted": int(predicted_counts[k])} for k in labels
    ]

    if multilabel:  # rows in which each score is 0 / 0
        no_gold, no_predicted = gold.sum(1) == 0, predicted.sum(1) == 0
        empty_rows = {"f1": no_gold & no_predicted, "precision": no_predicted, "recall": no_gold}

    for name, function in SCORES.items():
        def score(average, **options):
            return function(gold, predicted, labels=labels, average=average, **options)

        each = score(None, zero_division=np.nan)
        for row, value in zip(per_label, each):
            row[name] = number(value)
        for average in ["micro", "macro", "weighted"] + ["samples"] * multilabel:
            nan = score(average, zero_division=np.nan)
            result[f"{name}_{average}"] = number(score(average), undefined=math.isnan(nan))
            if average == "macro":
                result[f"{name}_macro_defined"] = number(nan)
                undefined[f"{name}_macro"] = int(np.isnan(each).sum())
            elif average == "weighted":
                weighs = gold_counts > 0 if gold_counts.any() else np.ones(label_count, bool)
                undefined[f"{name}_weighted"] = int((np.isnan(each) & weighs).sum())
            elif average == "samples":
                undefined[f"{name}_samples"] = int(empty_rows[name].sum())
        if kind == "binary":
            nan = function(gold, predicted, pos_label=1, zero_division=np.nan)
            result[name] = number(function(gold, predicted, pos_label=1), undefined=math.isnan(nan))

    if multilabel:
        result["subset_accuracy"] = metrics.accuracy_score(gold, predicted)
        result["hamming_loss"] = metrics.hamming_loss(gold, predicted)
        jaccard = metrics.jaccard_score(gold, predicted, labels=labels, average="samples")
        result["jaccard_samples"] = number(jaccard, undefined=empty_rows["f1"].all())
        undefined["jaccard_samples"] = int(empty_rows["f1"].sum())
        areas = [area(gold[:, k], predicted[:, k]) for k in labels]
        result["roc_auc_micro_decided"] = area(gold.ravel(), predicted.ravel())
        result["roc_auc_macro_decided"] = mean(areas)
        undefined["roc_auc_macro_decided"] = areas.count(None)
        result["empty_rows"] = int(no_predicted.sum())
        matrix = metrics.multilabel_confusion_matrix(gold, predicted, labels=labels).reshape(-1, 4)
    else:
        matrix = metrics.confusion_matrix(gold, predicted, labels=labels)
        result["balanced_accuracy"] = metrics.balanced_accuracy_score(gold, predicted)
        undefined["balanced_accuracy"] = undefined["recall_macro"]
        one_sided = len(set(gold)) == 1 or len(set(predicted)) == 1
        result["matthews_corrcoef"] = None if one_sided else metrics.matthews_corrcoef(gold, predicted)
        kappa = metrics.cohen_kappa_score(gold, predicted, labels=labels)
        result["cohen_kappa"] = number(kappa, undefined=len({*gold, *predicted}) == 1)
    result.update({"undefined": undefined, "per_label": per_label, "confusion_matrix": matrix.tolist()})
    if probabilities is not None:
        add_probabilities(result, kind, label_count, gold, probabilities)
    return result


def problem(kind, label_count, gold, predicted, probabilities=None):
    gold, predicted = np.asarray(gold), np.asarray(predicted)

    def stored(targets):
        return [np.flatnonzero(row).tolist() for row in targets] if kind == "multilabel" else targets.tolist()

    return {
        "kind": kind, "labels": label_count, "gold": stored(gold), "predicted": stored(predicted),
        **({} if probabilities is None else {"probabilities": probabilities.tolist()}),
        "expected": expected(kind, label_count, gold, predicted, probabilities),
    }


def chosen_problems():
    """The edges that random draws may miss."""
    yield problem("binary", 2, [0], [0], np.array([[1.0, 0.0]]))  # N = 1, the positive label neither gold nor predicted
    yield problem("binary", 2, [1], [0])
    yield problem("binary", 2, [1, 1, 1], [1, 1, 1])
    yield problem("multiclass", 3, [2], [1])
    yield problem("multiclass", 5, [3], [3])
    yield problem("multiclass", 3, [0, 0, 1, 1], [2, 2, 2, 2])  # no label is both gold and predicted
    yield problem("multilabel", 3, [[0, 0, 0]], [[0, 0, 0]], np.zeros((1, 3)))  # nothing at all
    yield problem("multilabel", 3, np.zeros((4, 3), int), [[1, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]])  # no gold
    yield problem("multilabel", 3, [[1, 0, 0], [0, 0, 0], [0, 1, 1], [0, 0, 0]], np.zeros((4, 3), int))
    yield problem("multilabel", 2, [[1, 1]], [[1, 1]], np.array([[0.5, 0.5]]))
    yield problem("multilabel", 3, [[1, 0, 0], [1, 0, 0]], [[0, 1, 0], [0, 1, 0]])  # weights without precision


def random_problems(rng, count, most_rows, most_labels):
    for index in range(count):
        kind = ["binary", "multiclass", "multilabel"][index % 3]
        rows = int(rng.integers(1, most_rows + 1))
        label_count = 2 if kind == "binary" else int(rng.integers(2, most_labels + 1))
        draw = random_sets if kind == "multilabel" else random_classes
        gold, predicted = draw(rng, rows, label_count)
        has_probabilities = index % 2 == 0
        yield problem(
            kind, label_count, gold, predicted,
            random_probabilities(rng, gold, kind, label_count) if has_probabilities else None)


parser = argparse.ArgumentParser()
parser.add_argument("--count", type=int, default=51)
parser.add_argument("--rows", type=int, default=40)
parser.add_argument("--labels", type=int, default=9)
parser.add_argument("--seed", type=int, default=20250711)
parser.add_argument("--output", type=Path, default=Path(__file__).with_name("scorecards.json"))
arguments = parser.parse_args()
random = random_problems(np.random.default_rng(arguments.seed), arguments.count, arguments.rows, arguments.labels)
problems = [*chosen_problems(), *random]
lines = ",\n".join(json.dumps(p, separators=(",", ":"), allow_nan=False) for p in problems)
arguments.output.write_text(f"[\n{lines}\n]\n")
