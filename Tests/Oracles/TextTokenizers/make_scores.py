"""Writes scores.json: decimal numbers, and the doubles that tokenizers 0.23.3 reads for them as scores of a Unigram
vocabulary (Python 3.11, seed 5). It reads one in ten numbers of 17 digits a unit in the last place off.

Usage: python make_scores.py, in this folder.
"""

import json
import random
from pathlib import Path

from tokenizers import Tokenizer, __version__

assert __version__ == "0.23.3", __version__
random.seed(5)
texts = [repr(-random.uniform(0, 20)) for _ in range(160)]
texts += [f"{random.uniform(-1, 1) * 10 ** random.randint(-320, 300)!r}" for _ in range(60)]
texts += ["".join(random.choices("123456789", k=n)) + "." + "".join(random.choices("0123456789", k=m))
          for n in (1, 5, 18, 19, 20, 21, 30) for m in (1, 3, 17, 25)]
texts += ["".join(random.choices("123456789", k=n)) for n in (19, 20, 21, 40)]
texts += ["-1.5e-7", "2E+3", "0.0", "-0.0", "1e-330", "5e-324", "1.7976931348623157e308", "0e999", "123456789012345678901e-30"]
vocabulary = ", ".join(f'["t{i}", {text}]' for i, text in enumerate(texts))
tokenizer = Tokenizer.from_str(
    '{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null, "pre_tokenizer": null, '
    '"post_processor": null, "decoder": null, "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false, "vocab": ['
    + vocabulary + "]}}")
# What it writes is read back exactly.
read = [score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]]
Path("scores.json").write_text(
    "[" + ",\n".join(f'["{text}", "{float(value).hex()}"]' for text, value in zip(texts, read)) + "]\n")
print(sum(float(t) != v for t, v in zip(texts, read)), "of", len(texts), "are not the nearest double")
