"""The checkpoints of make_encoders.py as generators of golden files read them."""

import os

from safetensors.torch import load_file


def config(folder, kind, **extra):
    """The configuration of a checkpoint, with eager attention."""
    known = kind.from_json_file(f"{folder}/config.json")
    return known.__class__(**{**known.to_dict(), "attn_implementation": "eager", **extra})


def weights_of(folder, prefix, own):
    """The weights of a checkpoint under today's names; the prefix of the encoder stands before all but those that start with
    one of `own`."""
    weights = {}
    for file in sorted(os.listdir(folder)):
        if file.endswith(".safetensors") and file != "expected.safetensors":
            weights.update(load_file(f"{folder}/{file}"))
    rename = lambda k: k.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")
    return {(k if k.startswith((prefix, *own)) else prefix + k): v.float() for k, v in ((rename(k), v) for k, v in weights.items())}
