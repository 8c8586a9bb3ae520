"""Which files of a repository `datasets` takes for which split: hub-splits.jsonl, a repository a line.

Made with Python 3.11, datasets 5.2.0 and its fsspec, seed 20261126. Run in this folder: python3 make_hub_splits.py [COUNT FILE]
"""

import json
import logging
import pathlib
import random
import sys
import tempfile

from datasets.data_files import DataFilesDict, get_data_patterns, sanitize_patterns

logging.disable(logging.WARNING)
count, target = (int(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else (120, "hub-splits.jsonl")
draw = random.Random(20261126)
WORDS = ["train", "training", "test", "testing", "eval", "evaluation", "dev", "val", "valid", "validation"]
OTHERS = ["data", "raw", "a", "x-1", "en", "trainer", "contest", "latest", "__old", ".hidden", "unsupervised", "T"]
PATTERNS = ["*", "**", "data/*", "data/train-*", "*.csv", "**/*.csv", "*/x-[0-9].csv", "train*", "**/test*", "?.csv", "raw/**",
            "**/data/*", "[a-e]*", "[!t]*", "__old/*", ".hidden/*", "*/.*", "**/a/**/*.csv", "./train*", "x-1/*", "README.md"]


def word():
    text = draw.choice(WORDS + OTHERS)
    kind = draw.random()
    if kind < 0.15:
        text += draw.choice("-._ ") + draw.choice(WORDS + OTHERS + ["0", "12"])
    elif kind < 0.25:
        text += str(draw.randrange(3))
    elif kind < 0.3:
        text = text.upper()
    return text


def path():
    if draw.random() < 0.25:
        total = draw.randrange(1, 4)
        shard = draw.randrange(total)
        name = f"{draw.choice(WORDS + OTHERS[:4])}-{shard:05d}-of-{total:05d}.csv"
        return "/".join([draw.choice(["data", "data", "raw"]), name])
    return "/".join([word() for _ in range(draw.choice([0, 0, 1, 1, 2]))] + [word() + ".csv"])


with open(target, "w") as out:
    made = 0
    while made < count:
        paths = sorted({path() for _ in range(draw.randrange(1, 9))} | ({"README.md"} if draw.random() < 0.5 else set()))
        # A file cannot be a folder too.
        if any(other.startswith(one + "/") for one in paths for other in paths):
            continue
        patterns = None
        if draw.random() < 0.5:
            patterns = {name: draw.sample(PATTERNS, draw.randrange(1, 3)) for name in ["train", "more"][: draw.randrange(1, 3)]}
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve() / "r"
            for name in paths:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text("x")
            try:
                found = DataFilesDict.from_patterns(
                    sanitize_patterns(patterns) if patterns else get_data_patterns(str(root)),
                    base_path=str(root), allowed_extensions=[".csv"])
            except (FileNotFoundError, ValueError):
                found = None
        splits = None if found is None else {str(split): [str(pathlib.Path(f).relative_to(root)) for f in files] for split, files in found.items()}
        out.write(json.dumps({"paths": paths, "patterns": patterns, "splits": splits}) + "\n")
        made += 1
