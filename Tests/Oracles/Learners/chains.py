"""Makes chains.json and label-c.json: classifier chains of scikit-learn, and labels each with a C of its own, on the emotions
of the front-desk corpus.

Made with Python 3.11, NumPy 2.4.6, scikit-learn 1.9.1. No randomness but saga's. As generate.py, run with
    NPY_DISABLE_CPU_FEATURES=X86_V4 python chains.py
on a processor that has AVX2.
"""

import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multioutput import ClassifierChain
from sklearn.svm import LinearSVC

from front_desk import emotions as Y
from front_desk import test_texts, texts

HERE = pathlib.Path(__file__).parent

vectorizer = TfidfVectorizer(max_features=60)
X = vectorizer.fit_transform(texts)
Z = vectorizer.transform(test_texts[::5])


def logistic(**options):
    return LogisticRegression(tol=1e-12, max_iter=10_000, solver="newton-cg", **options)


def svm(**options):
    return LinearSVC(tol=1e-12, max_iter=1_000_000, **options)


out = []
for order in [None, [6, 2, 0, 5, 3, 1, 4]]:
    for method in ["predict", "predict_proba"]:
        chain = ClassifierChain(logistic(C=2), order=order, chain_method=method).fit(X, Y)
        out.append({"learner": "logistic", "order": order, "method": method, "scores": chain.decision_function(Z).tolist(),
                    "probabilities": chain.predict_proba(Z).tolist()})
    chain = ClassifierChain(svm(C=2), order=order, chain_method="predict").fit(X, Y)
    out.append({"learner": "svm", "order": order, "method": "predict", "scores": chain.decision_function(Z).tolist(),
                "probabilities": chain.predict(Z).astype(float).tolist()})

# The third label and the last have a C of their own.
C = [0.5, 0.5, 20, 0.5, 0.5, 0.5, 0.1]
own = {
    name: np.stack([make(C=c).fit(X, y).decision_function(Z) for c, y in zip(C, Y.T)], 1).tolist()
    for name, make in [("logistic", logistic), ("svm", svm)]}
own["l1"] = np.stack(
    [LogisticRegression(C=c, l1_ratio=1, solver="saga", max_iter=1_000_000, tol=1e-12, random_state=0)
     .fit(X, y).decision_function(Z) for c, y in zip(C, Y.T)], 1).tolist()

for name, value in [("chains.json", out), ("label-c.json", own)]:
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")
