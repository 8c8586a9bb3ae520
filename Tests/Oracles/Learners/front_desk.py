"""The front-desk corpus as the generators of this folder divide it: every fourth row is a test row."""

import csv
import pathlib

import numpy as np

_EMOTIONS = ["anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral"]
_SENTIMENTS = ["negative", "neutral", "positive"]

_file = pathlib.Path(__file__).parents[3] / "datasets" / "front-desk" / "messages.csv"
_rows = list(csv.DictReader(_file.open(encoding="utf-8", newline="")))
_train = [row for i, row in enumerate(_rows) if i % 4]
texts = [row["text"] for row in _train]
test_texts = [row["text"] for row in _rows[::4]]

# Of the rows to learn from.
spam = np.array([row["spam"] == "spam" for row in _train], int)
sentiment = np.array([_SENTIMENTS.index(row["sentiment"]) for row in _train])
emotions = np.array([[name in row["emotions"].split("|") for name in _EMOTIONS] for row in _train], int)
