"""What protocols are judged by: distributions, tests over folds and datasets, raters, label noise, learning curves and
ensembles, as SciPy, scikit-posthocs, krippendorff, cleanlab and scikit-learn have them: protocols.json.

Made with Python 3.11, SciPy 1.17.1, NumPy 2.4.6, scikit-posthocs 0.17.1, krippendorff 0.9.0, cleanlab 2.9.0, scikit-learn
1.9.1, seed 20261126: python make_protocols.py [PROBLEMS OF EACH KIND [FILE [SEED]]]

Of equals, cleanlab takes those that NumPy's sort happens to put first, and that depends on the CPU's instructions. Here the
sort is stable, whatever the CPU: of equals the first comes first.
"""

import functools
import json
import sys
import warnings
from pathlib import Path
from unittest import mock

import krippendorff
import numpy as np
import scikit_posthocs
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.multilabel_classification.filter import find_multilabel_issues_per_class
from scipy import optimize, stats
from sklearn.metrics import accuracy_score, f1_score, log_loss

warnings.filterwarnings("ignore")
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 12
FILE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("protocols.json")
rng = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 20261126)
stable = mock.patch("numpy.argsort", functools.partial(np.argsort, stable=True))


def number(value):
    """A float that JSON has; None for what is not finite."""
    return float(value) if np.isfinite(value) else None


def distributions(i):
    t, df = float(rng.normal() * 3), float(rng.choice([1, 2, 4, 9, 29, 99, 499, 2.5, 17.25]))
    x, f = float(rng.gamma(2) * 4), float(rng.gamma(2))
    d1, d2 = int(rng.integers(1, 12)), int(rng.integers(1, 200))
    k, q = int(rng.integers(2, 25)), float(rng.uniform(0.1, 7))
    level = float(rng.choice([0.1, 0.05, 0.01]))
    return {
        "t": t, "df": df, "t_tail": 2 * stats.t.sf(abs(t), df), "level": level, "t_critical": stats.t.isf(level / 2, df),
        "x": x, "d1": d1, "chi_tail": stats.chi2.sf(x, d1), "f": f, "d2": d2, "f_tail": stats.f.sf(f, d1, d2),
        "k": k, "q": q, "range_tail": stats.studentized_range.sf(q, k, np.inf),
        "range_critical": stats.studentized_range.ppf(1 - level, k, np.inf)}


def corrected(i):
    folds, repeats = int(rng.integers(2, 11)), int(rng.integers(1, 11))
    values = rng.normal(rng.normal() * 0.02, 0.03, size=folds * repeats)
    if i % 6 == 5:
        values = np.round(values, 2)
    ratio = 1 / (folds - 1)
    n = len(values)
    error = np.sqrt((1 / n + ratio) * values.var(ddof=1))
    mean = values.mean()
    p = 2 * stats.t.sf(abs(mean / error), n - 1) if error > 0 else np.nan
    half = stats.t.isf(0.025, n - 1) * error
    return {"values": values.tolist(), "ratio": ratio, "mean": mean, "error": error, "p": number(p),
            "low": mean - half, "high": mean + half}


def friedman(i):
    n, k = int(rng.integers(2, 15)), int(rng.integers(3, 9))
    scores = rng.normal(size=(n, k)) + rng.normal(size=k) * rng.choice([0, 0.5, 3])
    if i % 3 == 1:
        scores = np.round(scores)
    if i % 12 == 11:
        scores = np.tile(np.arange(k), (n, 1)) + rng.uniform(0, 0.5, size=(n, k))
    scores = np.round(scores, 3)
    chi, p = stats.friedmanchisquare(*scores.T)
    rest = n * (k - 1) - chi
    f = (n - 1) * chi / rest if rest > 1e-9 else np.inf
    ranks = stats.rankdata(-scores, axis=1).mean(axis=0)
    level = float(rng.choice([0.05, 0.1]))
    return {
        "scores": scores.tolist(), "ranks": ranks.tolist(), "chi": number(chi), "p": number(p), "f": number(f),
        "f_p": number(stats.f.sf(f, k - 1, (k - 1) * (n - 1))) if np.isfinite(chi) else None,
        "nemenyi": scikit_posthocs.posthoc_nemenyi_friedman(-scores).to_numpy().tolist(), "level": level,
        "difference": stats.studentized_range.ppf(1 - level, k, np.inf) / np.sqrt(2) * np.sqrt(k * (k + 1) / (6 * n))}


