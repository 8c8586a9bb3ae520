"""Products in bfloat16 and in bytes, each step computed exactly and then rounded as documented.

Made with Python 3.11, numpy 2.4.6, torch 2.13.0; run it in this folder. Writes reduced.json: numbers as the bits of float32.
"roundings" are pairs of a float32 and its bfloat16 by PyTorch. Each of "products" is a (rows x depth), the weight w (columns x
depth), a bias, and the products "bf16", "int8" and "fine" (of two bytes for each number of a).
"""

import json
from fractions import Fraction

import numpy as np
import torch

random = np.random.default_rng(18)
f32 = np.float32


def bits(values):
    return [int(bit) for bit in np.asarray(values, f32).reshape(-1).view(np.uint32)]


def nearest(exact):
    """The float32 nearest to a fraction, ties to even."""
    guess = f32(float(exact))
    around = [np.nextafter(guess, f32(-np.inf)), guess, np.nextafter(guess, f32(np.inf))]
    return min(around, key=lambda x: (abs(Fraction(float(x)) - exact), int(f32(x).view(np.uint32)) & 1))


def multiply_add(a, b, c):
    return nearest(Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c)))


def bf16(values):
    return torch.from_numpy(np.asarray(values, f32)).to(torch.bfloat16).to(torch.float32).numpy()


def bf16_product(a, w, bias):
    a, w = bf16(a), bf16(w)
    out = np.zeros((len(a), len(w)), f32)
    for row in range(len(a)):
        for column in range(len(w)):
            total = bias[column]
            for k in range(0, a.shape[1], 2):
                for part in (k + 1, k):
                    if part < a.shape[1]:
                        total = multiply_add(a[row, part], w[column, part], total)
            out[row, column] = total
    return out


def whole(fraction):
    return round(fraction)  # ties to even


def group_of(x, most):
    scale = f32(np.abs(x).max()) / f32(most)
    inverse = f32(1) / scale if scale > 0 else f32(0)
    return scale, [whole(Fraction(float(value)) * Fraction(float(inverse))) for value in x]


def int8_product(a, w, bias, fine):
    out = np.zeros((len(a), len(w)), f32)
    for row in range(len(a)):
        for column in range(len(w)):
            total = bias[column]
            for start in range(0, a.shape[1], 64):
                scale, q = group_of(a[row, start:start + 64], 32639 if fine else 127)
                weight_scale, integers = group_of(w[column, start:start + 64], 127)
                exact = sum(x * y for x, y in zip(q, integers))
                total = multiply_add(nearest(Fraction(exact)) * weight_scale, scale, total)
            out[row, column] = total
    return out


special = np.array(
    [0, 1, 0x7F, 0x80, 0x7FFF, 0x8000, 0x8001, 0x10000, 0x7FFFFF, 0x800000, 0x3F800000, 0x3F807FFF, 0x3F808000,
     0x3F808001, 0x3F818000, 0x7F7F7FFF, 0x7F7F8000, 0x7F7FFFFF, 0x7F800000], np.uint32)
special = np.concatenate([special, special | 0x80000000, random.integers(0, 0x7F800000, 400).astype(np.uint32)])
rounded = torch.from_numpy(special.view(f32).copy()).to(torch.bfloat16).view(torch.int16).numpy().view(np.uint16)
products = []
for rows, depth, columns in [(1, 1, 1), (3, 7, 5), (5, 38, 33), (2, 131, 11)]:
    a = random.standard_normal((rows, depth)).astype(f32)
    a[0] = np.abs(a[0])
    a[-1, 0] *= 20
    w = (random.standard_normal((columns, depth)) / 8).astype(f32)
    w[-1, 0] *= 5
    bias = random.standard_normal(columns).astype(f32)
    products.append({
        "rows": rows, "depth": depth, "columns": columns, "a": bits(a), "w": bits(w), "bias": bits(bias),
        "bf16": bits(bf16_product(a, w, bias)), "int8": bits(int8_product(a, w, bias, False)),
        "fine": bits(int8_product(a, w, bias, True))})
golden = {"roundings": [[int(x), int(y)] for x, y in zip(special, rounded)], "products": products}
with open("reduced.json", "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
