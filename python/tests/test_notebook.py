"""The notebook of the checkout runs from its first cell to its last, as a reader runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient")
pytest.importorskip("pandas")

#: Set by scripts/test-packages.sh, which runs these tests far from the checkout.
FOLDER = Path(os.environ.get("BAKEOFF_NOTEBOOKS", Path(__file__).resolve().parents[2] / "notebooks"))


def test_the_comparison_runs(tmp_path: Path) -> None:
    import nbformat

    notebook = nbformat.read(FOLDER / "comparison.ipynb", as_version=4)
    assert sum(cell.cell_type == "code" for cell in notebook.cells) == 6
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    shown = [[output.get("data", {}) for output in cell if output.output_type == "execute_result"] for cell in outputs]
    assert "build" in shown[0][0]["text/plain"]
    assert "has the best macro F1" in shown[3][0]["text/html"]
    assert "adjusted_p_value" in shown[4][0]["text/html"]
    assert "charged twice" in shown[5][0]["text/html"]
    # Progress is shown as a terminal shows it, without the signs that a notebook does not know.
    streams = "".join(output.text for output in outputs[3] if output.output_type == "stream")
    assert "tfidf-lr" in streams and "report: " in streams and "\x1b" not in streams
    # Outputs are not committed.
    committed = nbformat.read(FOLDER / "comparison.ipynb", as_version=4)
    assert all(cell.get("outputs", []) == [] for cell in committed.cells)
