"""Gradients of classifiers over the encoders of make_encoders.py, by PyTorch's autograd in float64.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260102; run it in this folder, after
make_encoders.py. Each gradients-NAME.safetensors holds the head ("classifier.weight", "classifier.bias" and, where the
checkpoint has none, the pooler), the targets, the loss, the logits, and for every parameter "gradient.KEY", rounded to
float32; so autograd is not believed unchecked: "difference.KEY" holds central differences of the loss in float64 at a
few places, "places.KEY" which (into the flattened tensor). Dropout's masks are those of drawn.py.
"""

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForSequenceClassification, DistilBertConfig
from transformers import AlbertConfig, AlbertForSequenceClassification
from transformers import DistilBertForSequenceClassification, MPNetConfig, MPNetForSequenceClassification
from transformers import ElectraConfig, ElectraForSequenceClassification
from transformers import DebertaV2Config, DebertaV2ForSequenceClassification
from transformers import ModernBertConfig, ModernBertForSequenceClassification
from transformers import RobertaConfig, RobertaForSequenceClassification

import in_double
from checkpoints import config, weights_of
from drawn import Imposed, deberta_masks, masks, modernbert_masks

SEED = 20260102
DROPOUT_SEED = 0x0123456789ABCDEF
STEP = 7
torch.manual_seed(SEED)
imposed = Imposed()
torch.nn.functional.dropout = imposed


def randomize(model, names):
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.startswith(names):
                value.normal_(0, 0.25)


def write(name, folder, model, prefix, own, labels, pooling, loss, probabilities=None, classifiers=1,
          masks=masks):
    randomize(model, own)
    missing = model.load_state_dict(weights_of(folder, prefix, own), strict=False).missing_keys
    assert all(k.startswith(own) for k in missing), missing
    head = {k: v.detach().float().clone() for k, v in model.state_dict().items() if k in missing}
    model = model.double().train()
    batch = load_file(f"{folder}/expected.safetensors")
    ids, types, offsets = batch["ids"], batch["token_types"], batch["offsets"].tolist()
    drawn = [masks(model.config, DROPOUT_SEED, STEP, sequence, start, end - start, probabilities, pooling != "mean",
                   classifiers)
             if probabilities else []
             for sequence, (start, end) in enumerate(zip(offsets, offsets[1:]))]

    def forward():
        logits = []
        for sequence, (start, end) in enumerate(zip(offsets, offsets[1:])):
            has_types = getattr(model.config, "type_vocab_size", 0) > 1
            extra = {"token_type_ids": types[None, start:end]} if has_types else {}
            imposed.masks = list(drawn[sequence])
            inputs = dict(input_ids=ids[None, start:end], attention_mask=torch.ones(1, end - start), **extra)
            if pooling == "mean":
                states = model.bert(**inputs).last_hidden_state[0]
                logits.append(model.classifier(states.mean(0)))
            else:
                logits.append(model(**inputs).logits[0])
            assert not imposed.masks
        return torch.stack(logits)

    logits = forward()
    value = loss(logits, labels)
    value.backward()
    out = {"targets": labels, "loss": value.detach().float()[None], "logits": logits.detach().float(), **head}
    for key, parameter in model.named_parameters():
        if parameter.grad is not None:
            out[f"gradient.{key}"] = parameter.grad.float()
            module = model.get_submodule(key.rpartition(".")[0])
            padding = getattr(module, "padding_idx", None)
            out[f"places.{key}"], out[f"difference.{key}"] = differences(
                parameter, lambda: loss(forward(), labels), padding)
    save_file({k: v.contiguous() for k, v in out.items()}, f"gradients-{name}.safetensors")


