"""The rows of a table of relative positions that DeBERTa reads, by distance, as transformers finds them.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0; run it in this folder. Writes distances.json: for each case
"buckets" (-1 for none), "max_distance", and "rows" for the distances from -(length - 1) to length - 1.
"""

import json

import torch
from transformers.models.deberta_v2.modeling_deberta_v2 import build_relative_position

CASES = [(256, 512, 512), (10, 50, 90), (6, 41, 41), (2, 5, 30), (3, 9, 20), (17, 40, 70), (32, 130, 300), (-1, 11, 37)]

cases = []
for buckets, max_distance, length in CASES:
    token = torch.zeros(1, length, 1)
    found = build_relative_position(token, token, bucket_size=buckets, max_position=max_distance)[0]
    span = buckets if buckets > 0 else max_distance
    # Of the last key and the last query: all distances that rise from -(length - 1) to 0, and from 0 on.
    distances = torch.cat([found[:, -1], found[1:, 0]])
    cases.append({"buckets": buckets, "max_distance": max_distance,
                  "rows": torch.clamp(distances + span, 0, 2 * span - 1).tolist()})
with open("distances.json", "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
