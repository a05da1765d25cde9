"""The same recipe in PyTorch: one run, asked for as JSON on standard input.

    echo '{"task": "one label", "model": …, "labels": […], "train": [[text, textB, answer], …], "validation": […],
           "test": […], "options": {…}}' | python e2e/scripts/quality/recipe.py

An answer is a label's index, a list of such (many labels), a score, or the index of each word's tag (spans, where the
words follow as a fourth item). Needs torch, transformers, scikit-learn and seqeval.
BertForSequenceClassification, of spans BertForTokenClassification whose words are answered for by their first piece;
batches of rows in random order padded to their longest, AdamW without decay on biases
and LayerNorm, linear warm-up and decay, gradients clipped at norm 1. Scores are learned with mean 0 and deviation 1.
Where many labels have validation rows, these decide which weights are kept and from which probability on a label is
given, as in the studio. Prints {"metrics", "seconds", "torch", "transformers"}.
"""

import json
import math
import random
import sys
import time

import torch
import transformers
from judged import halves_macro_f1, metrics_of, tuned_thresholds
from start import start
from transformers import AutoTokenizer, BertForSequenceClassification, BertForTokenClassification

transformers.logging.set_verbosity_error()

PROBLEMS = {
    "one label": "single_label_classification",
    "many labels": "multi_label_classification",
    "score": "regression",
}


# What cross-entropy leaves out.
IGNORED = -100


