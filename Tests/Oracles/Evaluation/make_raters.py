"""What ratings are worth beside predictions: alpha as krippendorff has it, and the scores of raters who are left out in turn, and
of contestants that are judged as they are, as scikit-learn has them: raters.json.

A row's label is the bin of its ratings' mean; a row may have more ratings than another. As many raters are left out as the row
with the fewest ratings, of those with two or more, has.

Made with Python 3.11, krippendorff 0.9.0, NumPy 2.4.6, scikit-learn 1.9.1, seed 20261127: python make_raters.py
"""

import json
from pathlib import Path

import krippendorff
import numpy as np
from sklearn.metrics import f1_score

EDGES = [-0.5, 0.5]
rng = np.random.default_rng(20261127)


def bin_of(ratings):
    mean = sum(ratings) / len(ratings)
    return 0 if mean <= EDGES[0] else 2 if mean >= EDGES[1] else 1


def alpha(rows, level):
    width = max(map(len, rows))
    data = np.array([row + [np.nan] * (width - len(row)) for row in rows], dtype=float).T
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))


def macro(gold, predicted):
    return float(f1_score(gold, predicted, average="macro", labels=range(3), zero_division=0))


def problem(i):
    n = int(rng.integers(17, 41))
    truth = rng.normal(0, 1.5, n)
    # The first problem's rows have equally many ratings; of the third, one row has a single rating.
    counts = np.full(n, 5) if i == 0 else rng.integers(3, 8, n)
    if i == 2:
        counts[4] = 1
    ratings = [[int(r) for r in np.clip(np.round(rng.normal(truth[row], 1.2, counts[row])), -4, 4)] for row in range(n)]
    gold = [bin_of(row) for row in ratings]
    predicted = [[int(label) for label in np.where(rng.random(n) < skill, gold, rng.integers(0, 3, n))]
                 for skill in (0.8, 0.5, 0.5)]
    judged = min(len(row) for row in ratings if len(row) >= 2)
    scores = [[] for _ in range(1 + len(predicted))]
    for r in range(judged):
        rows = [row for row in range(n) if len(ratings[row]) >= 2]
        others = [bin_of(ratings[row][:r] + ratings[row][r + 1:]) for row in rows]
        for place, own in enumerate([[bin_of([ratings[row][r]]) for row in rows]]
                                    + [[labels[row] for row in rows] for labels in predicted]):
            scores[place].append(macro(others, own))
    means = [sum(values) / len(values) for values in scores]
    return {"ratings": ratings, "gold": gold, "predicted": predicted, "judged": judged,
            "alphaOfRatings": alpha(ratings, "interval"),
            "alphaOfLabels": alpha([[bin_of([rating]) for rating in row] for row in ratings], "nominal"),
            "human": means[0],
            # The second contestant has the second and the third predictions, under two seeds.
            "contestants": [means[1], (means[2] + means[3]) / 2]}


Path(__file__).with_name("raters.json").write_text(
    json.dumps([problem(i) for i in range(3)], separators=(",", ":")) + "\n")
