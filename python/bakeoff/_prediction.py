"""Labelling texts with a fitted model that stays in memory."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
import threading
from types import TracebackType
from typing import IO, Any, Dict, Iterable, List, Optional, Tuple, Type, Union

from ._errors import BakeoffError
from ._program import program
from ._tables import Row, Table, table

PathLike = Union[str, "os.PathLike[str]"]


class Predictor:
    """A fitted model in a process of its own, which is loaded once and labels texts until it is closed.

    Use it as a context manager, or call ``close``. Several threads may share it: their texts are labelled in turn.
    """

    def __init__(self, model: PathLike) -> None:
        """Starts no process yet.

        Args:
            model: The folder of a fitted model, such as ``runs/NAME/CONTESTANT`` (see ``Run.model``).
        """
        self.model = os.fspath(model)
        self._lock = threading.Lock()
        self._process: Optional["subprocess.Popen[str]"] = None
        self._errors: Optional[IO[bytes]] = None

    def predict(self, texts: Union[str, Iterable[str]]) -> Table:
        """The label and the probabilities of each text, in order: columns ``predicted`` and ``p_LABEL``.

        Several labels of a text are joined by ``|``; a text without label has an empty ``predicted``.

        Raises:
            BakeoffError: The model cannot be loaded, or a text cannot be labelled. The next call starts anew.
            TypeError: A text is no str.
        """
        texts = [texts] if isinstance(texts, str) else list(texts)
        for place, text in enumerate(texts):
            if not isinstance(text, str):
                raise TypeError(f"text {place}: found {type(text).__name__}, expected str")
        with self._lock:
            answers = self._answers(texts) if texts else []
        rows: List[Row] = []
        labels: Dict[str, None] = {}
        for answer in answers:
            probabilities = {f"p_{label}": value for label, value in answer["probabilities"].items()}
            labels.update(dict.fromkeys(probabilities))
            rows.append({"predicted": "|".join(answer["predicted"]), **probabilities})
        return table(rows, ["predicted", *labels])

    def close(self) -> None:
        """Ends the process; the next prediction would start another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Predictor:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def _answers(self, texts: List[str]) -> List[Any]:
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        # Answers are read while texts are written: neither pipe holds all of them.
        sender = threading.Thread(target=_send, args=(process.stdin, texts), daemon=True)
        answers: List[Any] = []
        try:
            sender.start()
            while len(answers) < len(texts):
                line = process.stdout.readline()
                if not line.endswith("\n"):
                    raise self._failure(process)
                answers.append(json.loads(line))
            sender.join()
        except BaseException:
            # What is still to come would be taken for the next answers.
            process.kill()
            sender.join()
            self._end()
            raise
        return answers

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._errors = tempfile.TemporaryFile()
            self._process = subprocess.Popen(
                [program(), "predict", "--model", self.model]
                + ["--input", "-", "--input-format", "jsonl", "--format", "jsonl"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                encoding="utf-8",
                # Ctrl-C is for us: the process ends when its input does.
                start_new_session=True,
            )
        return self._process

    def _failure(self, process: "subprocess.Popen[str]") -> BakeoffError:
        code = process.wait()
        assert self._errors is not None
        self._errors.seek(0)
        return BakeoffError.of_program(self._errors.read().decode("utf-8", errors="replace"), code)

    def _end(self) -> None:
        process, self._process = self._process, None
        errors, self._errors = self._errors, None
        if process is not None:
            assert process.stdin is not None and process.stdout is not None
            try:
                process.stdin.close()
            except OSError:
                pass
            process.stdout.close()
            process.wait()
        if errors is not None:
            errors.close()


def _send(stream: IO[str], texts: List[str]) -> None:
    try:
        for text in texts:
            stream.write(json.dumps({"text": text}) + "\n")
        stream.flush()
    except (OSError, ValueError):
        # The process has ended; whoever reads its answers says why.
        pass


def predict(model: PathLike, texts: Union[str, Iterable[str]]) -> Table:
    """The label and the probabilities of each text, by a model that stays in memory for the next call.

    One model is kept: that of the last call. It is loaded again if its files have changed. Use a ``Predictor`` to keep
    several.

    Args:
        model: The folder of a fitted model, such as ``runs/NAME/CONTESTANT`` (see ``Run.model``).
        texts: A text, or several.

    Returns:
        Columns ``predicted`` and ``p_LABEL``, a row a text.

    Raises:
        BakeoffError: The model cannot be loaded, or a text cannot be labelled.
    """
    return _kept_predictor(os.path.abspath(os.fspath(model))).predict(texts)


_Stamp = Tuple[int, str, Tuple[Tuple[str, int, int], ...]]
_kept: Optional[Tuple[_Stamp, Predictor]] = None
_kept_lock = threading.Lock()


def _kept_predictor(model: str) -> Predictor:
    global _kept
    stamp = _stamp(model)
    with _kept_lock:
        if _kept is not None and _kept[0] == stamp:
            return _kept[1]
        # After a fork the process belongs to the parent.
        if _kept is not None and _kept[0][0] == os.getpid():
            _kept[1].close()
        predictor = Predictor(model)
        _kept = (stamp, predictor)
        return predictor


def _stamp(model: str) -> _Stamp:
    """What changes when the model's files do."""
    files: List[Tuple[str, int, int]] = []
    for folder, _, names in os.walk(model):
        for name in names:
            path = os.path.join(folder, name)
            status = os.stat(path)
            files.append((path, status.st_mtime_ns, status.st_size))
    return os.getpid(), model, tuple(sorted(files))


@atexit.register
def _end_kept_predictor() -> None:
    if _kept is not None and _kept[0][0] == os.getpid():
        _kept[1].close()
