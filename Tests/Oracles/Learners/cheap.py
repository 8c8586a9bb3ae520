"""Makes cheap.json: nearest neighbours, NB-SVM and latent semantic analysis on the front-desk corpus.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1. No randomness. As generate.py, run with
    NPY_DISABLE_CPU_FEATURES=X86_V4 python cheap.py
on a processor that has AVX2.

NB-SVM follows trainMNBSVM.m of the code published with Wang and Manning (2012), with the features as they are.
"""

import json
import pathlib

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import LinearSVC

from front_desk import emotions, sentiment, spam, test_texts, texts

HERE = pathlib.Path(__file__).parent

vectorizer = TfidfVectorizer(max_features=60)
X = vectorizer.fit_transform(texts)
Z = vectorizer.transform(test_texts[::5])
# scikit-learn takes the columns of a row for sorted when it sums sparse manhattan distances, and these are not.
X.sort_indices()
Z.sort_indices()
targets = {"binary": spam, "multiclass": sentiment, "multilabel": emotions}

# Dense features without a zero, which other programs can make again.
rotation = np.sin(np.arange(60)[:, None] * 1.7 + np.arange(11)[None, :] * 0.9 + 0.3)
dense = {"train": X.toarray() @ rotation, "test": Z.toarray() @ rotation}

out = {"knn": [], "nbsvm": {}}
for kind, y in targets.items():
    for metric in ["euclidean", "cosine", "manhattan"]:
        for weights in ["uniform", "distance"]:
            for is_dense in [False, True]:
                k = {"binary": 5, "multiclass": 4, "multilabel": 7}[kind]
                A, B = (dense["train"], dense["test"]) if is_dense else (X, Z)
                model = KNeighborsClassifier(k, weights=weights, metric=metric, algorithm="brute")
                p = model.fit(A, y).predict_proba(B)
                if kind == "multilabel":
                    p = np.stack([q[:, 1] for q in p], axis=1)
                # Rows for which it is open which of equally far ones vote.
                distances, _ = KNeighborsClassifier(k + 1, metric=metric, algorithm="brute").fit(A, y).kneighbors(B)
                tied = np.abs(distances[:, k] - distances[:, k - 1]) < 1e-9
                out["knn"].append(
                    {"kind": kind, "metric": metric, "weights": weights, "neighbors": k, "dense": is_dense,
                     "tied": np.flatnonzero(tied).tolist(), "probabilities": np.round(p, 12).tolist()})


def nbsvm(y, alpha, beta, C, logistic):
    p = alpha + np.asarray(X[y == 1].sum(axis=0))[0]
    q = alpha + np.asarray(X[y == 0].sum(axis=0))[0]
    r = (np.log(p) - np.log(p.sum())) - (np.log(q) - np.log(q.sum()))
    scaled = X.multiply(r).tocsr()
    if logistic:
        model = LogisticRegression(C=C, fit_intercept=False, tol=1e-12, max_iter=10_000, solver="newton-cg")
    else:
        model = LinearSVC(C=C, fit_intercept=False, tol=1e-12, max_iter=1_000_000)
    w = model.fit(scaled, y).coef_[0]
    return r * ((1 - beta) * np.abs(w).mean() + beta * w)


out["nbsvm"]["binary"] = [nbsvm(spam, 1, 0.25, 1, False).tolist()]
out["nbsvm"]["ovr"] = [nbsvm((sentiment == k).astype(int), 0.5, 0.6, 0.3, False).tolist() for k in range(3)]
out["nbsvm"]["logistic"] = [nbsvm(emotions[:, k], 1, 1, 2, True).tolist() for k in range(7)]

whole = TfidfVectorizer()
W = whole.fit_transform(texts)
u, s, v = np.linalg.svd(W.toarray(), full_matrices=False)
arpack = TruncatedSVD(40, algorithm="arpack", tol=1e-14, random_state=0).fit(W)
assert np.allclose(arpack.singular_values_, s[:40], atol=1e-10)
signs = np.sign(v[np.arange(len(v)), np.abs(v).argmax(axis=1)])
vectors = whole.transform(test_texts[:5]) @ (v * signs[:, None])[:40].T
out["lsa"] = {"singularValues": s[:40].tolist(), "vectors": vectors.tolist()}
(HERE / "cheap.json").write_text(json.dumps(out, separators=(",", ":")) + "\n", encoding="utf-8")