def wilcoxon(i):
    n = int(rng.choice([1, 2, 3, 5, 6, 8, 12, 13, 14, 20, 49, 50, 51, 80]))
    d = rng.normal(rng.normal() * 0.4, 1, size=n)
    if i % 3 == 1:
        d = np.round(d * 2) / 2
    elif i % 3 == 2:
        d = np.round(d, 1)
    if not d.any():
        d[0] = 0.5
    result = stats.wilcoxon(d)
    return {"differences": d.tolist(), "statistic": float(result.statistic), "p": float(result.pvalue)}


def alpha(i):
    units, raters, values = int(rng.integers(4, 30)), int(rng.integers(2, 7)), int(rng.integers(2, 6))
    truth = rng.integers(0, values, units)
    noise = rng.integers(0, values, (units, raters))
    ratings = np.where(rng.random((units, raters)) < 0.7, truth[:, None], noise).astype(float)
    if i % 4 == 3:
        ratings = ratings * 0.75 + 0.5
    ratings[rng.random((units, raters)) < rng.choice([0, 0.2, 0.6])] = np.nan
    found = {}
    for level in ["nominal", "ordinal", "interval", "ratio"]:
        try:
            found[level] = number(krippendorff.alpha(ratings.T, level_of_measurement=level))
        except ValueError:
            found[level] = None
    return {"ratings": [[None if np.isnan(x) else x for x in row] for row in ratings], "alpha": found}


def noisy(i):
    """Labels some of which are wrong, and the probabilities of a model that is unsure."""
    # Of more than 11 labels NumPy adds up the joint in halves.
    n, k = int(rng.integers(8, 70)), int(rng.integers(12, 20) if i % 6 == 5 else rng.integers(2, 6))
    n = max(n, 3 * k)
    truth = rng.integers(0, k, n)
    truth[:k] = np.arange(k)
    logits = rng.normal(size=(n, k)) + rng.choice([1.0, 2.0, 3.0]) * np.eye(k)[truth]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    given = np.where(rng.random(n) < 0.2, rng.integers(0, k, n), truth)
    probabilities = np.round(probabilities, 4)
    return given, probabilities, k


@stable
def confident(i):
    given, probabilities, k = noisy(i)
    thresholds = [number(t) for t in get_confident_thresholds(given, probabilities)]
    issues = {by: np.flatnonzero(find_label_issues(given, probabilities, filter_by=by, n_jobs=1)).tolist()
              for by in ["prune_by_noise_rate", "prune_by_class", "both", "confident_learning"]}
    ranked = find_label_issues(given, probabilities, n_jobs=1, return_indices_ranked_by="self_confidence")
    return {
        "given": given.tolist(), "labels": k, "probabilities": probabilities.tolist(), "thresholds": thresholds,
        "joint": compute_confident_joint(given, probabilities, calibrate=False).tolist(),
        "calibrated": compute_confident_joint(given, probabilities).tolist(), "issues": issues,
        "ranked": ranked.tolist()}


@stable
def confident_sets(i):
    n, k = int(rng.integers(15, 50)), int(rng.integers(2, 5))
    truth = rng.random((n, k)) < 0.35
    truth[0], truth[1] = True, False
    probabilities = np.round(1 / (1 + np.exp(-(rng.normal(size=(n, k)) + 4 * truth - 2))), 4)
    given = truth ^ (rng.random((n, k)) < 0.15)
    given[0], given[1] = True, False
    lists = [np.flatnonzero(row).tolist() for row in given]
    issues = {}
    for by in ["prune_by_noise_rate", "prune_by_class"]:
        mask = find_multilabel_issues_per_class(lists, probabilities, filter_by=by, n_jobs=1)
        issues[by] = [[int(row), int(label)] for row, label in np.argwhere(mask)]
    return {"given": lists, "labels": k, "probabilities": probabilities.tolist(), "issues": issues,
            "calibrated": compute_confident_joint(lists, probabilities, multi_label=True).tolist()}