def spread(count, most):
    return range(count) if count <= most else [i * count // most for i in range(most)]


def evaluation_steps(per_epoch_steps, epochs, per_epoch):
    """After which steps to evaluate: evenly, the last included."""
    steps = per_epoch_steps * epochs
    wanted = (math.floor(i * per_epoch_steps / per_epoch + 0.5) for i in range(1, epochs * per_epoch + 1))
    return {steps, *(min(steps, max(1, step)) for step in wanted)}


def main():
    asked = json.load(sys.stdin)
    task, options = asked["task"], asked["options"]
    torch.manual_seed(options["seed"])
    random.seed(options["seed"])
    tokenizer = AutoTokenizer.from_pretrained(asked["model"])
    classes = len(asked["labels"])
    spans = task == "spans"
    model = (BertForTokenClassification if spans else BertForSequenceClassification).from_pretrained(
        asked["model"],
        num_labels=classes,
        problem_type=PROBLEMS.get(task),
        dtype=torch.float32,
        hidden_dropout_prob=options["dropout"],
        attention_probs_dropout_prob=options["dropout"],
    )

    def encode(rows):
        if not rows:
            return [], []
        if spans:
            return encode_words(rows)
        second = [b for _, b, _ in rows] if rows[0][1] is not None else None
        return tokenizer(
            [a for a, _, _ in rows], second, truncation=True, max_length=options["maxTokens"]
        )["input_ids"], [answer for _, _, answer in rows]

    def pieces_of(rows):
        """Ids, and of each piece the word whose first it is, else None. Not cut at maxTokens: the studio reads what is
        longer in windows."""
        encoded = tokenizer(
            [words for _, _, _, words in rows],
            is_split_into_words=True,
            truncation=True,
            max_length=model.config.max_position_embeddings,
        )
        firsts = []
        for row in range(len(rows)):
            words = encoded.word_ids(row)
            firsts.append([None if word == before else word for word, before in zip(words, [None, *words])])
        return encoded["input_ids"], firsts

    def encode_words(rows):
        ids, firsts = pieces_of(rows)
        return ids, [
            [IGNORED if word is None else tags[word] for word in own] for own, (_, _, tags, _) in zip(firsts, rows)
        ]

    def batch(ids, rows):
        # Second segments begin after the first [SEP].
        parts = [{"input_ids": ids[i], "token_type_ids": segments(ids[i])} for i in rows]
        return tokenizer.pad(parts, return_tensors="pt")

    def segments(row):
        first = row.index(tokenizer.sep_token_id) + 1
        return [0] * first + [1] * (len(row) - first)

    def marked(answers):
        """[row, label]: 1 where the row has the label."""
        marks = torch.zeros(len(answers), classes)
        for row, labels in enumerate(answers):
            marks[row, labels] = 1
        return marks

    @torch.no_grad()
    def logits_of(ids):
        was_training = model.training
        model.eval()
        logits = torch.zeros(len(ids), classes)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            logits[rows] = model(**batch(ids, rows)).logits
        model.train(was_training)
        return logits

    def padded(tags):
        """[rows, tokens], as their batch is padded."""
        return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in tags], True, IGNORED)

    def targets_of(rows):
        return padded([answers[i] for i in rows]) if spans else targets[rows]

    @torch.no_grad()
    def tagged(rows):
        """Tags by name, [row][word]: as they are, and as answered. A word without pieces is outside."""
        model.eval()
        ids, firsts = pieces_of(rows)
        found = []
        for row, own in enumerate(firsts):
            best = model(**batch(ids, [row])).logits[0].argmax(-1).tolist()
            names = ["O"] * len(rows[row][3])
            for piece, word in enumerate(own):
                if word is not None:
                    names[word] = asked["labels"][best[piece]]
            found.append(names)
        return [[asked["labels"][tag] for tag in tags] for _, _, tags, _ in rows], found

    train, answers = encode(asked["train"])
    validation, held_out = encode(asked["validation"])
    mean, deviation = 0.0, 1.0
    if task == "many labels":
        targets = marked(answers)
    elif task == "score":
        scores = torch.tensor(answers, dtype=torch.float64)
        mean, deviation = scores.mean().item(), scores.std(correction=0).item() or 1.0
        targets = ((scores - mean) / deviation).float()
    elif task == "one label":
        targets = torch.tensor(answers)
    if options.get("frozenStart"):
        some = spread(len(train), 1000 if spans else 4000)
        start(model, task, [batch(train, [i]) for i in some], targets_of(some), classes)
    size = options["batchSize"]
    per_epoch_steps = math.ceil(len(train) / size)
    steps = per_epoch_steps * options["epochs"]
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
    evaluate_after = set()
    if task == "many labels" and validation:
        marks = marked(held_out)
        evaluate_after = evaluation_steps(per_epoch_steps, options["epochs"], options["evaluationsPerEpoch"])
    best, kept, thresholds = None, None, None
    began = time.time()
    step = 0
    model.train()
    for _ in range(options["epochs"]):
        order = list(range(len(train)))
        random.shuffle(order)
        for at in range(0, len(order), size):
            rows = order[at : at + size]
            loss = model(**batch(train, rows), labels=targets_of(rows)).loss
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step not in evaluate_after:
                continue
            logits = logits_of(validation)
            of_all = torch.nn.functional.binary_cross_entropy_with_logits(logits, marks).item()
            # Of two alike the smaller loss.
            now = (halves_macro_f1(logits.sigmoid().numpy(), marks.numpy()), -of_all)
            if best is None or now > best:
                best = now
                kept = {name: value.clone() for name, value in model.state_dict().items()}
                thresholds = tuned_thresholds(logits.sigmoid().numpy(), marks.numpy())
    if kept is not None:
        model.load_state_dict(kept)
    seconds = time.time() - began
    if spans:
        truth, logits = tagged(asked["test"])
    else:
        test, truth = encode(asked["test"])
        logits = logits_of(test).numpy()
    positive = asked["labels"].index(asked["positive"]) if "positive" in asked else None
    if task == "score":
        logits = logits.astype("float64") * deviation + mean
    elif task == "many labels":
        logits = torch.from_numpy(logits).sigmoid().numpy()
        truth = marked(truth).numpy().astype(int)
    json.dump(
        {
            "metrics": metrics_of(task, logits, truth, thresholds, positive),
            "seconds": seconds,
            "torch": torch.__version__,
            "transformers": transformers.__version__,
        },
        sys.stdout,
    )


main()
