"""Makes chains.json: classifier chains of scikit-learn on the emotions of the front-desk corpus.

Made with Python 3.11, NumPy 2.4.6, scikit-learn 1.9.1. No randomness. As generate.py, run with
    NPY_DISABLE_CPU_FEATURES=X86_V4 python chains.py
on a processor that has AVX2.
"""

import csv
import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multioutput import ClassifierChain
from sklearn.svm import LinearSVC

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parents[2] / "datasets" / "front-desk" / "messages.csv"
EMOTIONS = ["anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral"]

rows = list(csv.DictReader(CORPUS.open(encoding="utf-8", newline="")))
train = [row for i, row in enumerate(rows) if i % 4]
test = [row for i, row in enumerate(rows) if i % 4 == 0]
vectorizer = TfidfVectorizer(max_features=60)
X = vectorizer.fit_transform(row["text"] for row in train)
Z = vectorizer.transform(row["text"] for row in test[::5])
Y = np.array([[int(e in row["emotions"].split("|")) for e in EMOTIONS] for row in train])

out = []
for order in [None, [6, 2, 0, 5, 3, 1, 4]]:
    for method in ["predict", "predict_proba"]:
        chain = ClassifierChain(LogisticRegression(C=2, tol=1e-12, max_iter=10_000, solver="newton-cg"), order=order,
                                chain_method=method).fit(X, Y)
        out.append({"learner": "logistic", "order": order, "method": method, "scores": chain.decision_function(Z).tolist(),
                    "probabilities": chain.predict_proba(Z).tolist()})
    chain = ClassifierChain(LinearSVC(C=2, tol=1e-12, max_iter=1_000_000), order=order, chain_method="predict").fit(X, Y)
    out.append({"learner": "svm", "order": order, "method": "predict", "scores": chain.decision_function(Z).tolist(),
                "probabilities": chain.predict(Z).astype(float).tolist()})
(HERE / "chains.json").write_text(json.dumps(out, separators=(",", ":")) + "\n", encoding="utf-8")
