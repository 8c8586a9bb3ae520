"""What is different in a notebook."""

from __future__ import annotations

import re
import sys


def is_notebook() -> bool:
    """Whether this is a kernel of Jupyter or Colab."""
    # Who has not imported IPython runs in none.
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None and hasattr(module, "get_ipython") else None
    return shell is not None and hasattr(shell, "kernel")


class NotebookText:
    """Turns what is meant for a terminal into what a notebook shows alike: it knows ``\\r``, and nothing that clears a line."""

    #: The width of a line.
    columns = 80

    _clearing = re.compile(r"\r([^\r\n\x1b]*)\x1b\[K")

    def of_terminal(self, text: str) -> str:
        """The same with spaces over the rest of each line that replaces another."""
        text = text.replace("\r\n", "\n")
        return self._clearing.sub(lambda line: f"\r{line.group(1).ljust(self.columns)}\r{line.group(1)}", text)
