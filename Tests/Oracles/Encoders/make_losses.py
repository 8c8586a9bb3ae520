"""Focal and asymmetric losses of drawn logits, with their gradients, by PyTorch in float64.

Made with Python 3.11, torch 2.13.0, scipy 1.17.1, seed 20260117; run it in this folder. Writes losses.json. Logits are float32 numbers.
"scale" is 1 for logits of a spread of 2, else 100: every other logit is then 100 or -100.
- "focal": one class a row; (1 - p)^gamma times CrossEntropyLoss of each row, the weighted mean as in CrossEntropyLoss.
- "binary-focal": torchvision's sigmoid_focal_loss without alpha, the positive term times pos_weight, the mean.
- "asymmetric": the published code (ASL/src/loss_functions/losses.py, AsymmetricLoss with
  disable_torch_grad_focal_loss=False), its sum divided by the number of cells. It takes no logarithm of less than eps =
  1e-8. At +-100 that bound would be met: the logarithms there are log-sigmoids, and so they are everywhere. At ordinary
  logits this is checked against the published form.
Each is also checked to be PyTorch's cross-entropy where gamma and clip are 0. "constant" is the least loss of one
prediction for all rows, by scipy's minimizers: of a vector of logits by BFGS from the labels' frequencies, of a label's
logit by Brent's method from each of many places.
"""

import json

import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import minimize, minimize_scalar

SEED = 20260117
rng = np.random.default_rng(SEED)


def drawn(n, k, scale):
    z = (rng.standard_normal((n, k)) * 2).astype(np.float32)
    if scale == 100:
        extreme = rng.choice([-100.0, 100.0], size=(n, k)).astype(np.float32)
        every = (np.arange(n * k) % 2 == 0).reshape(n, k)
        z = np.where(every, extreme, z)
    return torch.tensor(z, dtype=torch.float64, requires_grad=True)


def focal(z, y, w, gamma):
    log_p = F.log_softmax(z, 1).gather(1, y[:, None])[:, 0]
    # 1 - p from the other classes, so that it keeps its digits.
    others = F.softmax(z, 1) * (1 - F.one_hot(y, z.shape[1]))
    each = -w[y] * (others.sum(1) ** gamma if gamma else 1) * log_p
    return each.sum() / w[y].sum()


def binary_focal(z, y, w, gamma):
    ce = F.binary_cross_entropy_with_logits(z, y, pos_weight=w, reduction="none")
    missing = y * torch.sigmoid(-z) + (1 - y) * torch.sigmoid(z)
    return ((missing ** gamma if gamma else 1) * ce).mean()


def asymmetric(z, y, gamma_neg, gamma_pos, clip):
    p = torch.sigmoid(z)
    shifted = (p - clip).clamp(min=0)
    log_absent = torch.log(torch.sigmoid(-z) + clip).clamp(max=0) if clip else F.logsigmoid(-z)
    loss = y * F.logsigmoid(z) + (1 - y) * log_absent
    missing = y * torch.sigmoid(-z) + (1 - y) * shifted
    powers = gamma_pos * y + gamma_neg * (1 - y)
    return -(loss * torch.pow(missing, powers)).mean()


def published(x, y, gamma_neg, gamma_pos, clip, eps=1e-8):
    xs_pos = torch.sigmoid(x)
    xs_neg = 1 - xs_pos
    if clip > 0:
        xs_neg = (xs_neg + clip).clamp(max=1)
    loss = y * torch.log(xs_pos.clamp(min=eps)) + (1 - y) * torch.log(xs_neg.clamp(min=eps))
    pt = xs_pos * y + xs_neg * (1 - y)
    return -(loss * torch.pow(1 - pt, gamma_pos * y + gamma_neg * (1 - y))).sum() / x.numel()


