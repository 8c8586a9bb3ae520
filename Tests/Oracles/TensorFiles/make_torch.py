"""Makes the state dicts that TorchFileTests and TorchCheckpointTests read, and what PyTorch has in them.

    python make_torch.py        (torch 2.13.0, safetensors 0.8.0, transformers 5.23.0; seed 16)
"""

import collections
import json
import os
from pathlib import Path

import safetensors.torch
import torch
import transformers

HERE = Path(__file__).parent
torch.manual_seed(16)

table = torch.randn(7, 5)
whole = torch.randn(13, 11)
state = collections.OrderedDict(
    float=torch.randn(3, 2, 5),
    half=torch.randn(17).half(),
    brain=torch.randn(5, 3).bfloat16(),
    double=torch.randn(2, 3, dtype=torch.float64),
    positions=torch.arange(11).reshape(1, 11),
    small=torch.tensor([3, -2], dtype=torch.int32),
    scalar=torch.tensor(1.5),
    empty=torch.zeros(0, 3),
    transposed=whole.t(),
    slice=whole[2:9:3, 1:8:2],
    permuted=torch.randn(2, 3, 5).permute(2, 0, 1).half(),
    parameter=torch.nn.Parameter(torch.randn(3)),
)
state["tied"] = state["table"] = table
state["row"] = table[3]
torch.save(state, HERE / "views.bin")
safetensors.torch.save_file(
    {name: tensor.detach().contiguous().clone() for name, tensor in state.items()}, HERE / "views.safetensors")

# The state dict of a module carries the versions of its parts.
torch.save(torch.nn.BatchNorm1d(3).state_dict(), HERE / "module.bin")
torch.save(state, HERE / "older.bin", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "model": {"weight": torch.ones(2)}}, HERE / "nested.bin")
torch.save({"weight": torch.ones(1).expand(3, 4)}, HERE / "expanded.bin")
torch.save(torch.ones(3), HERE / "bare.bin")


class Attack:
    def __reduce__(self):
        return os.system, ("touch attacked",)


torch.save({"weight": Attack()}, HERE / "attack.bin")

# An encoder as older checkpoints hold it: in half precision, in two shards, under the names of a model with a head.
folder = HERE / "encoder"
folder.mkdir(exist_ok=True)
config = transformers.RobertaConfig(
    vocab_size=23, hidden_size=10, num_hidden_layers=1, num_attention_heads=2, intermediate_size=14,
    max_position_embeddings=19, type_vocab_size=1, num_labels=3)
model = transformers.RobertaForSequenceClassification(config).half()
weights = model.state_dict()
weights["roberta.embeddings.position_ids"] = torch.arange(19).expand(1, 19).clone()
shards = {"pytorch_model-00001-of-00002.bin": {}, "pytorch_model-00002-of-00002.bin": {}}
for name, tensor in weights.items():
    shards[sorted(shards)["embeddings" not in name]][name] = tensor
for name, shard in shards.items():
    torch.save(shard, folder / name)
index = {"metadata": {}, "weight_map": {tensor: name for name, shard in shards.items() for tensor in shard}}
(folder / "pytorch_model.bin.index.json").write_text(json.dumps(index) + "\n")
config.to_json_file(folder / "config.json")
WORDS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] + [chr(c) for c in range(ord("a"), ord("a") + 16)] + ["ab", "\u0120a"]
(folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(WORDS)}) + "\n")
(folder / "merges.txt").write_text("#version: 0.2\na b\n")
ids = torch.tensor([[0, 5, 6, 7, 2], [0, 21, 8, 8, 2]])
with torch.no_grad():
    hidden = model.float().eval().roberta(ids).last_hidden_state
safetensors.torch.save_file({"ids": ids, "hidden": hidden.contiguous()}, folder / "expected.safetensors")
