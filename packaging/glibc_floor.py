"""glibc_floor.py PROGRAM: which C library the program needs at least, and which symbols say so.

Prints the version, such as 2.31, on the first line, and on the next the symbols that need that version. Exits with 1 if the
program needs a shared library that not every Linux system of that age has.
"""

import re
import subprocess
import sys

#: Of the C library itself, and of GCC's unwinder, which comes with it everywhere (PEP 600 allows both).
SYSTEM = {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1"} | {
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
    "libgcc_s.so.1",
}


def readelf(*arguments: str) -> str:
    return subprocess.run(["readelf", "--wide", *arguments], check=True, capture_output=True, text=True).stdout


def main() -> None:
    program = sys.argv[1]
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", readelf("--dynamic", program)))
    if needed - SYSTEM:
        sys.exit(f"{program} needs {', '.join(sorted(needed - SYSTEM))}, which not every system has")
    symbols: dict[tuple[int, ...], set[str]] = {}
    for line in readelf("--dyn-syms", program).splitlines():
        found = re.search(r" UND (\S+)@GLIBC_([0-9.]+)", line)
        if found:
            version = tuple(int(part) for part in found[2].split("."))
            symbols.setdefault(version, set()).add(found[1])
    newest = max(symbols)
    print(".".join(map(str, newest)))
    print(", ".join(sorted(symbols[newest])))


if __name__ == "__main__":
    main()
