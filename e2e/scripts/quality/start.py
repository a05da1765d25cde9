"""The classifier's first weights: fitted to features of the frozen encoder, as src/engine/tasks/*: a linear
discriminant (one label, spans), one for each label (many labels), a ridge (score)."""

import torch

SHRINKAGE = 0.1
# What of the fitted logits training starts from.
GAIN = {"one label": 0.2, "many labels": 0.5, "score": 0.5, "spans": 0.5}


def shrunk(centred):
    """Their covariance, drawn to a sphere."""
    covariance = centred.T @ centred / len(centred)
    sphere = covariance.trace() / centred.shape[1] * torch.eye(centred.shape[1], dtype=centred.dtype)
    return (1 - SHRINKAGE) * covariance + SHRINKAGE * sphere


def discriminant(x, y, classes):
    means = torch.stack([x[y == c].mean(0) if (y == c).any() else x.new_zeros(x.shape[1]) for c in range(classes)])
    weight = torch.linalg.solve(shrunk(x - means[y]), means.T).T
    priors = torch.bincount(y, minlength=classes) / len(x)
    # A class without rows never wins.
    bias = torch.where(priors > 0, priors.log() - 0.5 * (means * weight).sum(1), -30.0)
    return weight, bias


def discriminants(x, marks):
    """One for each label, over one covariance of all rows."""
    covariance = shrunk(x - x.mean(0))
    weight, bias = x.new_zeros(marks.shape[1], x.shape[1]), x.new_zeros(marks.shape[1])
    for label, has in enumerate(marks.T.bool()):
        if has.all() or not has.any():
            bias[label] = 30 if has.all() else -30
            continue
        one, other = x[has].mean(0), x[~has].mean(0)
        weight[label] = torch.linalg.solve(covariance, one - other)
        bias[label] = (has.sum() / (~has).sum()).log() - 0.5 * (one + other) @ weight[label]
    return weight, bias


def ridge(x, y):
    centred = x - x.mean(0)
    weight = torch.linalg.solve(shrunk(centred), centred.T @ (y - y.mean()) / len(x))
    return weight[None], (y.mean() - weight @ x.mean(0))[None]


@torch.no_grad()
def start(model, task, batches, targets, classes):
    """`batches` of one row each; `targets` as the loss takes them."""
    model.eval()
    if task == "spans":
        hidden = [model.bert(**each).last_hidden_state[0] for each in batches]
        marked = [row[: len(states)] >= 0 for row, states in zip(targets, hidden)]
        x = torch.cat([states[real] for states, real in zip(hidden, marked)])
        y = torch.cat([row[: len(real)][real] for row, real in zip(targets, marked)])
    else:
        x, y = torch.cat([model.bert(**each).pooler_output for each in batches]), targets
    x = x.double()
    if task == "many labels":
        weight, bias = discriminants(x, y)
    elif task == "score":
        weight, bias = ridge(x, y.double())
    else:
        weight, bias = discriminant(x, y, classes)
    model.classifier.weight.copy_(GAIN[task] * weight)
    model.classifier.bias.copy_(GAIN[task] * bias)