def differences(parameter, value, padding, count=4, step=1e-5):
    """Central differences at the place of the largest gradient and at some drawn ones, but for a padding token's row, which
    PyTorch gives no gradient."""
    size = parameter.numel()
    places = np.unique(np.append(np.random.default_rng(SEED).integers(0, size, count - 1),
                                 parameter.grad.abs().argmax().item()))
    if padding is not None:
        places = places[places // parameter.shape[1] != padding]
    flat, out = parameter.data.view(-1), []
    with torch.no_grad():
        for place in places:
            before = flat[place].item()
            flat[place] = before + step
            above = value().item()
            flat[place] = before - step
            out.append((above - value().item()) / (2 * step))
            flat[place] = before
    return torch.tensor(places), torch.tensor(out, dtype=torch.float32)


# The pooler, cross-entropy with class weights and smoothing, and dropout of three probabilities; token types.
weights = torch.tensor([0.3, 2.0, 0.7, 1.1, 5.0], dtype=torch.float64)
write("pooler", "bert-gelu",
      BertForSequenceClassification(config("bert-gelu", BertConfig, num_labels=5, classifier_dropout=0.3)), "bert.",
      ("classifier",), torch.randint(0, 5, (6,)), "pooler",
      lambda z, y: torch.nn.functional.cross_entropy(z, y, weight=weights, label_smoothing=0.1), (0.1, 0.2, 0.3))

# The mean of the tokens, and sets of labels with weights for those that are present.
positive = torch.tensor([1.0, 3.0, 0.5, 10.0, 2.0, 1.0, 7.0], dtype=torch.float64)
write("mean", "bert-tanh", BertForSequenceClassification(config("bert-tanh", BertConfig, num_labels=7)), "bert.",
      ("classifier", "bert.pooler"), torch.randint(0, 2, (4, 7)), "mean",
      lambda z, y: torch.nn.functional.binary_cross_entropy_with_logits(z, y.double(), pos_weight=positive))

# DistilBERT's head with ReLU, plain cross-entropy.
write("distilbert", "distilbert",
      DistilBertForSequenceClassification(config("distilbert", DistilBertConfig, num_labels=3)), "distilbert.",
      ("classifier", "pre_classifier"), torch.randint(0, 3, (3,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y))

# RoBERTa's head of two layers, with dropout before each.
write("roberta", "roberta",
      RobertaForSequenceClassification(config("roberta", RobertaConfig, num_labels=3, classifier_dropout=0.3)),
      "roberta.", ("classifier",), torch.randint(0, 3, (4,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.3), classifiers=2)

# ModernBERT's head, a layer with GELU and a norm, of the first token; dropout in all of its places.
torch.manual_seed(SEED + 31)
write("modernbert", "modernbert",
      ModernBertForSequenceClassification(config(
          "modernbert", ModernBertConfig, num_labels=3, embedding_dropout=0.1, attention_dropout=0.2, mlp_dropout=0.15,
          classifier_dropout=0.3)),
      "model.", ("head", "classifier"), torch.randint(0, 3, (5,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.3, 0.15), masks=modernbert_masks)

# The same of the mean, with biases and ReLU.
write("modernbert-mean", "modernbert-biases",
      ModernBertForSequenceClassification(config(
          "modernbert-biases", ModernBertConfig, num_labels=4, classifier_pooling="mean", classifier_bias=True,
          classifier_activation="relu")),
      "model.", ("head", "classifier"), torch.randint(0, 4, (3,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y))
# ELECTRA's projection, and its head of two layers with GELU and dropout before each.
torch.manual_seed(SEED + 1)
write("electra", "electra",
      ElectraForSequenceClassification(config("electra", ElectraConfig, num_labels=3, classifier_dropout=0.3)),
      "electra.", ("classifier",), torch.randint(0, 3, (4,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.3), classifiers=2)

# ALBERT: the gradient of one layer's weights is a sum over all layers, that of a group's one over its layers.
torch.manual_seed(SEED + 2)
for name, labels, rows in (("albert", 5, 4), ("albert-groups", 3, 3)):
    write(name, name,
          AlbertForSequenceClassification(config(name, AlbertConfig, num_labels=labels, classifier_dropout_prob=0.3)),
          "albert.", ("classifier",), torch.randint(0, labels, (rows,)), "cls",
          lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.3))
# MPNet's head is RoBERTa's, with the hidden layers' dropout.
torch.manual_seed(SEED)  # so that what stands above may grow
write("mpnet", "mpnet", MPNetForSequenceClassification(config("mpnet", MPNetConfig, num_labels=3)), "mpnet.",
      ("classifier",), torch.randint(0, 3, (4,)), "cls",
      lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.1), classifiers=2)

# DeBERTa: each of its terms, and both; what the table of relative positions is given by every layer. Its pooler's dropout has
# a probability of its own.
for seed, name in enumerate(("v3", "v2", "c2p", "p2c")):
    torch.manual_seed(SEED + 11 + seed)
    kind = config(f"deberta-{name}", DebertaV2Config, num_labels=3)
    rows = {"v3": 6}.get(name, 4)
    write(f"deberta-{name}", f"deberta-{name}", DebertaV2ForSequenceClassification(kind), "deberta.",
          ("classifier", "pooler"), torch.randint(0, 3, (rows,)), "cls",
          lambda z, y: torch.nn.functional.cross_entropy(z, y), (0.1, 0.2, 0.3, 0.15), masks=deberta_masks)
