"""WordPiece on all texts of a file, by this package and by tokenizers' encode_batch in turn, on as many threads.

    wordpiece.py --program TokenizeBench --model FOLDER --texts FILE [--threads 2] [--rounds 3]

FILE: one text a line (of a TSV the first column). Loading is not timed. The ids must be the same, or the script fails.

Version used: tokenizers 0.23.3.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import records

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("--model", required=True)
parser.add_argument("--texts", required=True)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--json", help="append the figures to this file")
options = parser.parse_args()
os.environ["RAYON_NUM_THREADS"] = str(options.threads)
os.environ["TOKENIZERS_PARALLELISM"] = "true"

from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(f"{options.model}/tokenizer.json")
tokenizer.no_padding()
tokenizer.no_truncation()
with open(options.texts, encoding="utf-8") as file:
    texts = [line.rstrip("\n").split("\t")[0] for line in file]

ratios, both = [], ([], [])
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/texts", "w", encoding="utf-8") as file:
        file.writelines(text + "\n" for text in texts)
    for round in range(options.rounds):
        out = subprocess.run(
            [options.program, options.model, f"{folder}/texts", f"{folder}/ids", str(options.threads)],
            check=True, capture_output=True, text=True)
        ours = json.loads(out.stdout)["seconds"]
        start = time.perf_counter()
        encodings = tokenizer.encode_batch(texts)
        theirs = time.perf_counter() - start
        ratios.append(theirs / ours)
        both[0].append(len(texts) / ours), both[1].append(len(texts) / theirs)
        print(f"round {round + 1}: ours {len(texts) / ours:,.0f} texts/s, tokenizers {len(texts) / theirs:,.0f}; "
              f"{theirs / ours:.1f} times as fast")
    with open(f"{folder}/ids") as file:
        for text, line, encoding in zip(texts, file, encodings, strict=True):
            if line.split() != [str(id) for id in encoding.ids]:
                sys.exit(f"other ids: {line.strip()} and {encoding.ids}")
print(f"the same ids for {len(texts)} texts; median ratio {statistics.median(ratios):.1f}")
records.pair(options.json, "WordPiece", "tokenizers, encode_batch", "texts/s", *both, "all ids", higher_is_better=True)
