"""Makes the golden files of DenseHeadTests.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1, PyTorch 2.13.0 (CPU), on one thread.

Features and labels come from integer formulas, which Swift repeats: no seed, no stored matrix.
    mix(a, b, c): the 32-bit hash below;  u(a, b, c) = mix / 2^32 in 0..<1
    x[i][j] = round(256 (u(i, j, 1) + u(i, j, 2) - 1)) / 64, exact in single precision, plus 1 in column 3
    score[i][k] = sum over j of x[i][j] (mix(j, k, 3) % 7 - 3) / 8 + 2 u(i, k, 4) - 1
    label k is on where score[i][k] > CUTS[k]; the class is the first k of the largest score of k < 3
"""

import json
import pathlib

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

HERE = pathlib.Path(__file__).parent
N, H, K = 331, 23, 5
CUTS = [0.5, 2.5, -1.0, 3.0, 1.0]
torch.set_num_threads(1)


def mix(a, b, c):
    h = (a * 0x9E3779B1 + b * 0x85EBCA77 + c * 0xC2B2AE3D) % 2**32
    h = ((h ^ (h >> 15)) * 0x2C1B3C6D) % 2**32
    h = ((h ^ (h >> 12)) * 0x297A2D39) % 2**32
    return h ^ (h >> 15)


def u(a, b, c):
    return mix(a, b, c) / 2**32


X = np.array([[np.floor(256 * (u(i, j, 1) + u(i, j, 2) - 1) + 0.5) / 64 + (j == 3) for j in range(H)] for i in range(N)])
S = np.array(
    [[sum(X[i, j] * (mix(j, k, 3) % 7 - 3) / 8 for j in range(H)) + 2 * u(i, k, 4) - 1 for k in range(K)] for i in range(N)]
)
SETS = (S > CUTS).astype(int)
CLASSES = S[:, :3].argmax(1)
BINARY = SETS[:, 1]
print("positive rows:", SETS.sum(0), "classes:", np.bincount(CLASSES))


def write(name, value):
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")


def fitted(models):
    return {
        "coefficients": [row.tolist() for m in models for row in m.coef_],
        "intercepts": [float(b) for m in models for b in np.atleast_1d(m.intercept_)],
    }


def model(**options):
    return LogisticRegression(**{"solver": "newton-cholesky", "tol": 1e-12, "max_iter": 10000, **options})


def fit(y, **options):
    return model(**options).fit(X, y)


def one_vs_rest(**options):
    return OneVsRestClassifier(model(**options)).fit(X, SETS).estimators_


exact = {
    "binary": fitted([fit(BINARY)]),
    "binary-balanced": fitted([fit(BINARY, class_weight="balanced", C=10)]),
    "binary-without-intercept": fitted([fit(BINARY, fit_intercept=False, C=0.1)]),
    "binary-lbfgs": fitted([fit(BINARY, solver="lbfgs", tol=1e-4)]),
    "multinomial": fitted([fit(CLASSES)]),
    "multinomial-balanced": fitted([fit(CLASSES, class_weight="balanced", C=0.3)]),
    "multinomial-without-intercept": fitted([fit(CLASSES, fit_intercept=False)]),
    "multinomial-lbfgs": fitted([fit(CLASSES, solver="lbfgs", tol=1e-4)]),
    "multilabel": fitted(one_vs_rest()),
    "multilabel-balanced": fitted(one_vs_rest(class_weight="balanced", C=3)),
}
write("exact.json", exact)


def trained(loss_of, outputs):
    """AdamW from a formula's weights, with rows in a formula's order: 331 is prime, so each multiplier permutes them."""
    layer = torch.nn.Linear(H, outputs, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[(u(k, j, 5) - 0.5) / 4 for j in range(H)] for k in range(outputs)], dtype=torch.float64))
        layer.bias.copy_(torch.tensor([(u(k, H, 5) - 0.5) / 4 for k in range(outputs)], dtype=torch.float64))
    optimizer = torch.optim.AdamW(layer.parameters(), lr=0.01, weight_decay=0.05)
    features = torch.tensor(X)
    trajectory = []
    for epoch in range(4):
        order = [(i * (17 + epoch) + epoch) % N for i in range(N)]
        for start in range(0, N, 19):
            batch = order[start : start + 19]
            optimizer.zero_grad()
            loss_of(layer(features[batch]), batch).backward()
            optimizer.step()
        trajectory.append([*torch.cat([layer.weight, layer.bias[:, None]], 1).flatten().tolist()])
    return trajectory


F = torch.nn.functional
classes, sets = torch.tensor(CLASSES), torch.tensor(SETS, dtype=torch.float64)
class_weights = torch.tensor(N / (3 * np.bincount(CLASSES)))
pos_weights = torch.tensor((N - SETS.sum(0)) / SETS.sum(0))
write(
    "adamw.json",
    {
        "cross-entropy": trained(lambda z, b: F.cross_entropy(z, classes[b]), 3),
        "cross-entropy-balanced": trained(lambda z, b: F.cross_entropy(z, classes[b], weight=class_weights), 3),
        "bce": trained(lambda z, b: F.binary_cross_entropy_with_logits(z, sets[b]), K),
        "bce-balanced": trained(
            lambda z, b: F.binary_cross_entropy_with_logits(z, sets[b], pos_weight=pos_weights), K
        ),
    },
)
