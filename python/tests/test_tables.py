"""Writing rows for an experiment."""

from __future__ import annotations

import csv
from pathlib import Path

import bakeoff
import pytest


def read(path: str) -> list[list[str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_rows_become_a_file(tmp_path: Path) -> None:
    rows = [
        {"text": 'a "quoted", text\nof two lines', "labels": ["joy", "anger"], "n": 1},
        {"text": "naïve ☕", "labels": [], "n": None},
    ]
    path = bakeoff.write_table(rows, tmp_path / "t.csv")
    assert read(path) == [
        ["text", "labels", "n"],
        ['a "quoted", text\nof two lines', "joy|anger", "1"],
        ["naïve ☕", "", ""],
    ]


def test_a_frame_becomes_the_same_file(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    rows = [{"text": "a", "n": 1, "m": 0.5}, {"text": "b", "n": 2, "m": None}]
    frame = pandas.DataFrame(rows)
    assert read(bakeoff.write_table(frame, tmp_path / "f.csv")) == read(bakeoff.write_table(rows, tmp_path / "r.csv"))


def test_what_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no rows"):
        bakeoff.write_table([], tmp_path / "t.csv")
    with pytest.raises(ValueError):
        bakeoff.write_table([{"a": 1}, {"a": 2, "b": 3}], tmp_path / "t.csv")
    assert list(tmp_path.iterdir()) == []
