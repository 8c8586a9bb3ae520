"""Random ranks and predictions, and what scikit-learn says of them: ordinal.json.

Made with Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6, seed 20261126:

    python make_ordinal.py        # writes ordinal.json beside this file

A problem is {"labels": K, "gold", "predicted", "costs": K x K, "expected"}. `cohen_kappa_linear` and
`cohen_kappa_quadratic` are `cohen_kappa_score` with those weights over all K labels, null where it gives NaN;
`mean_absolute_error` is scikit-learn's of the ranks; `mean_cost` is NumPy's mean of costs[gold, predicted].
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics

assert sklearn.__version__ == "1.9.1", sklearn.__version__
warnings.filterwarnings("ignore")  # that scores are ill-defined is the point


def problem(rng):
    label_count, rows = int(rng.integers(2, 8)), int(rng.integers(1, 60))
    some = rng.permutation(label_count)[: rng.integers(1, label_count + 1)]
    gold = rng.choice(some, size=rows)
    near = np.clip(gold + rng.integers(-2, 3, size=rows), 0, label_count - 1)
    predicted = np.where(rng.random(rows) < rng.random(), gold, near)
    costs = np.round(rng.random((label_count, label_count)) * 9, 2)
    np.fill_diagonal(costs, 0)
    kappa = {
        f"cohen_kappa_{weights}": float(
            metrics.cohen_kappa_score(gold, predicted, labels=range(label_count), weights=weights)
        )
        for weights in ("linear", "quadratic")
    }
    expected = {
        **{name: None if math.isnan(value) else value for name, value in kappa.items()},
        "mean_absolute_error": float(metrics.mean_absolute_error(gold, predicted)),
        "mean_cost": float(costs[gold, predicted].mean()),
    }
    return {
        "labels": label_count,
        "gold": gold.tolist(),
        "predicted": predicted.tolist(),
        "costs": costs.tolist(),
        "expected": expected,
    }


rng = np.random.default_rng(20261126)
problems = [problem(rng) for _ in range(60)]
assert any(p["expected"]["cohen_kappa_linear"] is None for p in problems)
text = ",\n".join(json.dumps(p) for p in problems)
Path(__file__).with_name("ordinal.json").write_text(f"[\n{text}\n]\n")
