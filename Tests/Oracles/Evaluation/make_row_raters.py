"""What ratings are worth where each row is one person's: alpha of each label as krippendorff has it, and the scores of ratings
that are judged by the other ratings of their text, beside contestants that are judged alike, as scikit-learn has them:
row-raters.json.

A label is decided where two raters or more give it; so is none, where two or more give none. Of classes the one with the most
votes, two at least, is decided. What a rater says of a text a second time does not count.

Made with Python 3.11, krippendorff 0.9.0, NumPy 2.4.6, scikit-learn 1.9.1, seed 20261127: python make_row_raters.py
"""

import json
from collections import Counter
from pathlib import Path

import krippendorff
import numpy as np
from sklearn.metrics import f1_score

K = 3
VOTES = 2
rng = np.random.default_rng(20261127)


def decide(ratings, many):
    counts = Counter(label for labels in ratings for label in labels)
    decided = sorted(label for label, count in counts.items() if count >= VOTES)
    if many:
        none = sum(not labels for labels in ratings) >= VOTES
        return decided if decided or none else None
    leaders = [label for label in decided if counts[label] == max(counts.values())]
    return leaders if len(leaders) == 1 else None


def alpha(texts, value, level="nominal"):
    width = max(map(len, texts))
    data = np.array([[value(x) for x in t] + [np.nan] * (width - len(t)) for t in texts], dtype=float).T
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))


def indicators(rows):
    return np.array([[int(k in row) for k in range(K)] for row in rows])


def f1(gold, predicted, many, average):
    if many:
        return float(f1_score(indicators(gold), indicators(predicted), average=average, zero_division=0))
    flat = lambda rows: [row[0] for row in rows]
    return float(f1_score(flat(gold), flat(predicted), average=average, labels=range(K), zero_division=0))


def noisy(truth, many, error):
    if many:
        return [k for k in range(K) if (k in truth) != (rng.random() < error)]
    return [int(rng.integers(K))] if rng.random() < error else list(truth)


def problem(many):
    texts = int(rng.integers(29, 44))
    rows = []
    for text in range(texts):
        truth = [k for k in range(K) if rng.random() < 0.4] if many else [int(rng.integers(K))]
        raters = rng.choice(11, int(rng.integers(1, 6)), replace=False)
        rows += [dict(text=f"t{text}", rater=f"{rater}", truth=truth) for rater in raters]
    # One rater rates a text twice.
    rows.append(dict(rows[3]))
    rows = [rows[i] for i in rng.permutation(len(rows))]
    for row in rows:
        row["labels"] = noisy(row["truth"], many, 0.2)
    predicted = [[noisy(row["truth"], many, error) for row in rows] for error in (0.1, 0.4, 0.45)]

    groups, seen = {}, set()
    for i, row in enumerate(rows):
        if (row["text"], row["rater"]) not in seen:
            seen.add((row["text"], row["rater"]))
            groups.setdefault(row["text"], []).append(i)
    groups = list(groups.values())
    said = lambda i: rows[i]["labels"]
    decisions = [decide([said(i) for i in group], many) for group in groups]
    others = {i: decide([said(j) for j in group if j != i], many) for group in groups for i in group}
    judged = sorted(i for i, decision in others.items() if decision is not None)
    gold = [others[i] for i in judged]
    paired = [[said(i) for i in group] for group in groups if len(group) >= 2]
    average = "micro" if many else "macro"
    scores = [f1(gold, [p[i] for i in judged], many, average) for p in predicted]
    return dict(
        many=many,
        texts=[row["text"] for row in rows],
        raters=[row["rater"] for row in rows],
        labels=[row["labels"] for row in rows],
        predicted=predicted,
        alpha=[alpha(paired, lambda x, k=k: int(k in x)) for k in range(K)] if many
        else [alpha(paired, lambda x: x[0])],
        ratingsOfLabels=[sum(k in x for t in paired for x in t) for k in range(K)],
        lone=sum(len(group) == 1 for group in groups),
        undecided=sum(len(g) >= 2 and d is None for g, d in zip(groups, decisions)),
        other=sum(said(i) != d for g, d in zip(groups, decisions) if d is not None for i in g),
        textCount=texts,
        judged=len(judged),
        judgedRaters=len({rows[i]["rater"] for i in judged}),
        human=f1(gold, [said(i) for i in judged], many, average),
        # The second contestant's is the mean over its two seeds.
        contestants=[scores[0], (scores[1] + scores[2]) / 2],
    )


if __name__ == "__main__":
    problems = [problem(many) for many in (True, True, False)]
    Path(__file__).with_name("row-raters.json").write_text(json.dumps(problems, separators=(",", ":")) + "\n")
