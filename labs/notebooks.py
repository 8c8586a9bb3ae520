"""Makes a notebook of every lab's page, for students without a shell.

    python3 labs/notebooks.py            writes labs/LAB/lab.ipynb
    python3 labs/notebooks.py --check    fails if one is not as its page and its experiment are

The page's words are cells of text, its commands cells to run. Before the check stands the lab's experiment in a cell of its
own: changing that cell and running it changes the file. Nothing but Python's standard library is needed.
"""

import json
import pathlib
import re
import sys

LABS = pathlib.Path(__file__).resolve().parent
SETUP = """# Once: work in the repository's top folder, with the built program on the PATH.
import os
import pathlib

top = next(folder for folder in [pathlib.Path.cwd(), *pathlib.Path.cwd().parents] if (folder / "labs/checking.sh").exists())
os.chdir(top)
os.environ["PATH"] = f"{top / '.build/release'}{os.pathsep}{os.environ['PATH']}\""""


def cells(lab):
    """The cells of a lab's notebook, as pairs of their kind and their text."""
    edited = lab / ("class.sh" if (lab / "class.sh").exists() else "experiment.yaml")
    check = f"labs/{lab.name}/check.sh"
    yield "code", SETUP
    page = (lab / "README.md").read_text(encoding="utf-8")
    for place, part in enumerate(re.split(r"^```sh\n(.*?)^```\n", page, flags=re.M | re.S)):
        if place % 2 == 0:
            if part.strip():
                yield "markdown", part.strip()
            continue
        if check in part:
            yield "markdown", f"This is `labs/{lab.name}/{edited.name}`. Change it here, and run the cell to write the file."
            yield "code", f"%%writefile labs/{lab.name}/{edited.name}\n" + edited.read_text(encoding="utf-8").rstrip("\n")
        # A check that says "not yet" ends with 1, which is no fault of the notebook.
        yield "code", "%%bash --no-raise-error\n" + part.rstrip("\n")


def notebook(lab):
    """The text of a lab's notebook."""
    made = []
    for place, (kind, text) in enumerate(cells(lab)):
        cell = {"cell_type": kind, "id": f"cell-{place}", "metadata": {}, "source": text.splitlines(keepends=True)}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main():
    different = []
    for lab in sorted(LABS.glob("[0-9]*/"), key=lambda lab: int(lab.name.split("-")[0])):
        file, text = lab / "lab.ipynb", notebook(lab)
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            different.append(str(file.relative_to(LABS.parent)))
    if different:
        sys.exit(f"not as their pages are: {', '.join(different)}; python3 labs/notebooks.py writes them")


if __name__ == "__main__":
    main()
