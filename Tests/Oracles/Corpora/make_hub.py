"""Parquet files as the Hugging Face hub writes them: names of classes in the key-value metadata "huggingface".

Texts are invented. Made with pyarrow 19 or later: python3 make_hub.py
"""
import json
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent / "hub"
NAMES = ["sad", "glad", "mad"]


def write(name, columns, features):
    table = pa.table(columns)
    if features is not None:
        info = {"info": {"features": features}}
        table = table.replace_schema_metadata({"huggingface": json.dumps(info)})
    pq.write_table(table, HERE / name)


def texts(start):
    return [f"message number {n}" for n in range(start, start + 6)]


label = {"names": NAMES, "_type": "ClassLabel"}
text = {"dtype": "string", "_type": "Value"}
for shard in range(2):
    write(
        f"train-{shard:05d}-of-00002.parquet",
        {"text": texts(6 * shard), "label": [2, 0, 1, 0, 0, 1]},
        {"text": text, "label": label},
    )
write("test.parquet", {"text": texts(12), "label": [0, 1, 0, 1, 0, 1]}, {"text": text, "label": label})
write(
    "other-order.parquet",
    {"text": texts(18), "label": [0, 1, 2, 0, 1, 2]},
    {"text": text, "label": {"names": ["glad", "sad", "mad"], "_type": "ClassLabel"}},
)
write(
    "lists.parquet",
    {"text": texts(0), "labels": [[0], [1, 2], [], [2], [0, 2], [1]]},
    {"text": text, "labels": {"feature": label, "_type": "Sequence"}},
)
write(
    "old-lists.parquet",
    {"text": texts(0), "labels": [[0], [1, 2], [], [2], [0, 2], [1]]},
    {"text": text, "labels": [label]},
)
write("plain.parquet", {"text": texts(0), "label": [0, 1, 2, 0, 1, 2]}, {"text": text, "label": {"dtype": "int64", "_type": "Value"}})
things = ["parcel", "invoice", "driver", "website", "kettle"]
many = [f"message {n} about my {things[n % 5]} and nothing else" for n in range(60)]
write("many.parquet", {"text": many, "label": [n % 3 for n in range(60)]}, {"text": text, "label": label})
write(
    "stars.parquet",
    {"text": texts(0), "label": [0, 1, 2, 0, 1, 2]},
    {"text": text, "label": {"names": ["1", "2", "3"], "_type": "ClassLabel"}},
)
none = {"text": pa.array([], pa.string()), "label": pa.array([], pa.int64())}
write("empty.parquet", none, {"text": text, "label": label})
