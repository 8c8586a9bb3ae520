"""The GoEmotions baseline and VADER, by this package and by Python in turn, and how time and memory grow.

    classical.py --program bakeoff --data FOLDER [--rounds 3] [--copies 10] [--sizes 10000,100000,1000000]

Every figure is of a whole process, start and imports included, unless it says otherwise: wall-clock seconds, CPU
seconds of all threads together, and peak memory. The two sides run one after the other, round after round; ratios are
taken within a round, and their median is shown. Scores and sentiments of both sides must be equal or the script fails.

The baseline reads train and test, vectorises, fits 28 labels, predicts and scores, as the Python program does
(`report: {analysis: no}`). A usual run also tunes thresholds on validation, looks for leaks, computes intervals and
draws figures; its time stands beside, without a ratio.

Versions used: scikit-learn 1.9.1, vaderSentiment 3.3.2, Python 3.11. Ties at max_features follow NumPy on AVX2.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import records

PARTS = ("train", "dev", "test")


def rows(folder, part):
    with open(f"{folder}/{part}.tsv", encoding="utf-8", newline="") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def baseline(folder):
    """What a Python user writes: prints scores and the seconds of vectorising and fitting."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.multiclass import OneVsRestClassifier

    def load(part):
        table = rows(folder, part)
        Y = np.zeros((len(table), 28), int)
        for i, row in enumerate(table):
            Y[i, [int(label) for label in row[1].split(",")]] = 1
        return [row[0] for row in table], Y

    (train, Y), (test, T) = load("train"), load("test")
    start = time.perf_counter()
    vectorizer = TfidfVectorizer(max_features=5000, stop_words="english")
    X = vectorizer.fit_transform(train)
    vectorized = time.perf_counter()
    model = OneVsRestClassifier(LogisticRegression(max_iter=1000)).fit(X, Y)
    fitted = time.perf_counter()
    decided = model.predict(vectorizer.transform(test))
    scores = [float(f1_score(T, decided, average=how)) for how in ("micro", "macro")]
    print(json.dumps({"scores": scores, "vectorize": vectorized - start, "fit": fitted - start}))


def sentiments(file):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    with open(file, encoding="utf-8", newline="") as lines:
        texts = [line.rstrip("\n") for line in lines]
    start, used = time.perf_counter(), time.process_time()
    polarities = [analyzer.polarity_scores(text) for text in texts]
    print(time.perf_counter() - start, time.process_time() - used, file=sys.stderr)
    sys.stdout.write("".join(json.dumps(p, separators=(",", ":")) + "\n" for p in polarities))


def show_rates(name, ours, theirs, work, peer, same):
    """The same for texts a second: more is better."""
    records.pair(options.json, work, peer, "texts/s", ours, theirs, same, higher_is_better=True)
    ratios = [a / b for a, b in zip(ours, theirs)]
    print(
        f"{name:34} ours {statistics.median(ours):9.0f}  Python {statistics.median(theirs):9.0f}  "
        f"ratio {statistics.median(ratios):6.1f} ({min(ratios):.1f} to {max(ratios):.1f})",
        flush=True,
    )


def run(command, **options):
    """Wall-clock seconds, CPU seconds, peak memory in bytes, and what a process printed; stops at a failure."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, **options)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        out.seek(0), err.seek(0)
        if status != 0:
            sys.exit(f"{command} failed: {err.read().decode()}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, out.read().decode(), err.read().decode()


def show(name, ours, theirs, work, peer, unit, same):
    """Prints and records the medians of two sides, and of theirs in ours."""
    records.pair(options.json, work, peer, unit, ours, theirs, same)
    ratios = [b / a for a, b in zip(ours, theirs)]
    print(
        f"{name:34} ours {statistics.median(ours):9.3f}  Python {statistics.median(theirs):9.3f}  "
        f"ratio {statistics.median(ratios):6.1f} ({min(ratios):.1f} to {max(ratios):.1f})",
        flush=True,
    )


def experiment(folder, dataset, split, analysis=True):
    text = f"""name: baseline
dataset: {json.dumps(dataset)}
split: {json.dumps(split)}
report: {{analysis: {json.dumps(analysis)}}}
contestants:
  - id: tfidf-lr
    model: tfidf-logreg
    tfidf: {{max-features: 5000, stop-words: english}}
