"""Compares text classifiers on labelled data: starts the program ``bakeoff`` and reads what it writes.

``run`` executes an experiment and gives a ``Run``, whose tables are pandas DataFrames where pandas is installed and
lists of dictionaries where it is not. ``predict`` labels texts with a fitted model.
"""

from ._errors import BakeoffError
from ._prediction import Predictor, predict
from ._program import program, version
from ._results import Run, load
from ._running import run
from ._tables import Table, write_table

__all__ = [
    "BakeoffError",
    "Predictor",
    "Run",
    "Table",
    "load",
    "predict",
    "program",
    "run",
    "version",
    "write_table",
]
