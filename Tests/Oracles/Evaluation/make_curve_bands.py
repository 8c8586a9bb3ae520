"""Bands of learning curves by SciPy's distributions and root finder: curve-bands.json.

Made with Python 3.11, SciPy 1.17.1, NumPy 2.4.6, seed 20261127:

    python make_curve_bands.py        # writes curve-bands.json beside this file

A problem has the scores of R samples, the variance v that they share, and the range of the metric (null where it has no end),
with the band by Satterthwaite's degrees of freedom, and the one whose squared critical value is
z^2 + (t^2 - z^2) (3 l^2 - 2 l^3), l = (s^2 / R) / (s^2 / R + v), within the range: its ends are where the distance to the mean
is that critical value times the standard error, rescaled by the roots of the products of the distances to the range's ends.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import optimize, stats

assert scipy.__version__ == "1.17.1", scipy.__version__
rng = np.random.default_rng(20261127)
RANGES = [(0, 1), (-1, 1), (0, 2), (0, None), (None, None)]


def problem(i):
    R = [2, 3, 5, 10, 17][i % 5]
    lower, upper = RANGES[i // 5 % 5]
    center, spread = rng.uniform(0.05, 0.95), 10 ** rng.uniform(-4, -1)
    scores = np.clip(center + spread * rng.standard_normal(R), 0.01, 0.99)
    if i % 11 == 10:
        scores[:] = scores[0]
    v = 0.0 if i % 7 == 6 else float(10 ** rng.uniform(-6, -2))
    mean, own = scores.mean(), scores.var(ddof=1) / R if np.ptp(scores) > 0 else 0.0
    variance = own + v
    if variance == 0:
        return {"scores": scores.tolist(), "v": v, "range": [lower, upper], "satterthwaite": [mean, mean], "wilson": [mean, mean]}
    z = stats.norm.isf(0.025)
    by_satterthwaite = (stats.t.isf(0.025, variance**2 * (R - 1) / own**2) if own > 0 else z) * np.sqrt(variance)
    share = own / variance
    critical = np.sqrt(z**2 + (stats.t.isf(0.025, R - 1) ** 2 - z**2) * (3 * share**2 - 2 * share**3))
    reach = critical * np.sqrt(variance)
    wilson = [mean - reach, mean + reach]
    if lower is not None and upper is not None:
        def excess(x):
            return (x - mean) ** 2 - reach**2 * (x - lower) * (upper - x) / ((mean - lower) * (upper - mean))
        wilson = [optimize.brentq(excess, *ends, xtol=1e-15) for ends in ((lower, mean), (mean, upper))]
    return {"scores": scores.tolist(), "v": v, "range": [lower, upper],
            "satterthwaite": [mean - by_satterthwaite, mean + by_satterthwaite], "wilson": wilson}


lines = ",\n".join(json.dumps(problem(i)) for i in range(100))
Path(__file__).with_name("curve-bands.json").write_text(f"[\n{lines}\n]\n")
