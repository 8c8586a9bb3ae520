"""P-values, corrections and percentiles by statsmodels and NumPy: tests.json.

Made with Python 3.11, statsmodels 0.15, SciPy 1.17, NumPy 2.4.6, seed 20261121: python make_tests.py
"""

import json
from pathlib import Path

import numpy as np
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261121)
discordant = [(0, 0), (0, 1), (1, 0), (5, 5), (0, 40), (3, 17), (250, 251), (1200, 1300), (2700, 2500)]
discordant += [tuple(int(x) for x in rng.integers(0, 60, 2)) for _ in range(30)]
result = {"mcnemar": [], "holm": [], "quantiles": []}
for b, c in discordant:
    p = mcnemar([[10, b], [c, 10]], exact=True).pvalue if b + c else 1.0
    result["mcnemar"].append({"b": b, "c": c, "p": float(p)})
for m in [1, 2, 3, 10, 28]:
    p = rng.random(m) ** 3
    p[rng.random(m) < 0.2] = 0.01
    result["holm"].append({"p": p.tolist(), "adjusted": multipletests(p, method="holm")[1].tolist()})
for n in [1, 2, 3, 40, 999]:
    values = np.sort(rng.normal(size=n))
    shares = [0.0, 0.025, 0.5, 0.975, 1.0]
    result["quantiles"].append(
        {"values": values.tolist(), "shares": shares, "expected": np.quantile(values, shares).tolist()})
Path(__file__).with_name("tests.json").write_text(json.dumps(result) + "\n")
