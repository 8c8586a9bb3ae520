"""Makes messy.csv, and messy.jsonl with the rows that Python's csv module reads from it.

Made with Python 3.11.7, standard library only, seed 20141108. Run in this folder: python3 make_messy_csv.py
"""

import csv
import json
import random

random.seed(20141108)
words = ["the lamp", "is \"off\"", "again,", "señor", "😀", "", " ", "a\tb", "it's\r\nfine", "two\nlines", "old\rmac"]


def field():
    text = "".join(random.choice(words) for _ in range(random.randrange(4)))
    kind = random.random()
    if any(c in text for c in ',"\r\n') or kind < 0.3:
        quoted = '"' + text.replace('"', '""') + '"'
        # What follows a closing quote belongs to the field.
        return quoted + "tail" if kind < 0.05 else quoted
    # A quote inside an unquoted field stands for itself.
    return text + 'x"y' if kind > 0.9 else text


rows = []
for _ in range(300):
    row = ",".join(field() for _ in range(3))
    rows.append(row + random.choice(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"]))
with open("messy.csv", "wb") as file:
    file.write(b"\xef\xbb\xbf" + "".join(rows).encode())

with open("messy.csv", encoding="utf-8-sig", newline="") as file, open("messy.jsonl", "w") as out:
    reader = csv.reader(file)
    before = 0
    for row in reader:
        if row:
            out.write(json.dumps({"line": before + 1, "fields": row}) + "\n")
        before = reader.line_num
