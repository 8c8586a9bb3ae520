"""Trainings of the tiny encoder bert-gelu by PyTorch: losses, gradient norms and final logits.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260103; run it in this folder, after
make_encoders.py. Writes trajectories.safetensors, with sequences and labels drawn at random; dropout is 0 and the rows
are taken in their order. Keys that start with "single." are of one task, with warm-up, linear decay of the rate,
clipping and two batches a step; "turns." of two tasks that take turns, with class weights and StepLR; "drawn." of one
task with everything that is random, the head, the order of each epoch and dropout, as the package draws it (drawn.py).
"""

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForSequenceClassification, BertModel, get_linear_schedule_with_warmup

import drawn

SEED = 20260103
torch.manual_seed(SEED)
config = BertConfig.from_json_file("bert-gelu/config.json")
H, B, EPOCHS = config.hidden_size, 4, 3


class Classifier(torch.nn.Module):
    def __init__(self, labels):
        super().__init__()
        self.bert = BertModel(config)
        self.bert.load_state_dict(load_file("bert-gelu/model.safetensors"))
        self.heads = torch.nn.ModuleList([torch.nn.Linear(H, k) for k in labels])
        for head in self.heads:
            torch.nn.init.normal_(head.weight, 0, 0.25)
            torch.nn.init.normal_(head.bias, 0, 0.25)

    def forward(self, sequences, task):
        pooled = [self.bert(input_ids=s[None]).pooler_output[0] for s in sequences]
        return self.heads[task](torch.stack(pooled))


def data(rows, labels):
    lengths = torch.randint(1, 30, (rows,)).tolist()
    return [torch.randint(1, config.vocab_size, (n,)) for n in lengths], torch.randint(0, labels, (rows,))


def optimizer(model, rate, decay):
    plain = lambda name: name.endswith("bias") or "LayerNorm" in name
    named = list(model.named_parameters())
    return torch.optim.AdamW([
        {"params": [p for n, p in named if not plain(n)], "weight_decay": decay},
        {"params": [p for n, p in named if plain(n)], "weight_decay": 0.0}], lr=rate)


out = {}


def keep(name, model, tasks, losses, norms):
    for task, (sequences, labels) in enumerate(tasks):
        key = f"{name}{task}."
        out[key + "ids"] = torch.cat(sequences)
        out[key + "offsets"] = torch.tensor(np.cumsum([0] + [len(s) for s in sequences]))
        out[key + "labels"] = labels
    out[name + "losses"], out[name + "norms"] = torch.tensor(losses), torch.tensor(norms)


def final(name, model, tasks):
    with torch.no_grad():
        for task, (sequences, _) in enumerate(tasks):
            out[f"{name}{task}.logits"] = model.eval()(sequences, task)


def start(name, model):
    for task, head in enumerate(model.heads):
        out[f"{name}{task}.weight"], out[f"{name}{task}.bias"] = head.weight.detach().clone(), head.bias.detach().clone()
    return model.double().eval()  # eval: no dropout


# One task: 23 rows make 6 batches and 3 steps an epoch.
tasks = [data(23, 5)]
model = start("single.", Classifier([5]))
steps = 3 * EPOCHS
adamw = optimizer(model, 1e-3, 0.1)
rates = get_linear_schedule_with_warmup(adamw, 2, steps)
losses, norms = [], []
for _ in range(EPOCHS):
    batches = [range(i, min(23, i + B)) for i in range(0, 23, B)]
    for group in [batches[i:i + 2] for i in range(0, len(batches), 2)]:
        adamw.zero_grad()
        total = 0
        for rows in group:
            z = model([tasks[0][0][r] for r in rows], 0)
            loss = torch.nn.functional.cross_entropy(z, tasks[0][1][list(rows)]) / len(group)
            loss.backward()
            total += loss.item()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        adamw.step()
        rates.step()
        losses.append(total)
keep("single.", model, tasks, losses, norms)
final("single.", model, tasks)

# Two tasks in turn, until the shorter one ends: 5 rounds of the 20 rows of the second.
tasks = [data(29, 5), data(20, 3)]
model = start("turns.", Classifier([5, 3]))
adamw = optimizer(model, 5e-4, 0.01)
rates = torch.optim.lr_scheduler.StepLR(adamw, 2, 0.1)
weights = [len(y) / (k * torch.bincount(y, minlength=k).double()) for (_, y), k in zip(tasks, [5, 3])]
losses, norms = [], []
for _ in range(EPOCHS):
    for round in range(5):
        for task, (sequences, labels) in enumerate(tasks):
            rows = range(round * B, min(len(sequences), (round + 1) * B))
            z = model([sequences[r] for r in rows], task)
            loss = torch.nn.functional.cross_entropy(z, labels[list(rows)], weight=weights[task])
            adamw.zero_grad()
            loss.backward()
            norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1e9).item())
            adamw.step()
            losses.append(loss.item())
    rates.step()
keep("turns.", model, tasks, losses, norms)
final("turns.", model, tasks)

# One task again, with a new head, shuffled rows and dropout: 23 rows make 6 steps an epoch.
DRAWN_SEED, DROPOUT = 20260104, 0.1
imposed = drawn.Imposed()
torch.nn.functional.dropout = imposed
tasks = [data(23, 5)]
model = BertForSequenceClassification(BertConfig(**{
    **config.to_dict(), "num_labels": 5, "attn_implementation": "eager", "hidden_dropout_prob": DROPOUT,
    "attention_probs_dropout_prob": DROPOUT}))
model.bert.load_state_dict(load_file("bert-gelu/model.safetensors"))
model.classifier.weight.data = drawn.head(DRAWN_SEED, 5, H, config.initializer_range)
model.classifier.bias.data.zero_()
model = model.double().train()
out["drawn.head"] = model.classifier.weight.detach().clone()
adamw = optimizer(model, 1e-3, 0.1)
rates = get_linear_schedule_with_warmup(adamw, 2, 6 * EPOCHS)
losses, norms = [], []
for epoch in range(EPOCHS):
    order = drawn.order(DRAWN_SEED, epoch, 23)
    for rows in [order[i:i + B] for i in range(0, 23, B)]:
        logits, start = [], 0
        for number, row in enumerate(rows):
            sequence = tasks[0][0][row]
            imposed.masks = drawn.masks(
                config, DRAWN_SEED, len(losses), number, start, len(sequence), (DROPOUT,) * 3, True)
            logits.append(model(input_ids=sequence[None]).logits[0])
            assert not imposed.masks
            start += len(sequence)
        loss = torch.nn.functional.cross_entropy(torch.stack(logits), tasks[0][1][rows])
        adamw.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        adamw.step()
        rates.step()
        losses.append(loss.item())
keep("drawn.", model, tasks, losses, norms)
with torch.no_grad():
    out["drawn.0.logits"] = torch.stack([model.eval()(input_ids=s[None]).logits[0] for s in tasks[0][0]])

floats = lambda v: v.float() if v.is_floating_point() else v
save_file({k: floats(v).contiguous() for k, v in out.items()}, "trajectories.safetensors")
