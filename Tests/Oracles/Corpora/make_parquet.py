"""Makes parquet/: one table of our own corpus in every form that is read, and table.jsonl with what it holds.

Made with Python 3.11.7, pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0; seed 20130313. Run in this folder:
python3 make_parquet.py. Every file holds the same rows, so one golden table serves all.
"""

import csv
import json
import math
import random
import struct

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

random.seed(20130313)
with open("../../../datasets/front-desk/messages.csv", encoding="utf-8", newline="") as file:
    messages = list(csv.DictReader(file))[:101]

rows = []
for number, message in enumerate(messages):
    tags = [random.randrange(-5, 500) for _ in range(random.randrange(4))]
    single = struct.unpack("f", struct.pack("f", random.uniform(-1, 1)))[0]
    rows.append({
        "id": message["id"],
        "text": message["text"] + " ☎ é" * (number % 5 == 0),
        "spam": message["spam"] == "spam",
        "sentiment": message["sentiment"],
        "note": message["hard"] or None,
        "stars": random.choice([None, 1, 2, 3, 4, 5]),
        "big": random.randrange(-(2**63), 2**63),
        "steps": number * 1_000_003 - 5,
        "huge": 2**64 - 1 - number,
        "small": random.randrange(256),
        "single": single,
        "double": random.choice([None, random.gauss(0, 1e6), 0.1, 1e-300]),
        "gap": None if number == 57 else float(number % 2),
        "sure": random.choice([True, False, None]),
        "emotions": [name for name in message["emotions"].split("|") if name],
        "tags": None if number % 7 == 3 else tags,
        "nothing": None,
    })
schema = pa.schema([
    ("id", pa.string()), ("text", pa.string()), ("spam", pa.bool_()), ("sentiment", pa.string()),
    ("note", pa.string()), ("stars", pa.int32()), ("big", pa.int64()), ("steps", pa.int64()), ("huge", pa.uint64()),
    ("small", pa.uint8()), ("single", pa.float32()), ("double", pa.float64()), ("gap", pa.float64()),
    ("sure", pa.bool_()), ("emotions", pa.list_(pa.string())), ("tags", pa.list_(pa.int64())),
    ("nothing", pa.string())])
table = pa.Table.from_pylist(rows, schema=schema)
required = pa.schema([
    field.with_nullable(any(row[field.name] is None for row in rows)) for field in schema])


def write(name, **options):
    data = options.pop("data", table)
    pq.write_table(data, f"parquet/{name}.parquet", **options)


strings = ["id", "text", "sentiment", "note"]
numbers = ["stars", "big", "steps", "huge"]
for codec in ["none", "snappy", "gzip", "zstd"]:
    for version in ["1.0", "2.0"]:
        write(f"{codec}-v{version[0]}", compression=codec, data_page_version=version)
write("plain", compression="zstd", use_dictionary=False, row_group_size=40, data_page_size=600)
write("groups", compression="snappy", row_group_size=17, data_page_size=300, data_page_version="2.0")
write("dictionary-overflow", compression="zstd", dictionary_pagesize_limit=500, data_page_size=500)
write("required", compression="gzip", data=table.cast(required), use_dictionary=False)
for name, text, number, single in [
    ("delta", "DELTA_BYTE_ARRAY", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"),
    ("delta-length", "DELTA_LENGTH_BYTE_ARRAY", "BYTE_STREAM_SPLIT", "PLAIN"),
]:
    encoding = {column: text for column in strings} | {column: number for column in numbers}
    encoding |= {"single": single, "double": single, "spam": "RLE", "sure": "RLE"}
    for version in ["1.0", "2.0"]:
        write(f"{name}-v{version[0]}", compression="zstd", use_dictionary=False, column_encoding=encoding,
              data_page_version=version, data_page_size=2000)

frame = table.to_pandas()
frame.to_parquet("parquet/pandas.parquet")
polars = pl.from_arrow(table)
for codec in ["zstd", "snappy", "uncompressed"]:
    polars.write_parquet(f"parquet/polars-{codec}.parquet", compression=codec, row_group_size=64)


def spelled(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, list):
        return [spelled(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


with open("parquet/table.jsonl", "w", encoding="utf-8") as file:
    for row in rows:
        file.write(json.dumps({key: spelled(value) for key, value in row.items()}, ensure_ascii=False) + "\n")
