"""How many pairs of texts the setfit package learns from, by its ContrastiveDataset.

Made with Python 3.11, setfit 1.2.0, numpy 2.4, seed 20260106; run it in this folder. Writes pairs.json: for each case the
labels of the rows (a number, or a list of numbers where a row may have several labels), the settings, and of either
kind how many pairs there are, how many of them are different, and the least and the most often that one comes. The
package's own order is random; where pairs are left out, which ones depends on it, and how often pairs come is the same.
"""

import collections
import json

import numpy as np
from setfit.sampler import ContrastiveDataset

SEED = 20260106
random = np.random.default_rng(SEED)
single = {
    "two even classes": [0] * 8 + [1] * 8,
    "three uneven classes": [0] * 3 + [1] * 7 + [2] * 11,
    "many classes": [int(k) for k in random.integers(0, 6, 29)],
    "a class of one row": [0, 1, 1, 1, 1],
    "one class": [2, 2, 2],
}
several = {
    "sets": [sorted({int(k) for k in random.integers(0, 5, random.integers(0, 4))}) for _ in range(23)],
    "disjoint sets": [[0], [1], [2], [0], [3, 4], []],
}
settings = [
    {"strategy": "oversampling"}, {"strategy": "undersampling"}, {"strategy": "unique"}, {"iterations": 1},
    {"iterations": 5}, {"iterations": 20}, {"strategy": "oversampling", "steps": 3, "batch": 16},
    {"strategy": "unique", "steps": 2, "batch": 5}, {"strategy": "undersampling", "steps": 50, "batch": 7},
]

cases = []
for name, labels in {**single, **several}.items():
    K = 1 + max(k for row in labels for k in (row if isinstance(row, list) else [row]))
    given = [[int(k in row) for k in range(K)] for row in labels] if name in several else labels
    for setting in settings:
        texts = [str(i) for i in range(len(labels))]
        dataset = ContrastiveDataset(
            texts, given, multilabel=name in several, num_iterations=setting.get("iterations"),
            sampling_strategy=setting.get("strategy", "oversampling"),
            max_pairs=setting["steps"] * setting["batch"] if "steps" in setting else -1)
        case = {"name": name, "labels": labels, "labelCount": K, **setting}
        try:
            pairs = list(dataset)
        except IndexError:
            pairs = []  # one kind is missing and yet wanted
        for kind, label in (("alike", 1.0), ("different", 0.0)):
            counts = collections.Counter(
                tuple(sorted((int(p["sentence_1"]), int(p["sentence_2"])))) for p in pairs if p["label"] == label)
            case[kind] = {"count": sum(counts.values()), "distinct": len(counts),
                          "least": min(counts.values(), default=0), "most": max(counts.values(), default=0)}
        cases.append(case)
with open("pairs.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
