"""The installed program: on the path, by `python -m`, and from Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import bakeoff
import pytest


def test_it_is_a_command_and_a_module() -> None:
    command = Path(sys.executable).parent / "bakeoff"
    by_command = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
    by_module = subprocess.run([sys.executable, "-m", "bakeoff", "--version"], check=True, capture_output=True, text=True)
    assert by_command.stdout == by_module.stdout
    assert re.fullmatch(r"\d+\.\d+\.\d+ \(build [0-9a-f]{12}\)\n", by_command.stdout)
    assert bakeoff.version() + "\n" == by_command.stdout
    assert os.path.samefile(bakeoff.program(), command)


def test_a_module_ends_as_the_program_does() -> None:
    done = subprocess.run([sys.executable, "-m", "bakeoff", "rnu"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "did you mean 'run'?" in done.stderr


def test_it_needs_nothing_of_its_place(tmp_path: Path) -> None:
    """Libraries are in the program, or the system's; nothing is looked for where it was built."""
    done = subprocess.run([bakeoff.program(), "doctor"], cwd=tmp_path, capture_output=True, text=True)
    origins = dict(re.findall(r"^(OpenBLAS|libcurl|libarchive|Foundation|C library) +(.+)$", done.stdout, re.MULTILINE))
    assert re.search(r"/libc[-.][^/]*$", origins.pop("C library"))
    assert set(origins.values()) == {"in the program"} and len(origins) == 4


def test_another_program_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("#!/bin/sh\necho 9.9.9\n")
    monkeypatch.setenv("BAKEOFF_PROGRAM", str(other))
    with pytest.raises(bakeoff.BakeoffError, match="expected the path of a program"):
        bakeoff.program()
    other.chmod(0o755)
    assert bakeoff.version() == "9.9.9"
    other.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    with pytest.raises(bakeoff.BakeoffError, match="broken") as raised:
        bakeoff.version()
    assert raised.value.exit_code == 3
