"""What goes wrong in the program."""

from __future__ import annotations

from typing import Optional


class BakeoffError(Exception):
    """What the program said when it failed, and how it ended.

    Attributes:
        exit_code: 1: the work failed; 2: the input or the usage was wrong; negative: the program was ended by that
            signal; None: no program was started.
    """

    exit_code: Optional[int]

    def __init__(self, message: str, exit_code: Optional[int] = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    @classmethod
    def of_program(cls, said: str, exit_code: int) -> BakeoffError:
        """The error of a program that said this on standard error before it ended."""
        # What it told before was of its work.
        _, mark, message = said.strip().rpartition("\nerror: ")
        message = f"error: {message}" if mark else message
        if not message:
            ended = f"signal {-exit_code}" if exit_code < 0 else f"exit code {exit_code}"
            message = f"bakeoff ended with {ended} and said nothing"
        return cls(message, exit_code)