def constant_of_classes(y, w, gamma):
    k = len(w)

    def of(z):
        z = torch.tensor(np.tile(z, (len(y), 1)), requires_grad=True)
        value = focal(z, y, w, gamma)
        value.backward()
        return value.item(), z.grad.sum(0).numpy()

    # Classes without rows get no probability.
    there = np.flatnonzero(np.bincount(y.numpy(), minlength=k))

    def restricted(z):
        whole = np.full(k, -60.0)
        whole[there] = z
        value, slope = of(whole)
        return value, slope[there]

    start = np.log(np.bincount(y.numpy(), minlength=k)[there])
    return minimize(restricted, start, jac=True, method="BFGS", options={"gtol": 1e-9}).fun


def constant_of_sets(y, loss):
    """The loss is a mean over cells, so that labels are independent."""
    n, k = y.shape
    total = 0.0
    for label in range(k):
        def of(z):
            logits = torch.zeros((n, k), dtype=torch.float64)
            logits[:, label] = z
            return loss(logits)
        if y[:, label].sum() in (0, n):
            low = min(of(-700.0).item(), of(700.0).item())
        else:
            low = min(minimize_scalar(lambda z: of(z).item(), bracket=(z, z + 0.5), tol=1e-12).fun
                      for z in np.arange(-6, 6, 1.0))
        rest = torch.zeros((n, k), dtype=torch.float64)
        total += low - (loss(rest).item())
    return total + loss(torch.zeros((n, k), dtype=torch.float64)).item()


def case(name, n, k, scale, **options):
    z = drawn(n, k, scale)
    out = {"loss": name, "labels": k, "scale": scale, "logits": z.detach().flatten().tolist(), **options}
    if name == "focal":
        y, w = torch.tensor(rng.integers(0, k, n)), torch.tensor(options["weights"], dtype=torch.float64)
        value = focal(z, y, w, options["gamma"])
        assert abs(focal(z, y, w, 0) - F.cross_entropy(z, y, weight=w)) < 1e-12
        out["classes"] = y.tolist()
        out["constant"] = constant_of_classes(y, w, options["gamma"])
    else:
        y = torch.tensor((rng.random((n, k)) < 0.4).astype(float))
        out["sets"] = [np.flatnonzero(row).tolist() for row in y.numpy()]
        if name == "binary-focal":
            w = torch.tensor(options["weights"], dtype=torch.float64)
            value = binary_focal(z, y, w, options["gamma"])
            out["constant"] = constant_of_sets(y, lambda z: binary_focal(z, y, w, options["gamma"]))
        else:
            names = options["gammaNegative"], options["gammaPositive"], options["clip"]
            value = asymmetric(z, y, *names)
            out["constant"] = constant_of_sets(y, lambda z: asymmetric(z, y, *names))
            assert abs(asymmetric(z, y, 0, 0, 0) - F.binary_cross_entropy_with_logits(z, y)) < 1e-12
            if scale == 1:
                x = z.detach().clone().requires_grad_()
                theirs = published(x, y, *names)
                theirs.backward()
                assert abs(theirs - value) < 1e-12
                ours, = torch.autograd.grad(value, z, retain_graph=True)
                assert (ours - x.grad).abs().max() < 1e-12
    value.backward()
    assert torch.isfinite(z.grad).all()
    return {**out, "value": value.item(), "gradient": z.grad.flatten().tolist()}


cases = []
for scale in [1, 100]:
    for gamma in [2.0, 1.0, 0.5, 0.0, 5.0]:
        cases.append(case("focal", 11, 5, scale, gamma=gamma, weights=[1, 2.5, 0.25, 1, 3]))
        cases.append(case("binary-focal", 7, 3, scale, gamma=gamma, weights=[1, 4, 0.5]))
    for negative, positive, clip in [(4, 1, 0.05), (4, 0, 0.05), (2, 2, 0), (3, 1, 0), (1, 0, 0.2), (0, 0, 0.1)]:
        cases.append(case("asymmetric", 13, 5, scale, gammaNegative=negative, gammaPositive=positive, clip=clip))
with open("losses.json", "w") as file:
    json.dump({"cases": cases}, file, separators=(",", ":"))
    file.write("\n")
print(len(cases))
