"""Learning rates that fall from layer to layer, by PyTorch: each parameter's share, and a training.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260118; run it in this folder, after
make_encoders.py. Writes layer-rates.json and few-rows.safetensors. Groups are those of Zhang et al. 2021: head and pooler
have the whole rate, which is multiplied by the decay before each module of [embeddings, lowest layer, ..., top layer],
reversed. Tables of distances, which all layers read, are with the embeddings; a norm after the last layer is with the head.
layer-rates.json has the share of each parameter at a decay of 0.5. The training is of bert-gelu with a head, its rows and
labels drawn, at a decay of 0.75, with warm-up, linear decay over the steps, weight decay and clipping, without dropout.
"""

import json

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import (AutoConfig, AutoModelForSequenceClassification, BertConfig, BertForSequenceClassification,
                          get_linear_schedule_with_warmup)

SEED = 20260118
torch.manual_seed(SEED)


def groups(model, rate, decay):
    """Lists of (names, parameters, rate) that hold each parameter once."""
    base = model.base_model
    if hasattr(base, "encoder"):
        layers = list(base.encoder.layer)
    else:
        layers = list(base.transformer.layer) if hasattr(base, "transformer") else list(base.layers)
    lowest = list(base.embeddings.named_parameters())
    for name, parameter in base.named_parameters():
        if any(name.startswith(table) for table in [
                "encoder.relative_attention_bias", "encoder.rel_embeddings", "encoder.LayerNorm",
                "embeddings_project"]):
            lowest.append((name, parameter))
    modules = [[p for _, p in lowest]] + [list(layer.parameters()) for layer in layers]
    modules.reverse()
    found = []
    for parameters in modules:
        rate *= decay
        found.append((parameters, rate))
    return found


def rates(model, rate, decay):
    of = {id(p): share for parameters, share in groups(model, rate, decay) for p in parameters}
    return {name: of.get(id(p), rate) for name, p in model.named_parameters()}


shares = {}
for folder in ["bert-gelu", "distilbert", "roberta", "mpnet", "electra", "modernbert", "deberta-v3"]:
    config = AutoConfig.from_pretrained(folder)
    shares[folder] = rates(AutoModelForSequenceClassification.from_config(config), 1.0, 0.5)
with open("layer-rates.json", "w") as file:
    json.dump(shares, file, indent=0, sort_keys=True)
    file.write("\n")

config = BertConfig.from_json_file("bert-gelu/config.json")
config.num_labels = 3
model = BertForSequenceClassification(config)
missing = model.bert.load_state_dict(load_file("bert-gelu/model.safetensors"), strict=False)
assert not missing.missing_keys, missing
torch.nn.init.normal_(model.classifier.weight, 0, 0.25)
torch.nn.init.normal_(model.classifier.bias, 0, 0.25)
ROWS, B, EPOCHS, RATE, DECAY = 19, 4, 3, 1e-3, 0.1
lengths = torch.randint(1, 30, (ROWS,)).tolist()
sequences = [torch.randint(1, config.vocab_size, (n,)) for n in lengths]
labels = torch.randint(0, 3, (ROWS,))
out = {"ids": torch.cat(sequences), "offsets": torch.tensor(np.cumsum([0] + lengths)), "labels": labels,
       "weight": model.classifier.weight.detach().clone(), "bias": model.classifier.bias.detach().clone()}
model = model.double().eval()  # eval: no dropout
own = rates(model, RATE, 0.75)
adamw = torch.optim.AdamW([
    {"params": [p], "lr": own[name], "weight_decay": 0.0 if name.endswith("bias") or "LayerNorm" in name else DECAY}
    for name, p in model.named_parameters()])
schedule = get_linear_schedule_with_warmup(adamw, 2, EPOCHS * -(-ROWS // B))
logits = lambda rows: torch.cat([model(input_ids=sequences[r][None]).logits for r in rows])
losses = []
for _ in range(EPOCHS):
    for start in range(0, ROWS, B):
        rows = list(range(start, min(ROWS, start + B)))
        adamw.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits(rows), labels[rows])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adamw.step()
        schedule.step()
        losses.append(loss.item())
out["losses"] = torch.tensor(losses)
with torch.no_grad():
    out["logits"] = logits(range(ROWS)).float()
# What the rates do to weights far below the head, those of tokens in no row among them.
for name in ["bert.embeddings.word_embeddings.weight", "bert.embeddings.LayerNorm.weight",
             "bert.encoder.layer.0.attention.self.query.weight", "bert.encoder.layer.1.output.dense.bias"]:
    out[name] = dict(model.named_parameters())[name].detach().float()
save_file(out, "few-rows.safetensors")
