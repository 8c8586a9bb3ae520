"""run_digest.py FOLDER: one digest of all that a run found: results without what they took, the split, and every prediction."""

import hashlib
import json
import sys
from pathlib import Path


def main() -> None:
    folder = Path(sys.argv[1])
    results = json.loads((folder / "results.json").read_bytes())
    del results["timings"]
    digest = hashlib.sha256(json.dumps(results, sort_keys=True).encode())
    files = [folder / "split.csv", folder / "errors.csv", *sorted((folder / "predictions").iterdir())]
    for file in files:
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    print(digest.hexdigest())


if __name__ == "__main__":
    main()
