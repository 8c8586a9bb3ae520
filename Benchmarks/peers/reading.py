"""Reading a table's columns into strings, by this package and by pandas in turn, on one core.

    reading.py --program ReadBench TABLE.tsv [--rounds 5] [--copies 10]

TABLE.tsv: text, label, id, without header or quoting (as GoEmotions has them). It is written `copies` times over as CSV
and as Parquet to a temporary folder, with ids of their own. pandas reads CSV with its C engine and Parquet with
pyarrow, on one thread. Two comparisons: column with column (pandas' are Arrow's, ours `TextColumn`; both one buffer of
bytes with offsets) and strings with strings (Python's and Swift's, an object each). Each side's process reads a file
once before it is timed. CPU seconds stand beside the wall clock's, because other programs may be running. Both sides
must have the same rows and bytes or the script fails.

Versions used: pandas 3.1.1, pyarrow 26.0.1.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"
import records
import pandas as pd
import pyarrow as pa

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
parser.add_argument("table")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--copies", type=int, default=10)
parser.add_argument("--json", help="append the figures to this file")
options = parser.parse_args()
pa.set_cpu_count(1)
pa.set_io_thread_count(1)
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
columns = ["text", "label", "id"]


def digest(frame):
    return len(frame), sum(sum(len(cell.encode()) for cell in frame[name].tolist()) for name in columns)


def peer(path):
    if path.endswith(".csv"):
        return pd.read_csv(path, engine="c", dtype=str, keep_default_na=False, usecols=columns)
    return pd.read_parquet(path, engine="pyarrow", columns=columns, use_threads=False)


with tempfile.TemporaryDirectory() as folder:
    with open(options.table, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    with open(f"{folder}/table.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for copy in range(options.copies):
            writer.writerows([row[0], row[1], f"{row[2]}{copy}"] for row in rows)
    frame = peer(f"{folder}/table.csv")
    frame.to_parquet(f"{folder}/table.parquet")
    frame.to_parquet(f"{folder}/plain.parquet", compression="zstd", use_dictionary=False)
    for name in ["table.csv", "table.parquet", "plain.parquet"]:
        path = f"{folder}/{name}"
        ours, our_strings, theirs, their_strings = [], [], [], []
        for _ in range(options.rounds):
            for flags, times in [[], ours], [["--strings"], our_strings]:
                command = [options.program, path, *columns, "--rounds", "2", *flags]
                report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                times.append((report["seconds"][1], report["cpu"][1]))
            peer(path)
            start = time.perf_counter(), time.process_time()
            frame = peer(path)
            theirs.append((time.perf_counter() - start[0], time.process_time() - start[1]))
            lists = [frame[column].tolist() for column in columns]
            their_strings.append((time.perf_counter() - start[0], time.process_time() - start[1]))
            del lists
        if digest(frame) != (report["rows"], report["bytes"]):
            sys.exit(f"{name}: pandas reads {digest(frame)}, we read {report['rows'], report['bytes']}")
        size = os.path.getsize(path) / 1e6
        print(f"{name}: {size:.0f} MB, {report['rows']} rows")
        file = {"table.csv": "CSV", "table.parquet": "Parquet", "plain.parquet": "Parquet (zstd, plain)"}[name]
        for what, us, them in ("columns", ours, theirs), ("strings", our_strings, their_strings):
            for clock, unit in (0, "wall"), (1, "CPU"):
                a, b = [time[clock] for time in us], [time[clock] for time in them]
                if clock == 0:
                    records.pair(options.json, f"read {file} into {what}, one core", "pandas " + pd.__version__, "s",
                                 a, b, "rows and bytes")
                print(
                    f"  {what}, {unit}: ours {statistics.median(a):.3f} s ({min(a):.3f} to {max(a):.3f}), pandas "
                    f"{statistics.median(b):.3f} s ({min(b):.3f} to {max(b):.3f}): "
                    f"{statistics.median(b) / statistics.median(a):.2f} times", flush=True)
