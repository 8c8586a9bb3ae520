"""A scikit-learn pipeline as a contestant, in one call: python3 sklearn_pipeline.py fit-predict FOLDER"""
import csv, json, os, sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

path = lambda name: os.path.join(sys.argv[2], name)
read = lambda name: list(csv.DictReader(open(path(name), encoding="utf-8", newline="")))
item, train, rows = json.load(open(path("item.json"))), read("train.csv"), read("predict.csv")
model = make_pipeline(TfidfVectorizer(), LogisticRegression(random_state=item["seed"]))
model.fit([row["text"] for row in train], [row["label"] for row in train])
with open(path("predictions.csv"), "w", encoding="utf-8", newline="") as file:
    table = csv.writer(file)
    table.writerow(["id"] + ["p_" + label for label in model.classes_])
    for row, p in zip(rows, model.predict_proba([row["text"] for row in rows])):
        table.writerow([row["id"], *p.tolist()])
