"""LoRA on the tiny encoder bert-gelu by peft: a training of 50 steps, and the logits after it.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, peft 0.21.2, safetensors 0.8.0, seed 20260119; run it in this
folder, after make_encoders.py. Writes lora.safetensors. The first factors are drawn as the package draws them (drawn.py),
from the bounds of peft's kaiming_uniform_, which is checked; the second ones are 0. Rank 4, alpha 6, of query and value;
rows and labels are drawn, batches of 4 in their order, warm-up of 5 steps, linear decay, weight decay, clipping, no
dropout. "trained.KEY" is the head after it; "merged.KEY" are matrices of the encoder after merge_and_unload; the factors have peft's names below its own prefix.
"""

import math
import tempfile

import numpy as np
import torch
from peft import LoraConfig, TaskType, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForSequenceClassification, get_linear_schedule_with_warmup

import drawn

SEED = 20260119
torch.manual_seed(SEED)
config = BertConfig.from_json_file("bert-gelu/config.json")
config.num_labels = 3
model = BertForSequenceClassification(config)
assert not model.bert.load_state_dict(load_file("bert-gelu/model.safetensors"), strict=False).missing_keys
torch.nn.init.normal_(model.classifier.weight, 0, 0.25)
torch.nn.init.normal_(model.classifier.bias, 0, 0.25)
ROWS, B, STEPS, RATE, DECAY, RANK, ALPHA = 20, 4, 50, 5e-3, 0.1, 4, 6
lengths = torch.randint(1, 30, (ROWS,)).tolist()
sequences = [torch.randint(1, config.vocab_size, (n,)) for n in lengths]
labels = torch.randint(0, 3, (ROWS,))
out = {"ids": torch.cat(sequences), "offsets": torch.tensor(np.cumsum([0] + lengths)), "labels": labels,
       "weight": model.classifier.weight.detach().clone(), "bias": model.classifier.bias.detach().clone()}
model = get_peft_model(model, LoraConfig(task_type=TaskType.SEQ_CLS, r=RANK, lora_alpha=ALPHA, lora_dropout=0.0,
                                         target_modules=["query", "value"]))
trained = [n for n, p in model.named_parameters() if p.requires_grad]
assert len(trained) == 2 * 2 * 2 + 2, trained
number = 0
for name, parameter in model.named_parameters():
    if "lora_A" in name:
        bound = 1 / math.sqrt(parameter.shape[1])
        assert 0.8 * bound < parameter.abs().max() <= bound, (bound, parameter.abs().max())
        parameter.data = torch.tensor(drawn.low_rank_factor(SEED, number, tuple(parameter.shape)))
        number += 1
model = model.double().eval()  # eval: no dropout
plain = lambda name: name.endswith("bias") or "LayerNorm" in name
named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
adamw = torch.optim.AdamW([
    {"params": [p for n, p in named if not plain(n)], "weight_decay": DECAY},
    {"params": [p for n, p in named if plain(n)], "weight_decay": 0.0}], lr=RATE)
schedule = get_linear_schedule_with_warmup(adamw, 5, STEPS)
logits = lambda rows: torch.cat([model(input_ids=sequences[r][None]).logits for r in rows])
losses = []
for step in range(STEPS):
    rows = [(step * B + i) % ROWS for i in range(B)]
    adamw.zero_grad()
    loss = torch.nn.functional.cross_entropy(logits(rows), labels[rows])
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
    adamw.step()
    schedule.step()
    losses.append(loss.item())
out["losses"] = torch.tensor(losses)
with torch.no_grad():
    out["logits"] = logits(range(ROWS)).float()
for name, parameter in named:
    for factor in "AB":
        if f"lora_{factor}" in name:
            short = name.removeprefix("base_model.model.").replace(".default", "")
            out[short] = parameter.detach().float().clone()
# What peft writes: its names are these below its prefix, and the trained head is among them.
with tempfile.TemporaryDirectory() as folder:
    model.save_pretrained(folder)
    saved = load_file(f"{folder}/adapter_model.safetensors")
for key in "weight", "bias":
    out[f"trained.{key}"] = saved.pop(f"base_model.model.classifier.{key}").float()
assert {f"base_model.model.{key}" for key in out if "lora_" in key} == saved.keys(), saved.keys()
merged = model.merge_and_unload()
for name, parameter in merged.named_parameters():
    if "attention.self" in name and name.endswith("weight"):
        out[f"merged.{name}"] = parameter.detach().float().clone()
save_file(out, "lora.safetensors")
print(losses[0], losses[-1], sorted(k for k in out if "lora" in k))
