"""SetFit here and by the setfit package: accuracy on test and time to fit and predict, mean over draws of few rows.

    setfit_package.py --program bakeoff --model FOLDER --train FILE --test FILE [--rows 8] [--draws 10] [--first 0]
                      [--threads 2] [--sides f32,bf16,package] [--json FILE]

A draw is so many rows of each class of TRAIN; all of TEST is predicted. Both sides have the defaults of the package: one
epoch, batches of 16 pairs, oversampling. Time is that of fitting and predicting, and on our side of the whole program, with
reading and scoring; CPU seconds stand beside it. The side `bf16` multiplies in bfloat16. The script ends with 1 if our
f32 mean is more than a point of accuracy below the package's, or takes more than a third of its time.

Versions used: setfit 1.2.0, sentence-transformers 6.2.0, torch 2.13.0, transformers 5.23.0.
"""

import argparse
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
for name in ("program", "model", "train", "test"):
    parser.add_argument(f"--{name}", required=True)
parser.add_argument("--rows", type=int, default=8, help="of each class")
parser.add_argument("--draws", type=int, default=10)
parser.add_argument("--first", type=int, default=0, help="the first of them")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--sides", default="f32,bf16,package")
parser.add_argument("--json", help="append every result to this file")
options = parser.parse_args()


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


train, test = read(options.train), read(options.test)
labels = sorted({label for _, label in train})


def draw(number):
    generator = random.Random(1000 + number)
    rows = [row for label in labels
            for row in generator.sample([row for row in train if row[1] == label], options.rows)]
    generator.shuffle(rows)
    return rows


def seconds(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def ours(number, precision):
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("train", draw(number)), ("test", test)):
            with open(f"{folder}/{name}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([("text", "label"), *rows])
        with open(f"{folder}/e.yaml", "w", encoding="utf-8") as file:
            file.write(f"""name: e
dataset:
  files: {{train: train.csv, test: test.csv}}
  columns: {{text: text}}
  labels: {{column: label}}
split: official
contestants:
  - {{id: setfit, model: setfit, encoder: {json.dumps(options.model)}, training: {{precision: {precision}}}}}
""")
        start, cpu = time.time(), seconds(resource.RUSAGE_CHILDREN)
        subprocess.run([options.program, "run", "e.yaml", "--seed", str(number), "--threads", str(options.threads)],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, cpu = time.time() - start, seconds(resource.RUSAGE_CHILDREN) - cpu
        with open(f"{folder}/reports/e/predictions/setfit.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    return sum(row["gold"] == row["predicted"] for row in rows) / len(rows), wall, cpu


def package(number):
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    import torch
    from datasets import Dataset
    from setfit import SetFitModel, Trainer, TrainingArguments

    torch.set_num_threads(options.threads)
    rows = draw(number)
    start, cpu = time.time(), seconds(resource.RUSAGE_SELF)
    with tempfile.TemporaryDirectory() as folder:
        model = SetFitModel.from_pretrained(options.model, labels=labels)
        arguments = TrainingArguments(output_dir=folder, num_epochs=1, batch_size=16, sampling_strategy="oversampling",
                                      seed=number, report_to="none", save_strategy="no", show_progress_bar=False)
        data = Dataset.from_dict({"text": [text for text, _ in rows], "label": [label for _, label in rows]})
        Trainer(model=model, args=arguments, train_dataset=data).train()
        found = model.predict([text for text, _ in test], batch_size=64)
    wall, cpu = time.time() - start, seconds(resource.RUSAGE_SELF) - cpu
    return sum(str(one) == label for one, (_, label) in zip(found, test)) / len(test), wall, cpu


results = {}
for side in options.sides.split(","):
    for number in range(options.first, options.first + options.draws):
        accuracy, wall, cpu = package(number) if side == "package" else ours(number, side)
        results.setdefault(side, []).append((accuracy, wall, cpu))
        print(f"{side}, draw {number}: accuracy {accuracy:.4f}, {wall:.1f} s, {cpu:.1f} CPU seconds", flush=True)
        if options.json:
            with open(options.json, "a", encoding="utf-8") as file:
                file.write(json.dumps({"side": side, "draw": number, "accuracy": accuracy, "seconds": wall,
                                       "cpu": cpu}) + "\n")
means = {}
for side, rows in results.items():
    accuracies = [row[0] for row in rows]
    spread = statistics.stdev(accuracies) if len(rows) > 1 else float("nan")
    means[side] = [statistics.mean(column) for column in zip(*rows)]
    print(f"{side}: accuracy {means[side][0]:.4f} (SD {spread:.4f}), {means[side][1]:.1f} s, "
          f"{means[side][2]:.1f} CPU seconds")
if "package" in means and "f32" in means:
    gain, share = means["f32"][0] - means["package"][0], means["f32"][1] / means["package"][1]
    print(f"f32 - package: {100 * gain:+.2f} points, in {share:.2f} of its time")
    sys.exit(1 if gain < -0.01 or share > 1 / 3 else 0)
