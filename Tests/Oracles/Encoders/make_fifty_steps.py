"""50 steps of training of every architecture by PyTorch in float64: the loss of each.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260131; run it in this folder, after
make_gradients.py. Writes fifty-steps.safetensors: of each NAME, a classifier over the checkpoint and with the head of
gradients-NAME.safetensors, "NAME.ids" [T], "NAME.offsets" [21], "NAME.labels" [20] and "NAME.losses" [50]. Texts and labels are
drawn; no token is a padding token. Ten epochs of 20 rows in their order, 4 a step; AdamW at the rate 1e-3 with decay 0.1 but
for biases and norms, a warm-up of 2 steps and a linear decay, gradients clipped to the norm 1, no dropout.

Prints how far losses go from those in float64, as the largest |loss / loss in float64 - 1| of the 50 steps: in float32, and in
float64 from weights that are moved by at most half a unit of float32's last place, which tells what a training does with
rounding, whatever rounds.
"""

import torch
from safetensors.torch import load_file, save_file
from transformers import AlbertConfig, AlbertForSequenceClassification, BertConfig, BertForSequenceClassification
from transformers import DebertaV2Config, DebertaV2ForSequenceClassification
from transformers import DistilBertConfig, DistilBertForSequenceClassification
from transformers import ElectraConfig, ElectraForSequenceClassification
from transformers import ModernBertConfig, ModernBertForSequenceClassification
from transformers import MPNetConfig, MPNetForSequenceClassification
from transformers import RobertaConfig, RobertaForSequenceClassification
from transformers import get_linear_schedule_with_warmup

import in_double
from checkpoints import config, weights_of

SEED = 20260131
ROWS, B, EPOCHS, RATE, DECAY, WARMUP = 20, 4, 10, 1e-3, 0.1, 2
LONGEST, FIRST_ID = 23, 3
HEAD = ("classifier",)
# The name, the checkpoint's folder, its configuration, the model, the encoder's prefix, and what starts the names of the head.
CASES = [
    ("pooler", "bert-gelu", BertConfig, BertForSequenceClassification, "bert.", HEAD),
    ("distilbert", "distilbert", DistilBertConfig, DistilBertForSequenceClassification, "distilbert.",
     HEAD + ("pre_classifier",)),
    ("roberta", "roberta", RobertaConfig, RobertaForSequenceClassification, "roberta.", HEAD),
    ("electra", "electra", ElectraConfig, ElectraForSequenceClassification, "electra.", HEAD),
    ("albert", "albert", AlbertConfig, AlbertForSequenceClassification, "albert.", HEAD),
    ("albert-groups", "albert-groups", AlbertConfig, AlbertForSequenceClassification, "albert.", HEAD),
    ("mpnet", "mpnet", MPNetConfig, MPNetForSequenceClassification, "mpnet.", HEAD),
    ("deberta-v3", "deberta-v3", DebertaV2Config, DebertaV2ForSequenceClassification, "deberta.", HEAD + ("pooler",)),
    ("deberta-v2", "deberta-v2", DebertaV2Config, DebertaV2ForSequenceClassification, "deberta.", HEAD + ("pooler",)),
    ("modernbert", "modernbert", ModernBertConfig, ModernBertForSequenceClassification, "model.", HEAD + ("head",)),
]


def classifier(name, folder, kind, model, prefix, own, dtype):
    """The model, whose head is that of gradients-NAME.safetensors, and K."""
    golden = load_file(f"gradients-{name}.safetensors")
    K = golden["logits"].shape[1]
    built = model(config(folder, kind, num_labels=K))
    weights = weights_of(folder, prefix, own) | {k: v for k, v in golden.items() if k.startswith(own)}
    missing = built.load_state_dict(weights, strict=False).missing_keys
    assert not missing, missing
    return built.to(dtype).eval(), K


def losses(model, sequences, labels):
    is_plain = lambda name: "bias" in name or "norm" in name.lower()  # as the Trainer of transformers
    named = list(model.named_parameters())
    adamw = torch.optim.AdamW([
        {"params": [p for n, p in named if not is_plain(n)], "weight_decay": DECAY},
        {"params": [p for n, p in named if is_plain(n)], "weight_decay": 0.0}], lr=RATE)
    rates = get_linear_schedule_with_warmup(adamw, WARMUP, EPOCHS * ROWS // B)
    out = []
    for _ in range(EPOCHS):
        for start in range(0, ROWS, B):
            rows = range(start, start + B)
            z = torch.cat([model(input_ids=sequences[r][None]).logits for r in rows])
            loss = torch.nn.functional.cross_entropy(z, labels[list(rows)])
            adamw.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adamw.step()
            rates.step()
            out.append(loss.item())
    return torch.tensor(out, dtype=torch.float64)


def moved(model):
    generator = torch.Generator().manual_seed(SEED)
    with torch.no_grad():
        for value in model.parameters():
            share = torch.rand(value.shape, generator=generator, dtype=value.dtype) * 2 - 1
            value.mul_(1 + share * 2.0**-24)
    return model


if __name__ == "__main__":
    out = {}
    for number, case in enumerate(CASES):
        name = case[0]
        torch.manual_seed(SEED + number)
        model, K = classifier(*case, torch.float64)
        sequences = [torch.randint(FIRST_ID, model.config.vocab_size, (n,))
                     for n in torch.randint(1, LONGEST + 1, (ROWS,)).tolist()]
        labels = torch.randint(0, K, (ROWS,))
        exact = losses(model, sequences, labels)
        largest = lambda other: (losses(other, sequences, labels) / exact - 1).abs().max().item()
        print(f"{name}: loss {exact[0]:.3f} to {exact[-1]:.3f}; float32 {largest(classifier(*case, torch.float32)[0]):.1e}, "
              f"moved {largest(moved(classifier(*case, torch.float64)[0])):.1e}", flush=True)
        offsets = torch.tensor([0] + [len(s) for s in sequences]).cumsum(0)
        out |= {f"{name}.ids": torch.cat(sequences), f"{name}.offsets": offsets, f"{name}.labels": labels,
                f"{name}.losses": exact.float()}
    save_file({k: v.contiguous() for k, v in out.items()}, "fifty-steps.safetensors")
