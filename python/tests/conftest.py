"""What the tests share. They use the installed package alone: nothing of the checkout is imported."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Dict, List

import bakeoff
import pytest


@pytest.fixture(scope="session", autouse=True)
def _is_installed() -> None:
    own = Path(__file__).resolve().parents[1] / "bakeoff"
    assert Path(bakeoff.__file__).resolve().parent != own, "the tests are of the installed package"


@pytest.fixture(scope="session")
def front_desk(tmp_path_factory: pytest.TempPathFactory) -> bakeoff.Run:
    """The front-desk experiment, run once."""
    folder = tmp_path_factory.mktemp("front-desk")
    experiment = folder / "front-desk.yaml"
    bakeoff_command("init", "--example", "front-desk", "--output", str(experiment))
    return bakeoff.run(experiment, output=folder / "report", models=folder / "models")


def bakeoff_command(*arguments: str) -> str:
    """Runs the program itself; what it printed."""
    return subprocess.run([bakeoff.program(), *arguments], check=True, capture_output=True, text=True).stdout


def rows(table: Any) -> List[Dict[str, Any]]:
    """The rows of a table, whether pandas is here or not; undefined values are None."""
    if isinstance(table, list):
        return table
    return [
        {column: None if value is None or value != value else value for column, value in row.items()}
        for row in table.to_dict("records")
    ]
