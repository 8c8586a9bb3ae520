"""Whether peft makes of an encoder and `adapter/` what a fine-tuned model's own folder has: python check_adapter.py MODEL ENCODER.

MODEL is a folder that `bakeoff run` saved of a contestant with `lora`; ENCODER is the folder of its encoder. Texts are drawn
token ids, so that no tokenizer is needed. Exits non-zero unless the adapter's tensors are all taken and the logits agree.
Written for torch 2.13.0, transformers 5.23.0, peft 0.21.2, safetensors 0.8.0.
"""

import sys

import torch
from peft import PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification

TOLERANCE = 2e-5  # float32: the sums of the saved model are rounded, those of peft are not


def difference(model, encoder):
    """The largest difference between the logits of the folder's own weights and of encoder and adapter."""
    merged = AutoModelForSequenceClassification.from_pretrained(model, trust_remote_code=True).eval()
    torch.manual_seed(1)  # what the encoder does not have is drawn, and must come from the adapter
    base = type(merged).from_pretrained(encoder, config=merged.config)
    adapted = PeftModel.from_pretrained(base, f"{model}/adapter").eval()
    stored = load_file(f"{model}/adapter/adapter_model.safetensors")
    taken = get_peft_model_state_dict(adapted)
    if stored.keys() != taken.keys():
        sys.exit(f"only stored: {sorted(stored.keys() - taken.keys())}; only in peft: {sorted(taken.keys() - stored.keys())}")
    for name, tensor in stored.items():
        if not torch.equal(tensor, taken[name].cpu()):
            sys.exit(f"{name} is not taken as it is stored")
    generator = torch.Generator().manual_seed(2)
    largest = 0.0
    with torch.no_grad():
        for length in 2, 5, 9:
            ids = torch.randint(5, merged.config.vocab_size, (3, length), generator=generator)
            both = [network(input_ids=ids, attention_mask=torch.ones_like(ids)).logits for network in (merged, adapted)]
            largest = max(largest, (both[0] - both[1]).abs().max().item())
    return largest


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = difference(sys.argv[1], sys.argv[2])
    print(f"largest difference of logits: {found:.2e}")
    sys.exit(0 if found <= TOLERANCE else f"expected at most {TOLERANCE}")
