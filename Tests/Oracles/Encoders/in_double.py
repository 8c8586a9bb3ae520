"""ModernBERT of transformers rounds to float32 within its attention, whatever its weights are; with this imported it computes
there in the type of its weights. The angles of the rotary positions stay as they are rounded. Generators of golden files
import it, since central differences need all digits."""

import torch
from transformers.models.modernbert import modeling_modernbert

softmax = torch.nn.functional.softmax
torch.nn.functional.softmax = lambda x, dim=None, dtype=None: softmax(x, dim=dim)


def apply_rotary(q, k, cos, sin, unsqueeze_dim=1):
    cos, sin = cos.unsqueeze(unsqueeze_dim), sin.unsqueeze(unsqueeze_dim)
    half = modeling_modernbert.rotate_half
    return q * cos + half(q) * sin, k * cos + half(k) * sin


modeling_modernbert.apply_rotary_pos_emb = apply_rotary