def power(i):
    def law(n, a, b, c):
        return a - b * n**-c

    def derivatives(n, a, b, c):
        return np.stack([np.ones_like(n), -(n**-c), b * n**-c * np.log(n)], axis=1)

    count = int(rng.integers(4, 9))
    sizes = np.unique(np.round(np.geomspace(rng.integers(20, 200), rng.integers(1000, 20000), count)))
    a, b, c = rng.uniform(0.5, 1), rng.uniform(0.5, 4), rng.uniform(0.25, 0.9)
    scores = law(sizes, a, b, c) + rng.normal(size=len(sizes)) * 0.002
    place = float(sizes[-1] * rng.choice([0.5, 3, 10]))
    best = np.array([a, b, c])
    # Begun again where it stopped, until it stays there.
    for _ in range(20):
        best, covariance = optimize.curve_fit(
            law, sizes, scores, p0=best, jac=derivatives, ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=100000)
    if not 0.05 < best[2] < 5:
        return power(i)
    power_of_place = place ** -best[2]
    gradient = np.array([1, -power_of_place, best[1] * power_of_place * np.log(place)])
    return {
        "sizes": sizes.tolist(), "scores": scores.tolist(), "parameters": best.tolist(),
        "covariance": covariance.tolist() if len(sizes) > 3 else None, "place": place, "value": law(place, *best),
        "error": float(np.sqrt(gradient @ covariance @ gradient)) if len(sizes) > 3 else None}


def ensemble(i):
    """Greedy selection with replacement, written out naively."""
    n, k, models = int(rng.integers(15, 40)), int(rng.integers(2, 4)), int(rng.integers(2, 5))
    gold = rng.integers(0, k, n)
    gold[:k] = np.arange(k)
    members = []
    for _ in range(models):
        logits = rng.normal(size=(n, k)) + rng.uniform(0.2, 1.5) * np.eye(k)[gold]
        p = np.round(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True), 4)
        p[:, 0] += 1 - p.sum(axis=1)
        members.append(np.round(p, 4))
    metric = ["f1_macro", "accuracy", "log_loss"][i % 3]
    start, rounds = int(rng.integers(1, 3)), 12

    def score(p):
        if metric == "log_loss":
            return -log_loss(gold, np.clip(p, 1e-15, 1) / p.sum(axis=1, keepdims=True), labels=range(k))
        decided = p.argmax(axis=1)
        if metric == "accuracy":
            return accuracy_score(gold, decided)
        return f1_score(gold, decided, average="macro", labels=range(k), zero_division=0)

    def vote(chosen):
        """By how often each member is among the chosen, in the members' order."""
        total = np.zeros((n, k))
        for m in range(models):
            if m in chosen:
                total = total + float(chosen.count(m)) * members[m]
        return np.minimum(1, total / len(chosen))

    def first_best(values):
        return next(m for m, value in enumerate(values) if value >= max(values) - 1e-12)

    alone = [score(p) for p in members]
    chosen = []
    for _ in range(start):
        chosen.append(first_best(alone))
        alone[chosen[-1]] = -np.inf
    path = [(score(vote(chosen)), list(chosen))]
    for _ in range(rounds):
        candidates = [score(vote(chosen + [m])) for m in range(models)]
        chosen.append(first_best(candidates))
        path.append((candidates[chosen[-1]], list(chosen)))
    top = max(value for value, _ in path)
    value, chosen = next(entry for entry in path if entry[0] >= top - 1e-12)
    return {"gold": gold.tolist(), "labels": k, "members": [m.tolist() for m in members], "metric": metric, "start": start,
            "rounds": rounds, "chosen": chosen, "score": abs(value)}


def raters(i):
    n, k, raters = int(rng.integers(10, 40)), int(rng.integers(2, 5)), int(rng.integers(3, 6))
    truth = rng.integers(0, k, n)
    truth[:k] = np.arange(k)
    ratings = np.where(rng.random((n, raters)) < 0.75, truth[:, None], rng.integers(0, k, (n, raters)))
    missing = rng.random((n, raters)) < rng.choice([0, 0.2])

    def vote(values):
        counts = np.bincount(values, minlength=k)
        return int(counts.argmax()) if (counts == counts.max()).sum() == 1 and counts.max() else None

    scores = []
    for r in range(raters):
        gold, own = [], []
        for row in range(n):
            others = [ratings[row, o] for o in range(raters) if o != r and not missing[row, o]]
            label = vote(np.array(others, dtype=int)) if others else None
            if not missing[row, r] and label is not None:
                gold.append(label)
                own.append(int(ratings[row, r]))
        scores.append([accuracy_score(gold, own), f1_score(gold, own, average="macro", labels=range(k), zero_division=0)]
                      if gold else None)
    return {"labels": k, "truth": truth.tolist(), "scores": scores,
            "ratings": [[None if missing[row, r] else int(ratings[row, r]) for r in range(raters)] for row in range(n)]}


kinds = [distributions, corrected, friedman, wilcoxon, alpha, confident, confident_sets, power, ensemble, raters]
result = {kind.__name__: [kind(i) for i in range(COUNT)] for kind in kinds}
FILE.write_text(json.dumps(result, separators=(",", ":"), default=float) + "\n")
