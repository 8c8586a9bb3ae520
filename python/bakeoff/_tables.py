"""Tables: DataFrames where pandas is installed, lists of dictionaries where it is not."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Sequence, Union

if TYPE_CHECKING:
    import pandas

Row = Dict[str, Any]
#: A pandas DataFrame, or a list of a dictionary a row.
Table = Union["pandas.DataFrame", List[Row]]


def table(rows: List[Row], columns: Sequence[str]) -> Table:
    """The rows as a table of these columns, in this order; what a row lacks is None, in a column of numbers NaN."""
    try:
        import pandas
    except ImportError:
        return [{column: row.get(column) for column in columns} for row in rows]
    return pandas.DataFrame(rows, columns=list(columns))


def read_csv(file: Path) -> List[Dict[str, str]]:
    """The rows of a CSV file with a header, all cells as they are spelled."""
    if file.suffix == ".gz":
        with gzip.open(file, "rt", encoding="utf-8", newline="") as packed:
            return list(csv.DictReader(packed))
    with open(file, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_table(rows: Union["pandas.DataFrame", Iterable[Mapping[str, Any]]], path: Union[str, "os.PathLike[str]"]) -> str:
    """Writes a DataFrame or an iterable of dictionaries as a CSV file that an experiment can name.

    The columns are those of the first row. A list in a cell becomes its items joined by ``|``, as several labels are
    written. None is an empty cell.

    Returns:
        The path.

    Raises:
        ValueError: There are no rows, or a row has a column that the first lacks.
    """
    records: List[Mapping[str, Any]]
    if hasattr(rows, "to_dict"):
        frame: Any = rows
        records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    else:
        records = list(rows)
    if not records:
        raise ValueError("there are no rows to write")
    path = os.fspath(path)
    unfinished = f"{path}.{os.getpid()}.tmp"
    try:
        with open(unfinished, "w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=[str(column) for column in records[0]], lineterminator="\n")
            writer.writeheader()
            for record in records:
                writer.writerow({str(column): _cell(value) for column, value in record.items()})
        os.replace(unfinished, path)
    except BaseException:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        raise
    return path


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return "|".join(str(item) for item in items)
    return value
