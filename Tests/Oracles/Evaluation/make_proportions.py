"""Shares of cases, and Wilson's 95% interval of each by SciPy: proportions.json.

Made with Python 3.11, SciPy 1.17.1:

    python make_proportions.py        # writes proportions.json beside this file

A row is [count, total, low, high].
"""

import json
from pathlib import Path

import scipy
from scipy.stats import binomtest

assert scipy.__version__ == "1.17.1", scipy.__version__

rows = []
for total in (1, 2, 3, 7, 10, 37, 100, 180, 5427, 1_000_003):
    for count in sorted({0, 1, total // 7, total // 3, total // 2, total - 1, total}):
        interval = binomtest(count, total).proportion_ci(0.95, method="wilson")
        rows.append([count, total, interval.low, interval.high])
lines = ",\n".join(json.dumps(row) for row in rows)
Path(__file__).with_name("proportions.json").write_text(f"[\n{lines}\n]\n")
