"""The notebooks of the labs run: with the fault the check says so, with the worked answer it passes.

Run by scripts/test-labs.sh in a copy of the checkout, whose files the notebooks write. Versions used: nbclient 0.11.0,
nbformat 5.11.1, ipykernel 7.4.0.
"""

import pathlib
import subprocess
import sys

import nbclient
import nbformat

LABS = pathlib.Path(__file__).resolve().parent


def printed(lab, edited):
    """What a lab's notebook prints from its first cell to its last, its experiment being the text `edited`."""
    notebook = nbformat.read(lab / "lab.ipynb", as_version=4)
    nbformat.validate(notebook)
    cell = next(cell for cell in notebook.cells if cell.source.startswith("%%writefile "))
    if edited is not None:
        cell.source = cell.source.split("\n", 1)[0] + "\n" + edited
    client = nbclient.NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(lab)}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.output_type != "error" for output in outputs), outputs
    return "".join(output.get("text", "") for output in outputs)


def main():
    subprocess.run([sys.executable, LABS / "notebooks.py", "--check"], check=True)
    wrong = []
    labs = sorted(LABS.glob("[0-9]*/"), key=lambda lab: int(lab.name.split("-")[0]))
    for lab in labs:
        file = lab / ("class.sh" if (lab / "class.sh").exists() else "experiment.yaml")
        fault = file.read_text(encoding="utf-8")
        answer = (lab / ("answer.sh" if file.suffix == ".sh" else "answer.yaml")).read_text(encoding="utf-8")
        found = printed(lab, None)
        if "NOT YET" not in found or "The fault is still there" not in found:
            wrong.append(f"{lab.name}: its fault is not found\n{found}")
        if file.read_text(encoding="utf-8") != fault:
            wrong.append(f"{lab.name}: the cell does not write the experiment as it is")
        found = printed(lab, answer)
        if "NOT YET" in found or "The fault is fixed" not in found:
            wrong.append(f"{lab.name}: its answer does not pass\n{found}")
        file.write_text(fault, encoding="utf-8")
        print(f"{lab.name}: {'as it should be' if not wrong else 'NOT as it should be'}", flush=True)
    if not labs or wrong:
        sys.exit("\n".join(wrong) or "no labs")


if __name__ == "__main__":
    main()
