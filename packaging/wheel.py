"""wheel.py PROGRAM LICENCES GLIBC OUT: makes the wheel of python/bakeoff with the program in it; prints its path.

GLIBC is the C library that the program needs, such as 2.31, and becomes the wheel's tag. The same files give the same bytes:
times are SOURCE_DATE_EPOCH.
"""

import base64
import csv
import hashlib
import io
import os
import platform
import re
import sys
import time
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def version() -> str:
    source = (ROOT / "Sources/Comparison/Results/BakeoffVersion.swift").read_text(encoding="utf-8")
    found = re.search(r'current = "([^"]+)"', source)
    if found is None:
        sys.exit("BakeoffVersion.swift: found no version")
    return found[1]


def metadata(project: dict, licences: list[str]) -> str:
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {version()}",
        f"Summary: {project['description']}",
        f"License-Expression: {project['license']}",
        f"Keywords: {','.join(project['keywords'])}",
        f"Requires-Python: {project['requires-python']}",
        "Description-Content-Type: text/markdown",
    ]
    lines += [f"License-File: {name}" for name in licences]
    lines += [f"Classifier: {classifier}" for classifier in project["classifiers"]]
    return "\n".join(lines) + "\n\n" + (ROOT / "python" / project["readme"]).read_text(encoding="utf-8")


class Wheel:
    """A zip archive that knows what it holds."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self._time = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]
        self._record: list[tuple[str, str, str]] = []

    def add(self, name: str, content: bytes, executable: bool = False) -> None:
        self._write(name, content, executable)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self._record.append((name, f"sha256={digest}", str(len(content))))

    def close(self, record: str) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*self._record, (record, "", "")])
        self._write(record, text.getvalue().encode(), False)
        self._zip.close()

    def _write(self, name: str, content: bytes, executable: bool) -> None:
        entry = zipfile.ZipInfo(name, self._time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = (0o100755 if executable else 0o100644) << 16
        self._zip.writestr(entry, content)


def main() -> None:
    program, licences, glibc, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    project = tomllib.loads((ROOT / "python/pyproject.toml").read_text(encoding="utf-8"))["project"]
    tag = f"py3-none-manylinux_{glibc.replace('.', '_')}_{platform.machine()}"
    stem = f"bakeoff-{version()}"
    path = out / f"{stem}-{tag}.whl"
    unfinished = path.with_suffix(".tmp")
    wheel = Wheel(unfinished)
    for file in sorted((ROOT / "python/bakeoff").iterdir()):
        if file.suffix == ".py" or file.name == "py.typed":
            wheel.add(f"bakeoff/{file.name}", file.read_bytes())
    # Installers put what is in scripts/ on the path, and make it executable.
    wheel.add(f"{stem}.data/scripts/bakeoff", program.read_bytes(), executable=True)
    info = f"{stem}.dist-info"
    files = {"LICENSE": ROOT / "LICENSE", "NOTICE": ROOT / "NOTICE"}
    files |= {f"third-party/{file.name}": file for file in sorted(licences.iterdir())}
    for name, file in files.items():
        wheel.add(f"{info}/licenses/{name}", file.read_bytes())
    wheel.add(f"{info}/METADATA", metadata(project, list(files)).encode())
    wheel.add(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: bakeoff\nRoot-Is-Purelib: false\nTag: {tag}\n".encode())
    wheel.close(f"{info}/RECORD")
    unfinished.replace(path)
    print(path)


if __name__ == "__main__":
    main()
