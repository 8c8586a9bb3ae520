"""Renders what the scripts recorded as reports/benchmarks/README.md, and puts the headline on another page.

    report.py RECORDS --output FOLDER [--page docs/performance.md] --machine TEXT --date TEXT --commit TEXT --minutes N

The headline replaces what stands between the two lines `<!-- benchmark -->` and `<!-- /benchmark -->` of the page.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import sys

parser = argparse.ArgumentParser()
parser.add_argument("records")
parser.add_argument("--output", required=True)
parser.add_argument("--page")
for name in ("machine", "date", "commit", "minutes", "versions"):
    parser.add_argument(f"--{name}", required=True)
options = parser.parse_args()
with open(options.records, encoding="utf-8") as file:
    records = [json.loads(line) for line in file]
pairs = [record for record in records if record["kind"] == "pair"]
if not pairs:
    sys.exit(f"{options.records}: no comparison was recorded")


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def times(record):
    return f"{number(record['ratio'])} ({number(record['least'])} to {number(record['most'])})"


def table(head, rows, right):
    lines = [head, [("--:" if i in right else "---") for i in range(len(head))], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def growth(curve, title, what):
    points = [record for record in records if record["kind"] == "point" and record["curve"] == curve]
    if not points:
        return ""
    names = list(points[0]["columns"])
    rows = [[f"{p['x']:,}", *(f"{p['columns'][n]:.0%}" if "share" in n else number(p["columns"][n]) for n in names)]
            for p in points]
    return f"\n### {title}\n\n{what}\n\n{table([curve, *names], rows, range(len(names) + 1))}\n"


place = f"{options.machine}, {options.date}"
speed = table(
    ["work", "beside", "ours", "theirs", "", "speed-up (min to max)", "rounds", "checked equal"],
    [[r["work"], r["peer"], number(r["ours"]), number(r["theirs"]), r["unit"], times(r), r["rounds"], r["same"]]
     for r in pairs], (2, 3, 5, 6))
values = table(
    ["figure", "median", "min to max"],
    [[r["work"], *(f"{r['median']:.0%} {r['least']:.0%}–{r['most']:.0%}".split() if not r["unit"] else
                   (f"{number(r['median'])} {r['unit']}", f"{number(r['least'])} to {number(r['most'])}"))]
     for r in records if r["kind"] == "value"], (1, 2))
text = f"""# Benchmarks

{place}; commit {options.commit}. Written by `scripts/bench.sh` in {options.minutes} minutes.

Each line is the same work done by this package and by a peer, one after the other, round after round, so that a busy
minute hurts both. A ratio is taken within a round; the table gives the median and, in brackets, the least and the
greatest. Above 1 this package is faster, or smaller where the unit is memory. A script stops if the two sides did not
do the same work, which the last column names. The scripts in [`Benchmarks/`](../../Benchmarks) say what is timed.

Peers: {options.versions}.

## Beside the peers

{speed}

## Our own figures

{values}

## How it grows
{growth("rows", "In rows", "GoEmotions' comments drawn again and again: VADER's labels for a table, and the TF-IDF baseline on it.")}{growth("length", "In length", "Encoding as many tokens in texts of each length, all cores.")}{growth("labels", "In labels", "The GoEmotions baseline with its first K labels.")}{growth("threads", "In threads", "Encoding texts of 32 tokens.")}"""
folder = pathlib.Path(options.output)
folder.mkdir(parents=True, exist_ok=True)
(folder / "README.md").write_text(text, encoding="utf-8")
shutil.copyfile(options.records, folder / "records.jsonl")

if options.page:
    headline = []
    for start in ("GoEmotions baseline, whole", "WordPiece", "VADER, all", "encode,", "fine-tune, MiniLM"):
        mine = [r for r in pairs if r["work"].startswith(start) and "memory" not in r["work"]]
        if mine:
            # Where a work has several peers, the best of them.
            r = min(mine, key=lambda record: record["ratio"])
            headline.append([r["work"], r["peer"], times(r)])
    block = table(["work", "beside", "speed-up (min to max)"], headline, (2,))
    page = pathlib.Path(options.page)
    link = os.path.relpath(folder / "README.md", page.parent)
    block = f"{block}\n\nMeasured on {place}; all figures in [`{folder}`]({link}).\n"
    before = page.read_text(encoding="utf-8")
    after, count = re.subn(
        r"(<!-- benchmark -->\n).*?(<!-- /benchmark -->)", lambda m: m[1] + block + m[2], before, flags=re.S)
    if count != 1:
        sys.exit(f"{page}: expected one place between <!-- benchmark --> and <!-- /benchmark -->, found {count}")
    page.write_text(after, encoding="utf-8")
