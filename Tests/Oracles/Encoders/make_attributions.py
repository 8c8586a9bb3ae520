"""Integrated gradients of classifiers over the encoders of make_encoders.py, by PyTorch's autograd in float64.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0; nothing is drawn. Run it in this folder, after
make_gradients.py, whose heads are taken. attributions.safetensors holds for each NAME of gradients-NAME.safetensors, of the
sequences of its checkpoint's expected.safetensors without token types: NAME.ids [T], NAME.offsets [B + 1], NAME.baseline [T]
(every token but a sequence's first and last is token 7 there), NAME.labels [B], the label of each sequence, NAME.score and
NAME.baseline_score [B], its log-odds, and NAME.contributions [T], by 16 steps between the outputs of the embeddings.
Autograd is not believed unchecked: by 256 steps the contributions add up to the difference of the scores, and no value is
so small that a test would compare nothing.
"""

import torch
from safetensors.torch import load_file, save_file
from transformers import AlbertConfig, AlbertForSequenceClassification
from transformers import BertConfig, BertForSequenceClassification, DebertaV2Config, DebertaV2ForSequenceClassification
from transformers import DistilBertConfig, DistilBertForSequenceClassification
from transformers import ElectraConfig, ElectraForSequenceClassification, MPNetConfig, MPNetForSequenceClassification
from transformers import ModernBertConfig, ModernBertForSequenceClassification
from transformers import RobertaConfig, RobertaForSequenceClassification
import in_double
import os

STEPS, FINE, MASK = 16, 256, 7
torch.set_num_threads(1)


def weights_of(folder, prefix, own):
    weights = {}
    for file in sorted(os.listdir(folder)):
        if file.endswith(".safetensors") and file != "expected.safetensors":
            weights.update(load_file(f"{folder}/{file}"))
    rename = lambda k: k.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")
    named = ((rename(k), v) for k, v in weights.items())
    return {(k if k.startswith((prefix, *own)) else prefix + k): v.float() for k, v in named}


def log_odds(logits, label, multilabel):
    if multilabel:
        return logits[:, label]
    others = [k for k in range(logits.shape[1]) if k != label]
    return logits[:, label] - logits[:, others].logsumexp(1)


def attributions(name, folder, kind, configuration, prefix, own, labels, multilabel=False, **extra):
    stated = configuration.from_json_file(f"{folder}/config.json").to_dict()
    model = kind(configuration(**{**stated, "attn_implementation": "eager", "num_labels": labels, **extra}))
    head = {k: v for k, v in load_file(f"gradients-{name}.safetensors").items()
            if k.startswith((*own, "classifier", "pooler", "head", "pre_classifier", "bert.pooler"))}
    weights = {**weights_of(folder, prefix, own), **head}
    missing = model.load_state_dict(weights, strict=False).missing_keys
    assert all(k.startswith("bert.pooler") and multilabel for k in missing), missing
    model = model.double().eval()
    seen = {"put": None}

    def hook(module, inputs, output):
        seen["made"] = output.detach()
        return output if seen["put"] is None else seen["put"]

    model.base_model.embeddings.register_forward_hook(hook)

    def score(ids, label, rows=1):
        ids = ids[None].expand(rows, -1)
        inputs = dict(input_ids=ids, attention_mask=torch.ones_like(ids))
        if multilabel:  # the mean of the tokens
            logits = model.classifier(model.bert(**inputs).last_hidden_state.mean(1))
        else:
            logits = model(**inputs).logits
        return log_odds(logits, label, multilabel)

    def line(ids, x, b, label, steps):
        total = torch.zeros_like(x)
        for first in range(0, steps, 16):
            places = (torch.arange(first, first + 16, dtype=torch.float64) + 0.5) / steps
            seen["put"] = (b + places[:, None, None] * (x - b)).requires_grad_()
            total += torch.autograd.grad(score(ids, label, 16).sum(), seen["put"])[0].sum(0, keepdim=True)
        seen["put"] = None
        return ((x - b) * total / steps).sum(-1)[0]

    batch = load_file(f"{folder}/expected.safetensors")
    offsets = batch["offsets"].tolist()
    out = {key: [] for key in ("labels", "score", "baseline_score", "contributions", "baseline")}
    for sequence, (start, end) in enumerate(zip(offsets, offsets[1:])):
        ids, label = batch["ids"][start:end], sequence % labels
        baseline = ids.clone()
        baseline[1:-1] = MASK
        with torch.no_grad():
            b_score, b = score(baseline, label)[0], 0
            b = seen["made"]
            x_score, x = score(ids, label)[0], 0
            x = seen["made"]
        fine = line(ids, x, b, label, FINE).sum()
        assert abs(fine - (x_score - b_score)) < 2e-2 * max(1, abs(x_score - b_score)), (name, fine, x_score - b_score)
        out["labels"].append(torch.tensor(label))
        out["score"].append(x_score)
        out["baseline_score"].append(b_score)
        out["contributions"].append(line(ids, x, b, label, STEPS))
        out["baseline"].append(baseline)
    tensors = {"labels": torch.stack(out["labels"]), "score": torch.stack(out["score"]).float(),
               "baseline_score": torch.stack(out["baseline_score"]).float(),
               "contributions": torch.cat(out["contributions"]).float(), "baseline": torch.cat(out["baseline"]),
               "ids": batch["ids"], "offsets": batch["offsets"]}
    largest = tensors["contributions"].abs().max().item()
    print(name, largest)
    assert largest > 1e-2, (name, largest)
    return {f"{name}.{key}": value.contiguous() for key, value in tensors.items()}


every = {}
for case in (
        ("pooler", "bert-gelu", BertForSequenceClassification, BertConfig, "bert.", ("classifier",), 5),
        ("mean", "bert-tanh", BertForSequenceClassification, BertConfig, "bert.", ("classifier",), 7, True),
        ("distilbert", "distilbert", DistilBertForSequenceClassification, DistilBertConfig, "distilbert.",
         ("classifier", "pre_classifier"), 3),
        ("roberta", "roberta", RobertaForSequenceClassification, RobertaConfig, "roberta.", ("classifier",), 3),
        ("electra", "electra", ElectraForSequenceClassification, ElectraConfig, "electra.", ("classifier",), 3),
        ("albert", "albert", AlbertForSequenceClassification, AlbertConfig, "albert.", ("classifier",), 5),
        ("albert-groups", "albert-groups", AlbertForSequenceClassification, AlbertConfig, "albert.", ("classifier",), 3),
        ("mpnet", "mpnet", MPNetForSequenceClassification, MPNetConfig, "mpnet.", ("classifier",), 3),
        ("modernbert", "modernbert", ModernBertForSequenceClassification, ModernBertConfig, "model.",
         ("head", "classifier"), 3),
        *((f"deberta-{name}", f"deberta-{name}", DebertaV2ForSequenceClassification, DebertaV2Config, "deberta.",
           ("classifier", "pooler"), 3) for name in ("v3", "v2", "c2p", "p2c")),
):
    every.update(attributions(*case))
save_file(every, "attributions.safetensors")
