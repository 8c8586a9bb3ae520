"""Tiny encoders with random weights in Hugging Face's layout, and what transformers makes of some token ids with them.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, seed 20260101; run it in this folder. Each
folder holds a checkpoint and expected.safetensors: ids [T] (I64), token_types [T], offsets [B + 1], and, computed in
float64 from the weights as stored and rounded to float32, hidden [T, H], mean [B, H], cls [B, H], pooler [B, H], and of a
classifier logits [B, K].
Sizes are primes where they can be; sequences go from one token to more than a panel; H exceeds B x T in some.
"""

import json
import os
import shutil

import torch
from safetensors.torch import save_file
from transformers import AlbertConfig, AlbertForPreTraining, AlbertForSequenceClassification
from transformers import BertConfig, BertModel, DistilBertConfig, DistilBertModel, MPNetConfig, MPNetModel
from transformers import CamembertConfig, CamembertForSequenceClassification
from transformers import Data2VecTextConfig, Data2VecTextForSequenceClassification
from transformers import ElectraConfig, ElectraForPreTraining, ElectraForSequenceClassification
from transformers import DebertaV2Config, DebertaV2ForSequenceClassification, DebertaV2Model
from transformers import ModernBertConfig, ModernBertModel, RobertaConfig, RobertaModel
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

import in_double

SEED = 20260101
STANDARD_DEVIATION = 0.25  # large enough for attention to be far from uniform
torch.manual_seed(SEED)


def randomize(model):
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.normal_(0, STANDARD_DEVIATION)
            if "norm" in name.lower() and name.endswith("weight"):
                value.add_(1)


def expected(model, lengths, types, folder):
    model = model.double().eval()
    vocabulary = model.config.vocab_size
    ids = [torch.randint(0, vocabulary, (n,)) for n in lengths]
    kinds = [torch.randint(0, types, (n,)) if types else torch.zeros(n, dtype=torch.long) for n in lengths]
    hidden, pooler, logits = [], [], []
    for sequence, kind in zip(ids, kinds):
        extra = {"token_type_ids": kind[None]} if types else {}
        inputs = dict(input_ids=sequence[None], attention_mask=torch.ones(1, len(sequence)), **extra)
        with torch.inference_mode():
            out = model.base_model(**inputs)
            if type(model).__name__.endswith("ForSequenceClassification"):
                logits.append(model(**inputs).logits[0])
        hidden.append(out.last_hidden_state[0])
        if getattr(out, "pooler_output", None) is not None:
            pooler.append(out.pooler_output[0])
    tensors = {
        "ids": torch.cat(ids), "token_types": torch.cat(kinds),
        "offsets": torch.tensor([0] + list(torch.tensor(lengths).cumsum(0))),
        "hidden": torch.cat(hidden).float(), "mean": torch.stack([h.mean(0) for h in hidden]).float(),
        "cls": torch.stack([h[0] for h in hidden]).float(),
    }
    if pooler:
        tensors["pooler"] = torch.stack(pooler).float()
    if logits:
        tensors["logits"] = torch.stack(logits).float()
    save_file({k: v.contiguous() for k, v in tensors.items()}, f"{folder}/expected.safetensors")


def write(folder, model, lengths, types, dtype=torch.float32, prefix="", rename=lambda name: name, shards=1):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    randomize(model)
    weights = {k: v.detach().to(dtype) for k, v in model.state_dict().items()}
    model.load_state_dict({k: v.float() for k, v in weights.items()})
    stored = {prefix + rename(k): v.clone() for k, v in weights.items()}
    with open(f"{folder}/config.json", "w") as file:
        kept = model.config.to_dict()
        for key in ("transformers_version", "_name_or_path", "dtype"):
            kept.pop(key, None)
        json.dump(kept, file, indent=1, sort_keys=True)
        file.write("\n")
    if shards == 1:
        save_file(stored, f"{folder}/model.safetensors", {"format": "pt"})
    else:
        names = sorted(stored)
        index = {"metadata": {}, "weight_map": {}}
        for shard in range(shards):
            file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
            part = names[shard::shards]
            save_file({k: stored[k] for k in part}, f"{folder}/{file}", {"format": "pt"})
            index["weight_map"].update({k: file for k in part})
        with open(f"{folder}/model.safetensors.index.json", "w") as file:
            json.dump(index, file, indent=1, sort_keys=True)
            file.write("\n")
    expected(model, lengths, types, folder)


