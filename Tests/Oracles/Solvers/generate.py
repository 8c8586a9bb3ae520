"""Makes lbfgs.json: the points at which SciPy's L-BFGS-B evaluates functions that LBFGSTests also has.

Made with SciPy 1.17.1 and NumPy 2.4.6. No randomness.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize


def rosenbrock(x):
    a, b, g = x[1:] - x[:-1] ** 2, 1 - x[:-1], np.zeros(len(x))
    g[:-1] += -400 * a * x[:-1] - 2 * b
    g[1:] += 200 * a
    return (100 * a * a + b * b).sum(), g


def quadratic(x):
    c = 10.0 ** (np.arange(len(x)) / 3)
    return 0.5 * (c * (x - 1) ** 2).sum(), c * (x - 1)


def quartic(x):
    return (x**4 - 3 * x**2 + x).sum(), 4 * x**3 - 6 * x + 1


out = []
for name, function in (("rosenbrock", rosenbrock), ("quadratic", quadratic), ("quartic", quartic)):
    for n in (2, 5, 13):
        values = []

        def traced(x):
            value, gradient = function(x)
            values.append(float(value))
            return value, gradient

        start = np.array([-1.2 if i % 2 == 0 else 1.0 for i in range(n)])
        options = dict(gtol=1e-8, ftol=64 * np.finfo(float).eps, maxls=50)
        result = minimize(traced, start, jac=True, method="L-BFGS-B", options=options)
        out.append(
            {
                "function": name,
                "size": n,
                "values": values[:15],
                "iterations": int(result.nit),
                "minimum": float(result.fun),
            }
        )
(pathlib.Path(__file__).parent / "lbfgs.json").write_text(json.dumps(out, indent=1) + "\n")
