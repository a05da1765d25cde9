"""The same recipe in PyTorch: one run, asked for as JSON on standard input.

    echo '{"model": …, "train": [[text, textB, label], …], "test": […], "options": {…}}' | python e2e/scripts/quality/recipe.py

Needs torch and transformers. BertForSequenceClassification, batches of rows in random order padded to their
longest, AdamW without decay on biases and LayerNorm, linear warm-up and decay, gradients clipped at norm 1.
Prints {"accuracy", "macroF1", "seconds", "torch", "transformers"}.
"""

import json
import math
import random
import sys
import time

import torch
import transformers
from transformers import AutoTokenizer, BertForSequenceClassification

transformers.logging.set_verbosity_error()


def macro_f1(predicted, labels, classes):
    scores = []
    for c in range(classes):
        both = predicted.count(c) + labels.count(c)
        if both:
            right = sum(p == l == c for p, l in zip(predicted, labels))
            scores.append(2 * right / both)
    return sum(scores) / len(scores)


def spread(count, most):
    return range(count) if count <= most else [i * count // most for i in range(most)]


@torch.no_grad()
def start(model, batches, labels, classes, shrinkage=0.1, gain=0.2):
    """The classifier becomes a fifth of the linear discriminant of the frozen pooled features."""
    model.eval()
    x = torch.cat([model.bert(**each).pooler_output for each in batches]).double()
    y = torch.tensor(labels)
    means = torch.stack([x[y == c].mean(0) if (y == c).any() else torch.zeros(x.shape[1]) for c in range(classes)]).double()
    centred = x - means[y]
    covariance = centred.T @ centred / len(x)
    sphere = covariance.trace() / x.shape[1] * torch.eye(x.shape[1])
    weight = torch.linalg.solve((1 - shrinkage) * covariance + shrinkage * sphere, means.T).T
    priors = torch.bincount(y, minlength=classes) / len(x)
    bias = priors.log().clamp_min(-30) - 0.5 * (means * weight).sum(1)
    model.classifier.weight.copy_(gain * weight)
    model.classifier.bias.copy_(gain * bias)


def main():
    task = json.load(sys.stdin)
    options = task["options"]
    torch.manual_seed(options["seed"])
    random.seed(options["seed"])
    tokenizer = AutoTokenizer.from_pretrained(task["model"])
    classes = len(task["labels"])
    model = BertForSequenceClassification.from_pretrained(
        task["model"],
        num_labels=classes,
        dtype=torch.float32,
        hidden_dropout_prob=options["dropout"],
        attention_probs_dropout_prob=options["dropout"],
    )

    def encode(rows):
        second = [b for _, b, _ in rows] if rows[0][1] is not None else None
        return tokenizer(
            [a for a, _, _ in rows], second, truncation=True, max_length=options["maxTokens"]
        )["input_ids"], [label for _, _, label in rows]

    def batch(ids, rows):
        # Second segments begin after the first [SEP].
        parts = [{"input_ids": ids[i], "token_type_ids": segments(ids[i])} for i in rows]
        return tokenizer.pad(parts, return_tensors="pt")

    def segments(row):
        first = row.index(tokenizer.sep_token_id) + 1
        return [0] * first + [1] * (len(row) - first)

    train, labels = encode(task["train"])
    if options.get("frozenStart"):
        start(model, [batch(train, [i]) for i in spread(len(train), 4000)], [labels[i] for i in spread(len(train), 4000)], classes)
    size = options["batchSize"]
    steps = math.ceil(len(train) / size) * options["epochs"]
    warm = math.ceil(steps * options["warmUp"])
    plain = [p for n, p in model.named_parameters() if n.endswith(".bias") or "LayerNorm" in n]
    decayed = [p for n, p in model.named_parameters() if not (n.endswith(".bias") or "LayerNorm" in n)]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": options["weightDecay"]}, {"params": plain, "weight_decay": 0.0}],
        lr=options["learningRate"],
        eps=1e-8,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: s / warm if s < warm else max(0.0, (steps - s) / max(1, steps - warm))
    )
    began = time.time()
    model.train()
    for _ in range(options["epochs"]):
        order = list(range(len(train)))
        random.shuffle(order)
        for at in range(0, len(order), size):
            rows = order[at : at + size]
            loss = model(**batch(train, rows), labels=torch.tensor([labels[i] for i in rows])).loss
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    seconds = time.time() - began
    model.eval()
    test, truth = encode(task["test"])
    predicted = [0] * len(test)
    order = sorted(range(len(test)), key=lambda i: len(test[i]))
    with torch.no_grad():
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            for i, answer in zip(rows, model(**batch(test, rows)).logits.argmax(-1).tolist()):
                predicted[i] = answer
    right = sum(p == l for p, l in zip(predicted, truth))
    json.dump(
        {
            "accuracy": right / len(truth),
            "macroF1": macro_f1(predicted, truth, classes),
            "seconds": seconds,
            "torch": torch.__version__,
            "transformers": transformers.__version__,
        },
        sys.stdout,
    )


main()