def bert(pooling=True, **sizes):
    return BertModel(BertConfig(**sizes), add_pooling_layer=pooling)


# Exact GELU, token types, heads narrower than a panel.
write("bert-gelu", bert(vocab_size=53, hidden_size=35, num_hidden_layers=2, num_attention_heads=5,
                        intermediate_size=71, max_position_embeddings=67, type_vocab_size=3),
      [3, 61, 17, 1, 29, 37], 3)

# tanh GELU, one head wider than a panel, no pooler; names with prefix, and gamma and beta.
def older(name):
    return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")

write("bert-tanh", bert(False, vocab_size=41, hidden_size=37, num_hidden_layers=3, num_attention_heads=1,
                        intermediate_size=59, max_position_embeddings=23, type_vocab_size=2,
                        hidden_act="gelu_new", layer_norm_eps=1e-5),
      [2, 11, 23, 7], 2, prefix="bert.", rename=older)

# ReLU, stored as float16; more hidden than tokens.
write("bert-relu-f16", bert(vocab_size=31, hidden_size=94, num_hidden_layers=1, num_attention_heads=2,
                            intermediate_size=101, max_position_embeddings=19, type_vocab_size=2,
                            hidden_act="relu"),
      [5, 13], 2, dtype=torch.float16)

# Stored as bfloat16.
write("bert-bf16", bert(vocab_size=29, hidden_size=62, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=67, max_position_embeddings=13, type_vocab_size=2),
      [5, 3, 13], 2, dtype=torch.bfloat16)

# No token types, no pooler; prefix; two shards and an index.
write("distilbert", DistilBertModel(DistilBertConfig(
    vocab_size=43, dim=33, n_layers=2, n_heads=3, hidden_dim=73, max_position_embeddings=31)),
      [31, 2, 19], 0, prefix="distilbert.", shards=2)

# Positions that begin after the padding token's id, one type of tokens, no pooler; prefix. Where drawn, padding tokens
# stand among the others.
write("roberta", RobertaModel(RobertaConfig(
    vocab_size=11, hidden_size=34, num_hidden_layers=2, num_attention_heads=2, intermediate_size=61,
    max_position_embeddings=39, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1), add_pooling_layer=False),
      [37, 3, 19, 1], 1, prefix="roberta.")

# ModernBERT: global and local layers, texts longer than the window and than the 64 queries that attend at once; no biases;
# prefix.
torch.manual_seed(SEED + 31)
special = dict(pad_token_id=0, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2,
               attn_implementation="eager")
write("modernbert", ModernBertModel(ModernBertConfig(
    vocab_size=43, hidden_size=28, num_hidden_layers=4, num_attention_heads=2, intermediate_size=37,
    max_position_embeddings=151, local_attention=9, **special)),
      [71, 3, 1, 149, 33], 0, prefix="model.")

# Biases everywhere, bases and kinds of layers as older versions and published checkpoints state them.
older_keys = dict(global_attn_every_n_layers=2, global_rope_theta=900.0, local_rope_theta=70.0)
write("modernbert-biases", ModernBertModel(ModernBertConfig(
    vocab_size=31, hidden_size=30, num_hidden_layers=2, num_attention_heads=3, intermediate_size=23,
    max_position_embeddings=131, local_attention=70, attention_bias=True, mlp_bias=True, norm_bias=True,
    hidden_activation="gelu_new", norm_eps=1e-3, **older_keys, **special)),
      [131, 2, 67], 0)
with open("modernbert-biases/config.json") as file:
    kept = json.load(file)
for key in ("layer_types", "rope_parameters"):
    kept.pop(key)
with open("modernbert-biases/config.json", "w") as file:
    json.dump({**kept, **older_keys, "position_embedding_type": "absolute"}, file, indent=1, sort_keys=True)
    file.write("\n")
# Embeddings narrower than the layers, a head of two layers; a classifier's checkpoint.
torch.manual_seed(SEED + 1)
write("electra", ElectraForSequenceClassification(ElectraConfig(
    vocab_size=37, embedding_size=17, hidden_size=33, num_hidden_layers=2, num_attention_heads=3, intermediate_size=43,
    max_position_embeddings=41, type_vocab_size=2, num_labels=3)),
      [41, 1, 17, 5], 2)

# Embeddings as wide as the layers, which no projection follows; a pretraining checkpoint.
write("electra-even", ElectraForPreTraining(ElectraConfig(
    vocab_size=13, embedding_size=22, hidden_size=22, num_hidden_layers=1, num_attention_heads=2, intermediate_size=31,
    max_position_embeddings=19, type_vocab_size=2)),
      [3, 19], 2)