"""
    (folder / "baseline.yaml").write_text(text)


def our_baseline(options, folder):
    """Figures as of `run`, and results.json."""
    for name in ("o", "m"):
        shutil.rmtree(folder / name, ignore_errors=True)
    figures = run([options.program, "run", "baseline.yaml", "--output", "o", "--models", "m"], cwd=folder)
    return figures, json.loads((folder / "o/results.json").read_text())


def compare_baseline(options, folder):
    names = [line.strip() for line in open(f"{options.data}/labels.txt")]
    files = {part: f"{options.data}/{file}.tsv" for part, file in zip(("train", "validation", "test"), PARTS)}
    labels = {"kind": "multilabel", "column": 1, "separator": ",", "names": names}
    dataset = {"files": files, "format": "tsv", "header": False, "columns": {"text": 0, "id": 2}, "labels": labels}
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": "X86_V4"}
    wall, cpu, fit, memory, usual = ([], []), ([], []), ([], []), ([], []), []
    for _ in range(options.rounds):
        dataset["files"] = {part: files[part] for part in ("train", "test")}
        experiment(folder, dataset, "official", analysis=False)
        figures, results = our_baseline(options, folder)
        test = results["contestants"][0]["test"]
        ours = [test["f1_micro"], test["f1_macro"]]
        wall[0].append(figures[0]), cpu[0].append(figures[1]), memory[0].append(figures[2] / 1e6)
        fit[0].append(results["timings"]["contestants"]["tfidf-lr"]["fit_seconds"])
        seconds, used, peak, out, _ = run([sys.executable, __file__, "--baseline", options.data], env=environment)
        told = json.loads(out)
        wall[1].append(seconds), cpu[1].append(used), memory[1].append(peak / 1e6)
        fit[1].append(told["vectorize"] + told["fit"])
        if max(abs(a - b) for a, b in zip(ours, told["scores"])) > 1e-6:
            sys.exit(f"scores differ: {ours} and {told['scores']}")
        dataset["files"] = files
        experiment(folder, dataset, "official")
        usual.append(our_baseline(options, folder)[0])
    peer, same = "scikit-learn", "micro and macro F1 to 1e-6"
    show("baseline, whole process, s", *wall, "GoEmotions baseline, whole process", peer, "s", same)
    show("baseline, CPU seconds", *cpu, "GoEmotions baseline, CPU time", peer, "s", same)
    show("TF-IDF and fit within it, s", *fit, "TF-IDF and one-vs-rest fit", peer, "s", same)
    show("baseline, peak memory, MB", *memory, "GoEmotions baseline, peak memory", peer, "MB", same)
    seconds, used, peak = (statistics.median(figures[i] for figures in usual) for i in range(3))
    print(f"usual run with its analysis: {seconds:.3f} s, {used:.3f} CPU seconds, {peak / 1e6:.0f} MB")


def compare_vader(options, folder):
    texts = folder / "texts.txt"
    lines = "".join(row[0] + "\n" for part in PARTS for row in rows(options.data, part))
    texts.write_text(lines, encoding="utf-8")
    many = folder / "many.txt"
    many.write_text(lines * options.copies, encoding="utf-8")
    count = lines.count("\n")
    both, one, cpu, single, theirs = [], [], [], [], []
    for _ in range(options.rounds):
        single.append(count / run([options.program, "vader", str(texts)])[0])
        seconds, used, _, ours, _ = run([options.program, "vader", str(many)])
        both.append(count * options.copies / seconds)
        alone = run(["taskset", "-c", "0", options.program, "vader", str(many)])
        one.append(count * options.copies / alone[0])
        cpu.append(count * options.copies / alone[1])
        _, _, _, expected, told = run([sys.executable, __file__, "--sentiments", str(texts)])
        wall, process = map(float, told.split())
        theirs.append((count / wall, count / process))
        if ours != expected * options.copies:
            sys.exit("sentiments differ")
    print(f"VADER, {count} texts; our whole process, reading and writing included, against Python's scoring loop alone")
    walls, processes = [t[0] for t in theirs], [t[1] for t in theirs]
    peer, same = "vaderSentiment", "every score"
    show_rates(f"  all cores, {options.copies} copies, texts/s", both, walls, "VADER, all cores", peer, same)
    show_rates(f"  one core, {options.copies} copies, texts/s", one, walls, "VADER, one core", peer, same)
    show_rates("  one core, texts a CPU second", cpu, processes, "VADER, one core, by CPU time", peer, same)
    show_rates("  all cores, one copy, texts/s", single, walls, "VADER, all cores, one copy", peer, same)


def grow(options, folder):
    comments = rows(options.data, "train")
    names = [line.strip() for line in open(f"{options.data}/labels.txt")]
    for size in options.sizes:
        draw = random.Random(size)
        with open(folder / "comments.tsv", "w", encoding="utf-8") as file:
            file.write("text\temotions\n")
            file.writelines("\t".join(row[:2]) + "\n" for row in draw.choices(comments, k=size))
        label = run([options.program, "vader", "--label", "comments.tsv", "--output", "labelled.csv"], cwd=folder)
        labels = {"kind": "multilabel", "column": "emotions", "separator": ",", "names": names}
        dataset = {"file": "labelled.csv", "columns": {"text": "text"}, "labels": labels}
        experiment(folder, dataset, {"train": 0.98, "test": 0.02, "stratify": "none", "seed": 1}, analysis=False)
        whole, results = our_baseline(options, folder)
        fit = results["timings"]["contestants"]["tfidf-lr"]["fit_seconds"]
        records.point(options.json, "rows", size, {
            "label with VADER, s": label[0], "label, MB": label[2] / 1e6, "run the baseline, s": whole[0],
            "of it TF-IDF and fit, s": fit, "run, MB": whole[2] / 1e6})
        print(
            f"{size:9} comments: label {label[0]:7.2f} s {label[2] / 1e6:6.0f} MB; "
            f"run {whole[0]:7.2f} s {whole[2] / 1e6:6.0f} MB, of it vectorise and fit {fit:7.2f} s",
            flush=True,
        )


parser = argparse.ArgumentParser()
parser.add_argument("--program")
parser.add_argument("--data")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--json", help="append the figures to this file")
parser.add_argument("--sizes", default="10000,100000,1000000", type=lambda text: [int(n) for n in text.split(",") if n])
parser.add_argument("--copies", type=int, default=10, help="how often VADER's texts are repeated, so that its start counts little")
parser.add_argument("--only", choices=("baseline", "vader", "grow"))
parser.add_argument("--baseline", help=argparse.SUPPRESS)
parser.add_argument("--sentiments", help=argparse.SUPPRESS)
options = parser.parse_args()
if options.baseline:
    baseline(options.baseline)
elif options.sentiments:
    sentiments(options.sentiments)
else:
    with tempfile.TemporaryDirectory() as name:
        for part in (compare_baseline, compare_vader, grow):
            if options.only in (None, part.__name__.removeprefix("compare_")):
                part(options, pathlib.Path(name))
