"""Peers that encode: token ids in, mean-pooled vectors out, by PyTorch and onnxruntime in float32 and in fewer bits."""

import warnings

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

warnings.filterwarnings("ignore")

# The precision of each peer, which is that of ours it is compared with.
PRECISIONS = {
    "torch": "f32", "onnxruntime": "f32", "torch-autocast": "bf16", "torch-bf16": "bf16", "onnxruntime-int8": "int8"}


def token_ids(model, texts):
    """The ids of each text, at most 512."""
    tokenizer = Tokenizer.from_file(f"{model}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def write_ids(path, ids):
    """The file that EncodeBench reads."""
    with open(path, "w") as file:
        file.writelines(" ".join(map(str, sequence)) + "\n" for sequence in ids)


def cosines(x, y):
    """Of each row of x with that of y."""
    return (x * y).sum(1) / np.linalg.norm(x, axis=1) / np.linalg.norm(y, axis=1)


class LastHiddenState(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


class Encoders:
    """The peers on one model.

    `torch-autocast` has float32 weights and casts as it goes, `torch-bf16` is cast once and whole; `onnxruntime-int8` is
    what onnxruntime's own tool makes: weights per channel, activations as they come.
    """

    def __init__(self, folder, threads, scratch):
        torch.set_num_threads(threads)
        self.model = AutoModel.from_pretrained(folder).eval()
        self.width = self.model.config.hidden_size
        self.padding = self.model.config.pad_token_id
        self.threads = threads
        self.scratch = scratch
        self.made = {}

    def run(self, name, ids, size):
        """The vectors, in batches of like lengths padded to their longest text. Shape: [texts, H]."""
        vectors = np.zeros((len(ids), self.width), np.float32)
        states = self._states(name)
        for rows, tokens, mask in self._batches(ids, size):
            weights = mask[:, :, None].astype(np.float32)
            vectors[rows] = (states(tokens, mask) * weights).sum(1) / weights.sum(1)
        return vectors

    def _batches(self, ids, size):
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            width = max(len(ids[row]) for row in rows)
            tokens = np.full((len(rows), width), self.padding, np.int64)
            mask = np.zeros_like(tokens)
            for place, row in enumerate(rows):
                tokens[place, : len(ids[row])] = ids[row]
                mask[place, : len(ids[row])] = 1
            yield rows, tokens, mask

    def _states(self, name):
        """A function of ids and mask that gives the last layer's states; made once."""
        if name not in self.made:
            self.made[name] = self._onnxruntime(name) if name.startswith("onnxruntime") else self._torch(name)
        return self.made[name]

    def _torch(self, name):
        model = self.model
        if name == "torch-bf16":
            model = AutoModel.from_pretrained(model.config._name_or_path, dtype=torch.bfloat16).eval()

        def states(tokens, mask):
            with torch.inference_mode(), torch.autocast(
                    "cpu", dtype=torch.bfloat16, enabled=name == "torch-autocast"):
                found = model(input_ids=torch.from_numpy(tokens), attention_mask=torch.from_numpy(mask))
            return found.last_hidden_state.float().numpy()

        return states

    def _onnxruntime(self, name):
        exact, axes = f"{self.scratch}/model.onnx", {0: "batch", 1: "tokens"}
        example = torch.randint(5, 999, (2, 7))
        torch.onnx.export(
            LastHiddenState(self.model).eval(), (example, torch.ones_like(example)), exact, opset_version=17,
            input_names=["input_ids", "attention_mask"], output_names=["states"], dynamo=False,
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes})
        path = exact
        if name == "onnxruntime-int8":
            path = f"{self.scratch}/int8.onnx"
            quantize_dynamic(exact, path, per_channel=True, weight_type=QuantType.QInt8)
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = self.threads
        session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
        return lambda tokens, mask: session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