# One layer's weights for all; a classifier's checkpoint.
torch.manual_seed(SEED + 2)
write("albert", AlbertForSequenceClassification(AlbertConfig(
    vocab_size=43, embedding_size=13, hidden_size=34, num_hidden_layers=3, num_attention_heads=2, intermediate_size=47,
    max_position_embeddings=37, type_vocab_size=2, num_labels=5)),
      [5, 37, 1, 19], 2)

# Two groups of two layers each, of which the first serves three of five repetitions and the second two; a pretraining
# checkpoint.
write("albert-groups", AlbertForPreTraining(AlbertConfig(
    vocab_size=17, embedding_size=19, hidden_size=15, num_hidden_layers=5, num_hidden_groups=2, inner_group_num=2,
    num_attention_heads=3, intermediate_size=23, max_position_embeddings=29, type_vocab_size=2, hidden_act="gelu",
    num_labels=3)),
      [29, 2, 11], 2)

# RoBERTa by other names; classifiers' checkpoints.
torch.manual_seed(SEED + 3)
for name, config, model in (("camembert", CamembertConfig, CamembertForSequenceClassification),
                            ("data2vec-text", Data2VecTextConfig, Data2VecTextForSequenceClassification)):
    write(name, model(config(
        vocab_size=19, hidden_size=14, num_hidden_layers=1, num_attention_heads=2, intermediate_size=23,
        max_position_embeddings=13, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, num_labels=3)),
          [11, 3, 1], 1)
# A bias by distance that all layers share, distances beyond the last bucket among them; no pooler; prefix. Where drawn, padding
# tokens stand among the others.
torch.manual_seed(SEED)  # so that what stands above may grow
write("mpnet", MPNetModel(MPNetConfig(
    vocab_size=11, hidden_size=34, num_hidden_layers=2, num_attention_heads=2, intermediate_size=61,
    max_position_embeddings=139, layer_norm_eps=1e-5), add_pooling_layer=False),
      [137, 3, 19, 1], 0, prefix="mpnet.")

# The bucket of each distance, of key minus query, from -600 to 600.
save_file({"buckets": MPNetEncoder.relative_position_bucket(torch.arange(-600, 601))}, "mpnet/buckets.safetensors")

# DeBERTa-v2. Its goldens start from seeds of their own, so that what stands above may grow.
def deberta(model=DebertaV2Model, **sizes):
    return model(DebertaV2Config(relative_attention=True, **sizes))


# As DeBERTa-v3: both terms by shared projections, buckets of distances that the longer texts fill, their table
# normalised; neither positions nor types in the embeddings.
torch.manual_seed(SEED + 11)
write("deberta-v3", deberta(vocab_size=19, hidden_size=26, num_hidden_layers=2, num_attention_heads=2,
                            intermediate_size=31, max_position_embeddings=47, position_buckets=10,
                            pos_att_type="p2c|c2p", share_att_key=True, norm_rel_ebd="layer_norm",
                            position_biased_input=False, type_vocab_size=0),
      [3, 47, 17, 1, 29, 6], 0, prefix="deberta.")

# Both terms by projections of their own, every distance a row up to a largest one; positions and types, embeddings of
# another width.
torch.manual_seed(SEED + 12)
write("deberta-v2", deberta(vocab_size=23, hidden_size=21, num_hidden_layers=2, num_attention_heads=3,
                            intermediate_size=37, max_position_embeddings=37, max_relative_positions=11,
                            pos_att_type=["c2p", "p2c"], type_vocab_size=2, embedding_size=17),
      [31, 2, 13, 37], 2)

# One term alone: that of the queries, and that of the keys by a projection of its own; classifiers' checkpoints.
for seed, term, more in [(13, "c2p", dict(share_att_key=True, position_buckets=6)),
                         (14, "p2c", dict(norm_rel_ebd="layer_norm", position_biased_input=False, pooler_hidden_act="relu"))]:
    torch.manual_seed(SEED + seed)
    write(f"deberta-{term}", deberta(DebertaV2ForSequenceClassification, vocab_size=13, hidden_size=14,
                                     num_hidden_layers=1, num_attention_heads=2, intermediate_size=17, num_labels=3,
                                     max_position_embeddings=41, pos_att_type=[term], **more),
          [41, 1, 7, 33], 0)
