"""Where the program is."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Iterator

from ._errors import BakeoffError

#: Names another program than the installed one.
VARIABLE = "BAKEOFF_PROGRAM"


def program() -> str:
    """The path of the program: the one that came with this package, or that the variable BAKEOFF_PROGRAM names.

    Raises:
        BakeoffError: There is none.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not os.access(named, os.X_OK) or os.path.isdir(named):
            raise BakeoffError(f"{VARIABLE}: found '{named}', expected the path of a program")
        return named
    for place in _places():
        if place.is_file() and os.access(place, os.X_OK):
            return str(place)
    raise BakeoffError(
        f"the program 'bakeoff' is not beside this package; install the wheel again, or name a program by {VARIABLE}"
    )


def version() -> str:
    """The version of the program with its build, such as ``0.2.0 (build 0123456789ab)``.

    Raises:
        BakeoffError: There is no program, or it cannot be started.
    """
    done = subprocess.run(
        [program(), "--version"], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode != 0:
        raise BakeoffError.of_program(done.stderr, done.returncode)
    return done.stdout.strip()


def _places() -> Iterator[Path]:
    """Where installers put the programs of a wheel."""
    try:
        files = importlib.metadata.distribution("bakeoff").files or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "bakeoff" and file.parent.name == "bin":
            yield Path(os.path.normpath(file.locate()))
    # `pip install --target` moves the programs after it has written down where they are.
    yield Path(__file__).parent.parent / "bin" / "bakeoff"
    yield Path(sysconfig.get_path("scripts")) / "bakeoff"
