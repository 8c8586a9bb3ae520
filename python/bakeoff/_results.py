"""What a run found, read from the files that it left."""

from __future__ import annotations

import json
import os
import re
from html import escape
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

from ._errors import BakeoffError
from ._tables import Row, Table, read_csv, table

PathLike = Union[str, "os.PathLike[str]"]


def load(folder: PathLike, *, models: Optional[PathLike] = None) -> Run:
    """The results of a run that was made before.

    Args:
        folder: The folder of its report, such as ``reports/NAME``.
        models: The folder of its models; ``Run.model`` needs it.

    Raises:
        BakeoffError: There are no results, or they are those of a version that this package does not know.
    """
    return Run(folder, models=models)


def run_of(places: str) -> Run:
    """The results whose places the program told (``bakeoff run --format json``)."""
    told = json.loads(places)
    return Run(told["output"], models=told["models"])


class Run:
    """The results of a run: tables of its numbers, its predictions, and its report.

    Tables are pandas DataFrames where pandas is installed, and lists of a dictionary a row where it is not. Where an
    experiment has several tasks, each table begins with a column ``task``. In a notebook a run shows the summary of its
    report.

    Attributes:
        folder: The folder of the report and all artifacts.
        models: The folder of the fitted models; None if nobody said.
        results: What results.json holds.
    """

    def __init__(self, folder: PathLike, *, models: Optional[PathLike] = None) -> None:
        self.folder = Path(folder)
        self.models = None if models is None else Path(models)
        file = self.folder / "results.json"
        try:
            self.results: Dict[str, Any] = json.loads(file.read_bytes())
        except OSError as error:
            raise BakeoffError(f"{file}: {error.strerror}; expected the folder of a run's report") from error
        except ValueError as error:
            raise BakeoffError(f"{file}: {error}") from error
        if not isinstance(self.results, dict) or self.results.get("format") != 1:
            raise BakeoffError(f"{file}: expected results of format 1")

    # What the run is

    @property
    def name(self) -> str:
        """The name of the experiment."""
        return str(self.results["experiment"]["name"])

    @property
    def tasks(self) -> List[Optional[str]]:
        """The names of the tasks; a single None where the experiment has a ``dataset:`` rather than ``tasks:``."""
        return [name for name, _ in self._tasks()]

    @property
    def contestants(self) -> List[str]:
        """The ids of the contestants, in the order of the experiment file."""
        return list(dict.fromkeys(contestant["id"] for _, task in self._tasks() for contestant in task["contestants"]))

    @property
    def report_path(self) -> Path:
        """The report as a page for a browser, or as Markdown where no page was written."""
        page = self.folder / "report.html"
        return page if page.exists() else self.folder / "README.md"

    def model(self, contestant: str, *, task: Optional[str] = None) -> Path:
        """The folder of a fitted model, for ``bakeoff.predict``.

        Raises:
            BakeoffError: There is no such contestant, or it is not known where the models are.
        """
        self._task(task, contestant)
        if self.models is None:
            raise BakeoffError("it is not known where the models are: load(folder, models=...)")
        own = self.models / contestant
        return own / task if task is not None and (own / task).is_dir() else own

    # Tables

    @property
    def ranking(self) -> Table:
        """The ranking on test, best first, as the report shows it; ``low`` and ``high`` are the ends of an interval.

        Numbers are rounded as in the report; those of ``scores`` are not.

        Raises:
            BakeoffError: The run's folder was made compact; ``bakeoff report FOLDER`` writes the tables again.
        """
        rows: List[Row] = []
        columns: Dict[str, None] = {}
        for name, _ in self._tasks():
            file = self._folder(name) / "tables" / "ranking.csv"
            if not file.exists():
                raise BakeoffError(f"{file}: not there; write the tables again with: bakeoff report {self.folder}")
            for cells in read_csv(file):
                row = {} if name is None else {"task": name}
                for column, cell in cells.items():
                    row.update(_ranking_cell(column, cell))
                columns.update(dict.fromkeys(row))
                rows.append(row)
        return table(rows, list(columns))

    @property
    def scores(self) -> Table:
        """Every metric of every contestant: columns contestant, part, label, metric, value, low and high.

        ``part`` is test or validation. ``label`` is None for a metric of all labels together. An undefined value is None.
        ``low`` and ``high`` are the ends of the interval where the report has one.
        """
        rows: List[Row] = []
        for name, task in self._tasks():
            intervals = task.get("analysis", {}).get("intervals", {})
            for contestant in task["contestants"]:
                own = intervals.get(contestant["id"], {})
                for part in ("test", "validation"):
                    for label, metric, value in _metrics(contestant.get(part) or {}):
                        interval = own.get(metric, {}) if part == "test" and label is None else {}
                        rows.append(
                            {
                                "task": name,
                                "contestant": contestant["id"],
                                "part": part,
                                "label": label,
                                "metric": metric,
                                "value": value,
                                "low": interval.get("low"),
                                "high": interval.get("high"),
                            }
                        )
        return self._table(rows, ["contestant", "part", "label", "metric", "value", "low", "high"])

    @property
    def replicates(self) -> Table:
        """The scores on test under each seed or on each fold; empty where there is one: contestant, seed or fold, metric, value."""
        rows: List[Row] = []
        kind = "seed"
        for name, task in self._tasks():
            for key, column in (("seeds", "seed"), ("folds", "fold")):
                spread = task.get(key)
                if spread is None:
                    continue
                kind = column
                numbers = spread["seeds"] if key == "seeds" else range(spread["count"])
                for contestant, metrics in spread["scores"].items():
                    for metric, values in metrics.items():
                        for number, value in zip(numbers, values):
                            rows.append(
                                {"task": name, "contestant": contestant, column: number, "metric": metric, "value": value}
                            )
        return self._table(rows, ["contestant", kind, "metric", "value"])

    @property
    def thresholds(self) -> Table:
        """The probability from which a label counts, by each rule that was tried; empty where labels have none.

        Columns: contestant, rule, label, threshold, used (whether the contestant's scores were made with it), and what the
        rule scored on validation and on test, by the metric that thresholds are tuned for.
        """
        rows: List[Row] = []
        for name, task in self._tasks():
            labels = task["dataset"]["label_space"]["names"]
            for contestant in task["contestants"]:
                ledger = contestant.get("ledger")
                if ledger is not None:
                    entries, used = ledger["entries"], ledger["used"]
                elif contestant.get("thresholds") is not None:
                    entries, used = [{"rule": None, "thresholds": contestant["thresholds"]}], None
                else:
                    continue
                for entry in entries:
                    # Of two classes the second alone has one.
                    own = labels[len(labels) - len(entry["thresholds"]) :]
                    for label, threshold in zip(own, entry["thresholds"]):
                        rows.append(
                            {
                                "task": name,
                                "contestant": contestant["id"],
                                "rule": entry["rule"],
                                "label": label,
                                "threshold": threshold,
                                "used": entry["rule"] == used,
                                "validation": entry.get("validation"),
                                "test": entry.get("test"),
                            }
                        )
        return self._table(rows, ["contestant", "rule", "label", "threshold", "used", "validation", "test"])

    @property
    def pairs(self) -> Table:
        """The comparisons of two contestants, with intervals and tests; empty where the experiment asks for no analysis.

        ``against`` is ``contestant``, or ``baseline`` where the second is the best dummy. The difference is first minus
        second, in the metric of the ranking; ``low`` and ``high`` are the ends of its interval.
        """
        rows: List[Row] = []
        for name, task in self._tasks():
            analysis = task.get("analysis", {})
            for key, against in (("comparisons", "contestant"), ("baseline_comparisons", "baseline")):
                for pair in analysis.get(key) or []:
                    interval = pair.get("interval") or {}
                    row = {"task": name, "against": against, **pair, "low": interval.get("low"), "high": interval.get("high")}
                    del row["interval"]
                    rows.append(row)
        return self._table(
            rows,
            ["first", "second", "against", "difference", "low", "high", "p_value", "adjusted_p_value"]
            + ["only_first_right", "only_second_right", "mcnemar_p_value", "adjusted_mcnemar_p_value"],
        )

    def predictions(
        self,
        contestant: str,
        *,
        part: str = "test",
        task: Optional[str] = None,
        seed: Optional[int] = None,
        fold: Optional[int] = None,
    ) -> Table:
        """What a contestant said of each row: columns id, gold, predicted and p_LABEL.

        Ids and labels are texts as they are stored, several labels joined by ``|``; probabilities are numbers.

        Args:
            contestant: Its id.
            part: test or validation.
            task: Its name, where the experiment has several.
            seed: Of a run under several seeds: which; the experiment's own if None.
            fold: Of a run on several folds: which; all together if None.

        Raises:
            BakeoffError: There is no such contestant, or no such predictions.
        """
        self._task(task, contestant)
        if part not in ("test", "validation"):
            raise ValueError(f"part: found '{part}', expected 'test' or 'validation'")
        folder = self.folder
        if seed is not None:
            folder = folder / "seeds" / str(seed)
        if fold is not None:
            folder = folder / "folds" / str(fold)
        if task is not None:
            folder = folder / task
        name = f"{contestant}.csv" if part == "test" else f"{contestant}.validation.csv"
        file = folder / "predictions" / name
        if not file.exists():
            packed = file.with_name(file.name + ".gz")
            if not packed.exists():
                raise BakeoffError(f"{file}: not there")
            file = packed
        rows: List[Row] = [
            {column: float(cell) if column.startswith("p_") else cell for column, cell in row.items()} for row in read_csv(file)
        ]
        return table(rows, list(rows[0]) if rows else [])

    # What is shown

    def __repr__(self) -> str:
        return f"<bakeoff.Run {self.name}: {len(self.contestants)} contestants, report {self.report_path}>"

    def _repr_html_(self) -> str:
        """The summary of the report: what it says first, and the ranking of each task."""
        page = self.folder / "report.html"
        if page.exists():
            _, found, text = page.read_text(encoding="utf-8").partition('<main id="content">')
            head, *sections = re.split("(?=<h[23] id=)", text)
            summary = [section for section in sections if re.match("<h[23] id=[^>]*>(Ranking|Task [^<]*)<", section)]
            if found and summary:
                return "".join([head, *summary])
        return f"<pre>{escape(repr(self))}</pre>"

    # How it is read

    def _tasks(self) -> Iterator[Tuple[Optional[str], Dict[str, Any]]]:
        for task in self.results.get("tasks") or [self.results]:
            yield task.get("name"), task

    def _task(self, name: Optional[str], contestant: str) -> Dict[str, Any]:
        """The task that has this contestant."""
        tasks = dict(self._tasks())
        if name not in tasks:
            known = ", ".join(str(task) for task in tasks)
            raise BakeoffError(f"task: found {name!r}, expected one of {known}")
        ids = [entry["id"] for entry in tasks[name]["contestants"]]
        if contestant not in ids:
            raise BakeoffError(f"there is no contestant '{contestant}'; there are {', '.join(ids)}")
        return tasks[name]

    def _folder(self, task: Optional[str]) -> Path:
        return self.folder if task is None else self.folder / task

    def _table(self, rows: List[Row], columns: List[str]) -> Table:
        return table(rows, columns if self.tasks == [None] else ["task", *columns])


def _metrics(scorecard: Dict[str, Any]) -> Iterator[Tuple[Optional[str], str, Optional[float]]]:
    """Label, metric and value; of all labels together first."""
    for metric, value in scorecard.items():
        if metric != "support" and (value is None or _is_number(value)):
            yield None, metric, value
    for entry in scorecard.get("per_label") or []:
        for metric, value in entry.items():
            if metric != "label" and (value is None or _is_number(value)):
                yield entry["label"], metric, value


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ranking_cell(column: str, cell: str) -> Row:
    """A cell of the ranking as values: intervals as two, numbers as numbers, ``n/a`` as None."""
    if column == "#":
        return {"rank": int(cell) if cell.isdigit() else None}
    if column in ("contestant", "model"):
        return {column: cell}
    if column.endswith("interval"):
        low, comma, high = cell.strip("[]").partition(", ")
        return {"low": _number(low), "high": _number(high)} if comma else {"low": None, "high": None}
    return {column: _number(cell)}


def _number(cell: str) -> Optional[float]:
    return None if cell in ("", "n/a") else float(cell)
