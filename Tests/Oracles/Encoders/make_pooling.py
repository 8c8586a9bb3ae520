"""What sentence-transformers makes of token vectors, and of texts, with each of its ways of pooling.

Made with Python 3.11, torch 2.13.0, transformers 5.23.0, sentence-transformers 6.2.0, safetensors 0.8.0, seed 20261126; run it
in this folder, after make_folders.py. pooling.safetensors holds x [T, 19], offsets [B + 1] and dY [B, 19]; for each MODE and
number of tokens SKIPPED at the start of a sequence "y.MODE.SKIPPED" [B, 19] and "dX.MODE.SKIPPED" [T, 19], by autograd in
float64; and for the texts and the encoder of make_folders.py "plain.MODE", "prompted.MODE" and "excluded.MODE" [N, H]: without
a prompt, with one, and with one whose tokens are not pooled.
"""

import json
import shutil
import tempfile

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer

torch.manual_seed(20261126)
MODES = ["mean", "cls", "max", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]
LENGTHS, WIDTH = [5, 1, 23, 3, 11], 19
KNOWN = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c"]
TEXTS = ["a b c", "", "c", "A bb [MASK] x", "a b c " * 7, "bbb c a " * 13]
PROMPT = "b c: "

out = {
    "x": torch.randn(sum(LENGTHS), WIDTH, dtype=torch.float64),
    "dY": torch.randn(len(LENGTHS), WIDTH, dtype=torch.float64),
}
ends = torch.tensor(LENGTHS).cumsum(0).tolist()
for mode in MODES:
    for skipped in (0, 2):
        x = out["x"].clone().requires_grad_()
        pool = Pooling(WIDTH, pooling_mode=mode, include_prompt=False)
        rows = []
        for end, length in zip(ends, LENGTHS):
            if length <= skipped:  # nothing to pool: not a case of sentence-transformers
                rows.append(torch.zeros(WIDTH, dtype=torch.float64))
                continue
            features = {"token_embeddings": x[None, end - length:end], "prompt_length": skipped,
                        "attention_mask": torch.ones(1, length, dtype=torch.int64)}
            rows.append(pool(features)["sentence_embedding"][0])
        y = torch.stack(rows)
        y.backward(out["dY"])
        out[f"y.{mode}.{skipped}"], out[f"dX.{mode}.{skipped}"] = y.detach(), x.grad

with tempfile.TemporaryDirectory() as folder:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(f"bert-gelu/{name}", folder)
    config = json.load(open(f"{folder}/config.json"))
    with open(f"{folder}/vocab.txt", "w") as file:
        file.write("\n".join(KNOWN + [f"[unused{i}]" for i in range(len(KNOWN), config["vocab_size"])]) + "\n")
    with open(f"{folder}/tokenizer_config.json", "w") as file:
        json.dump({"do_lower_case": True, "tokenizer_class": "BertTokenizer"}, file)
    transformer = Transformer(folder, max_seq_length=config["max_position_embeddings"])
    for mode in MODES:
        for name, prompt, pooled in [("plain", None, True), ("prompted", PROMPT, True), ("excluded", PROMPT, False)]:
            pool = Pooling(config["hidden_size"], pooling_mode=mode, include_prompt=pooled)
            model = SentenceTransformer(modules=[transformer, pool], device="cpu")
            out[f"{name}.{mode}"] = model.encode(TEXTS, prompt=prompt, convert_to_tensor=True)

tensors = {k: v.float().contiguous() for k, v in out.items()}
tensors["offsets"] = torch.tensor([0] + ends)
save_file(tensors, "pooling.safetensors")
