"""The tiny encoder bert-gelu on pairs of texts: loss and gradients of a batch, and a training, by PyTorch in float64.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, sentence-transformers 6.2.0, safetensors 0.8.0, seed 20260105;
run it in this folder, after make_encoders.py. Writes pairs.safetensors. The loss is CosineSimilarityLoss of
sentence-transformers on the means of the tokens' vectors, each side of a pair encoded by itself, without dropout.
Sequences are drawn at random ("ids", "offsets"), pairs too ("first", "second", "similarity"): the batch has texts
several times, a pair of a text with itself and two texts of the same tokens. "gradient.KEY" is rounded to float32;
"difference.KEY" holds central differences of the loss in float64 at the places "places.KEY". Keys that start with
"training." are of a training on the same texts: linear decay of the rate after a warm-up of 0.1, rounded up, weight
decay, clipping, the pairs in their order.
"""

import math

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers.sentence_transformer.losses import CosineSimilarityLoss
from transformers import BertConfig, BertModel, get_linear_schedule_with_warmup

SEED = 20260105
torch.manual_seed(SEED)
config = BertConfig.from_json_file("bert-gelu/config.json")
TEXTS, PAIRS, B, EPOCHS, RATE, DECAY, WARMUP = 11, 13, 4, 4, 1e-3, 0.01, 0.1

lengths = torch.randint(1, 30, (TEXTS,)).tolist()
sequences = [torch.randint(1, config.vocab_size, (n,)) for n in lengths]
sequences[7] = sequences[2].clone()


def draw(count):
    first, second = torch.randint(0, TEXTS, (count,)), torch.randint(0, TEXTS, (count,))
    return first, second, torch.randint(0, 2, (count,)).double()


first, second, similarity = draw(PAIRS)
first[3], second[3], similarity[3] = 5, 5, 0  # itself, and yet called different: its gradient is 0
first[4], second[4], similarity[4] = 2, 7, 1
first[5], second[5], similarity[5] = 7, 1, 0.25
out = {"ids": torch.cat(sequences), "offsets": torch.tensor(np.cumsum([0] + [len(s) for s in sequences])), "first": first,
       "second": second, "similarity": similarity}


def fresh():
    model = BertModel(config)
    model.load_state_dict(load_file("bert-gelu/model.safetensors"))
    return model.double().eval()  # eval: no dropout


def loss_of(model, first, second, similarity):
    sides = [torch.stack([model(input_ids=sequences[t][None]).last_hidden_state[0].mean(0) for t in side.tolist()])
             for side in (first, second)]
    return CosineSimilarityLoss(None).compute_loss_from_embeddings(sides, similarity)


model = fresh()
value = loss_of(model, first, second, similarity)
value.backward()
out["loss"] = value.detach()[None]
generator = np.random.default_rng(SEED)
for key, parameter in model.named_parameters():
    if parameter.grad is None:
        continue  # the pooler's
    out[f"gradient.bert.{key}"] = parameter.grad
    places = np.unique(np.append(generator.integers(0, parameter.numel(), 3), parameter.grad.abs().argmax().item()))
    if key == "embeddings.word_embeddings.weight":
        places = places[places // parameter.shape[1] != config.pad_token_id]
    flat, slopes, step = parameter.data.view(-1), [], 1e-5
    with torch.no_grad():
        for place in places:
            before = flat[place].item()
            flat[place] = before + step
            above = loss_of(model, first, second, similarity).item()
            flat[place] = before - step
            slopes.append((above - loss_of(model, first, second, similarity).item()) / (2 * step))
            flat[place] = before
    out[f"places.bert.{key}"], out[f"difference.bert.{key}"] = torch.tensor(places), torch.tensor(slopes)

# 23 pairs make 6 steps an epoch.
first, second, similarity = draw(23)
out.update({"training.first": first, "training.second": second, "training.similarity": similarity})
model = fresh()
plain = lambda name: name.endswith("bias") or "LayerNorm" in name
named = list(model.named_parameters())
adamw = torch.optim.AdamW([
    {"params": [p for n, p in named if not plain(n)], "weight_decay": DECAY},
    {"params": [p for n, p in named if plain(n)], "weight_decay": 0.0}], lr=RATE)
steps = math.ceil(23 / B) * EPOCHS
rates = get_linear_schedule_with_warmup(adamw, math.ceil(WARMUP * steps), steps)
losses, norms = [], []
for _ in range(EPOCHS):
    for start in range(0, 23, B):
        rows = slice(start, start + B)
        adamw.zero_grad()
        value = loss_of(model, first[rows], second[rows], similarity[rows])
        value.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        adamw.step()
        rates.step()
        losses.append(value.item())
out["training.losses"], out["training.norms"] = torch.tensor(losses), torch.tensor(norms)
with torch.no_grad():
    out["training.vectors"] = torch.stack([model(input_ids=s[None]).last_hidden_state[0].mean(0) for s in sequences])

floats = lambda v: v.float() if v.is_floating_point() else v
save_file({k: floats(v).contiguous() for k, v in out.items()}, "pairs.safetensors")
print(losses[0], losses[-1], min(norms), max(norms))
