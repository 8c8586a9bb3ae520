"""``python -m bakeoff`` is the program ``bakeoff``."""

import os
import sys

from ._errors import BakeoffError
from ._program import program


def main() -> None:
    """Becomes the program, with the arguments of this process."""
    try:
        path = program()
    except BakeoffError as error:
        sys.exit(f"error: {error}")
    os.execv(path, ["bakeoff", *sys.argv[1:]])


if __name__ == "__main__":
    main()
