"""What the package draws at random in fine-tuning: the generator Philox4x32-10 with the counters that
Sources/Compute/RandomPurpose.swift and Sources/Tensors/Dropout.swift lay out. Generators of golden files import it."""

import numpy as np
import torch

HEAD, ORDER, DROPOUT = 1, 2, 3  # domains


def philox(counter, key):
    """Ten rounds; counter is four arrays of uint64 below 2^32."""
    c, k = [x.astype(np.uint64) for x in counter], list(key)
    low = np.uint64(0xFFFFFFFF)
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]), b & low,
             (a >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]), a & low]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def key(seed):
    return [seed & 0xFFFFFFFF, seed >> 32]


def numbers(seed, domain, stream, count):
    """The first 64-bit numbers of a stream, as integers of Python."""
    blocks = np.arange((count + 1) // 2)
    fixed = lambda value: np.full(len(blocks), value, dtype=np.uint64)
    c = philox([blocks, fixed(domain << 24), fixed(stream & 0xFFFFFFFF), fixed(stream >> 32)], key(seed))
    words = [[int(low) | int(high) << 32 for low, high in zip(*half)] for half in (c[:2], c[2:])]
    return [number for pair in zip(*words) for number in pair][:count]


def order(seed, epoch, rows, task=0):
    """The order of a task's rows: Fisher and Yates, with Lemire's bounded numbers."""
    bits, out = iter(numbers(seed, ORDER, epoch << 32 | task, 2 * rows)), list(range(rows))
    for i in range(rows - 1, 0, -1):
        product = next(bits) * (i + 1)
        while product % 2**64 < 2**64 % (i + 1):
            product = next(bits) * (i + 1)
        out[i], out[product >> 64] = out[product >> 64], out[i]
    return out


def head(seed, labels, inputs, spread, task=0):
    """The weights of a task's head: Box and Muller's normal numbers. Shape: [labels, inputs]."""
    uniform = np.array([number >> 11 for number in numbers(seed, HEAD, 1 + task, 2 * labels * inputs)]) * 2.0**-53
    normal = np.sqrt(-2 * np.log(1 - uniform[0::2])) * np.cos(2 * np.pi * uniform[1::2])
    return torch.tensor((normal * spread).astype(np.float32).reshape(labels, inputs))


def low_rank_factor(seed, number, shape):
    """The first factor of the matrix of this number: uniform between the bounds of kaiming_uniform_ with a = sqrt(5)."""
    rank, inputs = shape
    uniform = np.array([n >> 11 for n in numbers(seed, HEAD, (1 << 34) + number, rank * inputs)]) * 2.0**-53
    return ((2 * uniform - 1) / np.sqrt(inputs)).astype(np.float32).reshape(shape)


def mask(seed, step, probability, site, rows, columns):
    """What dropout multiplies by. Shape: [rows, columns], of rows of these numbers."""
    column = np.arange(columns)
    block = 16 * (column // 64) + column % 16
    rows = np.asarray(rows)
    grid = lambda x, axis: np.expand_dims(x, axis) + np.zeros((len(rows), columns), dtype=np.int64)
    words = philox([grid(block, 0), grid(rows | DROPOUT << 24, 1), grid(np.array([site]), 0), grid(np.array([step]), 0)],
                   key(seed))
    bits = np.choose((column % 64) // 16, words)
    kept = bits >= np.uint64(int(probability * 2**32))
    return torch.tensor(kept / (1 - probability))


def masks(config, seed, step, sequence, start, length, probabilities, first_only, classifiers=1):
    """Of the sequence of this number, whose tokens start at `start`, in the order of the model's calls."""
    hidden, attention, classifier = probabilities
    H, heads, L = config.hidden_size, config.num_attention_heads, config.num_hidden_layers
    # ALBERT drops nothing of what its feed-forward layers add.
    is_albert = config.model_type == "albert"
    L *= config.inner_group_num if is_albert else 1
    places = 2 if is_albert else 3
    tokens = np.arange(start, start + length)
    drop = lambda probability, site, rows, columns: mask(seed, step, probability, site, rows, columns)
    out = [drop(hidden, 0, tokens, getattr(config, "embedding_size", H))]
    for layer in range(L):
        only = first_only and layer == L - 1
        # Where the first token alone asks, its row has the number of the sequence; of other rows nothing is used.
        rows = np.array([sequence] * length) if only else tokens
        site = 1 + places * layer
        out.append(torch.stack([drop(attention, site, rows * heads + head, length) for head in range(heads)]))
        out += [drop(hidden, site + place, rows, H) for place in range(1, places)]
    return out + [drop(classifier, 1 + places * L + i, [sequence], H) for i in range(classifiers)]


QUERIES = 64  # that a layer of ModernBERT with a window attends with at once


def modernbert_masks(config, seed, step, sequence, start, length, probabilities, first_only, classifiers=1):
    """As masks. probabilities: of the embeddings, of attention, of what the classifier reads, of the gated product."""
    embedding, attention, classifier, intermediate = probabilities
    H, heads, L = config.hidden_size, config.num_attention_heads, config.num_hidden_layers
    tokens = np.arange(start, start + length)
    drop = lambda probability, site, rows, columns: mask(seed, step, probability, site, rows, columns)
    out = [drop(embedding, 0, tokens, H)]
    for layer in range(L):
        only = first_only and layer == L - 1
        rows = np.array([sequence] * length) if only else tokens  # as in masks
        by_head = [drop(attention, 1 + 3 * layer, rows * heads + head, length) for head in range(heads)]
        if config.layer_types[layer] == "sliding_attention":
            # A column has the number of its token among those that its block of queries reads.
            first = np.maximum(0, np.arange(length) // QUERIES * QUERIES - config.local_attention // 2)
            columns = torch.tensor(np.maximum(0, np.arange(length)[None] - first[:, None]))
            by_head = [one.gather(1, columns) for one in by_head]
        out += [torch.stack(by_head), drop(attention, 2 + 3 * layer, rows, H),
                drop(intermediate, 3 + 3 * layer, rows, config.intermediate_size)]
    return out + [drop(classifier, 1 + 3 * L + i, [sequence], H) for i in range(classifiers)]


def deberta_masks(config, seed, step, sequence, start, length, probabilities, first_only, classifiers=1):
    """As masks. probabilities: of the hidden layers, of attention, of what the classifier reads, of what the pooler reads.
    The rows of the table of relative positions, which every layer drops anew, have their numbers in the table."""
    hidden, attention, classifier, pooler = probabilities
    H, heads, L = config.hidden_size, config.num_attention_heads, config.num_hidden_layers
    tokens = np.arange(start, start + length)
    relative = config.position_buckets if getattr(config, "position_buckets", -1) > 0 else config.max_relative_positions
    table = np.arange(2 * (relative if relative > 0 else config.max_position_embeddings))
    drop = lambda probability, site, rows, columns: mask(seed, step, probability, site, rows, columns)
    out = [drop(hidden, 0, tokens, H)]
    for layer in range(L):
        only = first_only and layer == L - 1
        rows = np.array([sequence] * length) if only else tokens  # as in masks
        site = 1 + 4 * layer
        by_head = [drop(attention, site + 1, rows * heads + head, length) for head in range(heads)]
        out += [drop(hidden, site, table, H), torch.stack(by_head), drop(hidden, site + 2, rows, H),
                drop(hidden, site + 3, rows, H)]
    return out + [drop(pooler, 1 + 4 * L, [sequence], H), drop(classifier, 2 + 4 * L, [sequence], H)]


class Imposed:
    """Takes the place of torch.nn.functional.dropout: the calls of one sequence, in the model's order."""

    def __init__(self):
        self.masks = []

    def __call__(self, x, p=0.5, training=True, inplace=False):
        if not training or not self.masks:
            return x
        return x * self.masks.pop(0).reshape(x.shape)
