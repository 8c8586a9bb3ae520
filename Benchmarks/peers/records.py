"""Figures that several scripts write and `report.py` reads: JSON Lines, one object a comparison or a curve's point."""

import json
import statistics


def pair(file, work, peer, unit, ours, theirs, same, higher_is_better=False):
    """Figures of both sides, round by round; `same` says what was checked to be equal."""
    ratios = [a / b if higher_is_better else b / a for a, b in zip(ours, theirs)]
    _append(file, {
        "kind": "pair", "work": work, "peer": peer, "unit": unit, "ours": statistics.median(ours),
        "theirs": statistics.median(theirs), "ratio": statistics.median(ratios), "least": min(ratios),
        "most": max(ratios), "rounds": len(ratios), "same": same})


def value(file, work, unit, values):
    """A figure of our own, round by round."""
    _append(file, {
        "kind": "value", "work": work, "unit": unit, "median": statistics.median(values), "least": min(values),
        "most": max(values)})


def point(file, curve, x, columns):
    """A point of a scaling curve: what grows, and what was measured there, by name."""
    _append(file, {"kind": "point", "curve": curve, "x": x, "columns": columns})


def _append(file, record):
    if file:
        with open(file, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(record) + "\n")
