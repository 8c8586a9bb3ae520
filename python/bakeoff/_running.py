"""Starting the program, showing how far it is, and stopping it."""

from __future__ import annotations

import fcntl
import os
import pty
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import Callable, Dict, List, Optional, Sequence, Union

from ._errors import BakeoffError
from ._notebook import NotebookText, is_notebook
from ._program import program
from ._results import Run, run_of

PathLike = Union[str, "os.PathLike[str]"]


def run(
    experiment: PathLike,
    *,
    output: Optional[PathLike] = None,
    models: Optional[PathLike] = None,
    only: Union[str, Sequence[str]] = (),
    seed: Optional[int] = None,
    seeds: Optional[int] = None,
    threads: Optional[int] = None,
    force: bool = False,
    offline: bool = False,
    allow_commands: bool = False,
    progress: Optional[bool] = None,
) -> Run:
    """Executes an experiment, as ``bakeoff run`` does, and gives what it found.

    What is done already is not done again, so a run that was stopped goes on where it was. Ctrl-C (in a notebook:
    interrupt) asks the program to stop; it keeps what is done, and KeyboardInterrupt is raised when it has ended. A second
    one ends it at once.

    Args:
        experiment: The experiment file (YAML).
        output: The folder for the report and all artifacts; ``reports/NAME`` if None.
        models: The folder for the fitted models; ``runs/NAME`` if None.
        only: Fit only this contestant, or these.
        seed: Replaces the experiment's seed.
        seeds: Run with that many seeds, and report mean and spread.
        threads: How many threads work; results do not depend on it. All cores if None.
        force: Make the split anew and fit everything again.
        offline: Fetch nothing: take recipes and what is on the hub from their caches alone.
        allow_commands: Let the programs run that the experiment names (``model: command``).
        progress: Whether progress and notices are shown. If None: in a notebook and on a terminal.

    Raises:
        BakeoffError: What the program said, with its exit code.
    """
    arguments = ["run", "--format", "json"]
    for name, value in (
        ("output", None if output is None else os.fspath(output)),
        ("models", None if models is None else os.fspath(models)),
        ("seed", seed),
        ("seeds", seeds),
        ("threads", threads),
    ):
        if value is not None:
            arguments.append(f"--{name}={value}")
    arguments += [f"--only={contestant}" for contestant in ([only] if isinstance(only, str) else only)]
    flags = (("force", force), ("offline", offline), ("allow-commands", allow_commands))
    arguments += [f"--{name}" for name, isSet in flags if isSet]
    arguments += ["--", os.fspath(experiment)]
    return run_of(execute(arguments, progress))


def execute(arguments: List[str], progress: Optional[bool] = None) -> str:
    """What the program wrote to standard output.

    Raises:
        BakeoffError: It did not end with success.
    """
    if progress is None:
        progress = is_notebook() or sys.stderr.isatty()
    said = _Said(_shower() if progress else None)
    # A pseudo-terminal, since the program shows progress on a terminal alone.
    ours, theirs = pty.openpty() if progress else os.pipe()
    try:
        if progress:
            _set_width(theirs)
        process = subprocess.Popen(
            [program(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    written = bytearray()
    assert process.stdout is not None
    with process, open(ours, "rb", buffering=0) as errors:
        sinks: Dict[int, Callable[[bytes], object]] = {
            process.stdout.fileno(): written.extend,
            errors.fileno(): said.take,
        }
        interrupts = 0
        while True:
            try:
                _pump(sinks)
                code = process.wait()
                break
            except KeyboardInterrupt:
                interrupts += 1
                _pass_on_interrupt(process, isFirst=interrupts == 1)
            except BaseException:
                # Nobody would read on.
                process.send_signal(signal.SIGINT)
                raise
    said.end()
    if interrupts:
        raise KeyboardInterrupt
    if code != 0:
        raise BakeoffError.of_program(said.text, code)
    return written.decode("utf-8")


class _Said:
    """What the program says on standard error: shown as it comes, and kept without the lines of progress."""

    def __init__(self, show: Optional[Callable[[str], None]]) -> None:
        self._show = show
        self._bytes = bytearray()
        # What of a character or of a line of progress has come so far.
        self._rest = b""

    def take(self, piece: bytes) -> None:
        self._bytes += piece
        if self._show is None:
            return
        whole = self._rest + piece
        end = max(whole.rfind(b"\n"), whole.rfind(b"\x1b[K") + 2) + 1
        self._rest = whole[end:]
        if end > 0:
            self._show(whole[:end].decode("utf-8", errors="replace"))

    def end(self) -> None:
        if self._show is not None and self._rest:
            self._show(self._rest.decode("utf-8", errors="replace"))

    @property
    def text(self) -> str:
        lines = self._bytes.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
        # A line of progress ends where the line is cleared.
        return "\n".join(line.rsplit("\x1b[K", 1)[-1] for line in lines).strip()


def _shower() -> Callable[[str], None]:
    notebook = NotebookText() if is_notebook() else None

    def show(text: str) -> None:
        sys.stderr.write(text if notebook is None else notebook.of_terminal(text))
        sys.stderr.flush()

    return show


def _set_width(terminal: int) -> None:
    size = shutil.get_terminal_size((NotebookText.columns, 24))
    columns = NotebookText.columns if is_notebook() else size.columns
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size.lines, columns, 0, 0))


def _pump(sinks: Dict[int, Callable[[bytes], object]]) -> None:
    """Hands over what comes, until all ends are reached; those that are reached are taken out of ``sinks``."""
    with selectors.DefaultSelector() as selector:
        for descriptor in sinks:
            selector.register(descriptor, selectors.EVENT_READ)
        while sinks:
            for key, _ in selector.select():
                try:
                    piece = os.read(key.fd, 1 << 16)
                except OSError:
                    # So a pseudo-terminal ends on Linux.
                    piece = b""
                if piece:
                    sinks[key.fd](piece)
                else:
                    selector.unregister(key.fd)
                    del sinks[key.fd]


def _pass_on_interrupt(process: "subprocess.Popen[bytes]", isFirst: bool) -> None:
    """Interrupts the program unless it was interrupted with us, as a terminal does with all of a group."""
    time.sleep(0.2)
    if process.poll() is not None:
        return
    # The program catches the first interrupt alone.
    if _catches_interrupts(process.pid) or not isFirst:
        process.send_signal(signal.SIGINT)


def _catches_interrupts(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("SigCgt:"):
                    return bool(int(line.split()[1], 16) >> (signal.SIGINT - 1) & 1)
    except OSError:
        pass
    return False
