"""Makes the golden files of LinearModelsTests from the front-desk corpus.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1. No randomness.

max_features breaks ties by NumPy's unstable argsort, which depends on the processor; ours is that of AVX2, so run
    NPY_DISABLE_CPU_FEATURES=X86_V4 python generate.py
on a processor that has AVX2.
"""

import json
import pathlib

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC
from sklearn.utils.class_weight import compute_sample_weight

from front_desk import emotions, sentiment, spam, test_texts, texts

HERE = pathlib.Path(__file__).parent


def write(name, value):
    (HERE / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def fnv(text):
    """FNV-1a, 64 bits, of UTF-8."""
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) % 2**64
    return format(h, "016x")


# TF-IDF: the vocabulary's hash, idf, and every 50th test row.
OPTIONS = {
    "default": {},
    "english-200": {"max_features": 200, "stop_words": "english"},
    "bounds": {"min_df": 2, "max_df": 0.1},
    "sublinear": {"sublinear_tf": True, "smooth_idf": False, "max_features": 500},
    "plain": {"lowercase": False, "norm": None, "max_df": 60},
    "bigrams": {"ngram_range": (1, 2), "min_df": 2, "stop_words": ["the", "is", "at"]},
    "char": {"analyzer": "char", "ngram_range": (2, 3), "max_features": 800, "norm": "l1"},
    "char_wb": {"analyzer": "char_wb", "ngram_range": (3, 4), "min_df": 3, "strip_accents": "unicode"},
    "binary": {"binary": True, "use_idf": False, "strip_accents": "ascii", "max_features": 300},
}
tfidf = {}
for name, options in OPTIONS.items():
    vectorizer = TfidfVectorizer(**options)
    X = vectorizer.fit_transform(texts)
    Z = vectorizer.transform(test_texts)
    Z.sort_indices()
    vocabulary = list(vectorizer.get_feature_names_out())
    tfidf[name] = {
        "terms": len(vocabulary),
        "nonZeros": X.nnz,
        "vocabularyHash": fnv("\n".join(vocabulary)),
        "idf": (vectorizer.idf_ if vectorizer.use_idf else np.ones(len(vocabulary)))[:: max(1, len(vocabulary) // 40)].tolist(),
        "rows": [
            {
                "columns": Z.indices[Z.indptr[i] : Z.indptr[i + 1]].tolist(),
                "values": Z.data[Z.indptr[i] : Z.indptr[i + 1]].tolist(),
            }
            for i in range(0, len(test_texts), 50)
        ],
    }
write("tfidf.json", tfidf)

# Logistic regression on 120 terms: coefficients, and the probabilities of every fifth test row.
vectorizer = TfidfVectorizer(max_features=120)
X = vectorizer.fit_transform(texts)
Z = vectorizer.transform(test_texts)[::5]


def logistic(**options):
    return LogisticRegression(**{"max_iter": 1000, **options})


MODELS = {
    "binary": (logistic(), spam),
    "binary-balanced": (logistic(class_weight="balanced", C=5.0), spam),
    "binary-without-intercept": (logistic(fit_intercept=False), spam),
    "ovr": (OneVsRestClassifier(logistic()), sentiment),
    "multinomial": (logistic(), sentiment),
    "multinomial-balanced": (logistic(class_weight="balanced", tol=1e-8), sentiment),
    "multilabel": (OneVsRestClassifier(logistic()), emotions),
    "multilabel-balanced": (OneVsRestClassifier(logistic(class_weight="balanced")), emotions),
    "multilabel-tight": (OneVsRestClassifier(logistic(tol=1e-10)), emotions),
}
models = {}
for name, (model, target) in MODELS.items():
    model.fit(X, target)
    parts = getattr(model, "estimators_", [model])
    models[name] = {
        "coefficients": np.vstack([part.coef_ for part in parts]).round(12).tolist(),
        "intercepts": np.concatenate([np.ravel(part.intercept_) for part in parts]).tolist(),
        "probabilities": model.predict_proba(Z).round(12).tolist(),
    }
write("logistic.json", models)

# L1, linear SVM and naive Bayes: where the optimum is one point the coefficients, and the objective (C x losses +
# penalty, of all problems together), on 60 terms.
vectorizer = TfidfVectorizer(max_features=60)
X = vectorizer.fit_transform(texts)
Z = vectorizer.transform(test_texts)[::5]


def saga(**options):
    return LogisticRegression(l1_ratio=1, solver="saga", max_iter=1_000_000, tol=1e-12, random_state=0, **options)


def svc(**options):
    return LinearSVC(dual=False, tol=1e-12, max_iter=1_000_000, **options)


LEARNERS = {
    "l1-binary": (saga(C=2.0), spam),
    "l1-ovr": (OneVsRestClassifier(saga()), sentiment),
    "l1-multinomial": (saga(C=3.0), sentiment),
    "l1-balanced": (saga(class_weight="balanced"), spam),
    "l1-liblinear": (
        LogisticRegression(l1_ratio=1, solver="liblinear", fit_intercept=False, tol=1e-12, max_iter=100_000),
        spam,
    ),
    "svm-binary": (svc(), spam),
    "svm-ovr": (svc(C=0.3, intercept_scaling=5.0), sentiment),
    "svm-multilabel": (OneVsRestClassifier(svc(class_weight="balanced")), emotions),
    "svm-weights": (svc(class_weight={1: 4.0}), spam),
    "nb-multiclass": (MultinomialNB(), sentiment),
    "nb-multilabel": (OneVsRestClassifier(MultinomialNB(alpha=0.2, fit_prior=False)), emotions),
    "nb-binary": (MultinomialNB(alpha=0.5), spam),
    "complement-multiclass": (ComplementNB(), sentiment),
    "complement-norm": (ComplementNB(alpha=0.3, norm=True), sentiment),
}
learners = {}
for name, (model, target) in LEARNERS.items():
    model.fit(X, target)
    parts = getattr(model, "estimators_", [model])
    out = {"probabilities": [], "coefficients": [], "intercepts": []}
    if name.startswith("svm"):
        decided = model.predict(Z)
        if decided.ndim == 1:
            decided = np.eye(3 if "ovr" in name else 2)[decided]
        out["probabilities"] = decided.astype(float).tolist()
    else:
        out["probabilities"] = model.predict_proba(Z).round(12).tolist()
    if hasattr(parts[0], "coef_"):
        out["coefficients"] = np.vstack([part.coef_ for part in parts]).round(12).tolist()
        out["intercepts"] = np.concatenate([np.ravel(part.intercept_) for part in parts]).tolist()
    learners[name] = out
write("learners.json", learners)

# Naive Bayes with weights of rows, on the same 60 terms; of the emotions a model each.
WEIGHTED = {
    "binary-balanced": (lambda: MultinomialNB(alpha=0.5), spam, "balanced"),
    "binary-weights": (lambda: MultinomialNB(), spam, {0: 0.5, 1: 7.0}),
    "multiclass-balanced": (lambda: MultinomialNB(), sentiment, "balanced"),
    "multiclass-weights": (lambda: MultinomialNB(fit_prior=False), sentiment, {0: 1.0, 1: 3.0, 2: 0.25}),
    "complement-balanced": (lambda: ComplementNB(), sentiment, "balanced"),
    "complement-norm-weights": (lambda: ComplementNB(norm=True), sentiment, {0: 1.0, 1: 3.0, 2: 0.25}),
    "multilabel-balanced": (lambda: MultinomialNB(alpha=0.2), emotions, "balanced"),
}
weighted = {}
for name, (make, target, weights) in WEIGHTED.items():
    columns = target.T if target.ndim == 2 else [target]
    fitted = [make().fit(X, y, sample_weight=compute_sample_weight(weights, y)) for y in columns]
    parts = [model.predict_proba(Z) for model in fitted]
    probabilities = np.column_stack([p[:, 1] for p in parts]) if target.ndim == 2 else parts[0]
    weighted[name] = {"probabilities": probabilities.round(12).tolist(), "coefficients": [], "intercepts": []}
write("weighted-bayes.json", weighted)

# Dummies: most frequent and prior; for emotions one column a label.
dummies = {}
for strategy in ("most_frequent", "prior"):
    for name, target in (("spam", spam), ("sentiment", sentiment), ("emotions", emotions)):
        p = DummyClassifier(strategy=strategy).fit(X, target).predict_proba(Z[:1])
        dummies[f"{strategy} {name}"] = [float(q[0, 1]) for q in p] if isinstance(p, list) else p[0].tolist()
write("dummies.json", dummies)

# argsort: which of n Zipf-like frequencies come first. The test makes the same frequencies.
order = []
for n, limit in ((7, 3), (100, 40), (256, 100), (257, 100), (1009, 300), (5003, 1500), (20011, 7000)):
    state, frequencies = n, []
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        frequencies.append(1 + 200 // (1 + (state >> 33) % 199))
    first = sorted((-np.array(frequencies)).argsort()[:limit].tolist())
    order.append({"count": n, "limit": limit, "hash": fnv(" ".join(map(str, first)))})
write("order.json", order)
