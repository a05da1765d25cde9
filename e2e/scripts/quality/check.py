"""Loads an export in transformers and compares its probabilities, or scores, with the page's.

    npm run quality -- --keep /tmp/kept
    pip install torch transformers safetensors
    python e2e/scripts/quality/check.py /tmp/kept
"""

import json
import pathlib
import sys
import tempfile
import zipfile

import torch
import transformers
from transformers import AutoModelForSequenceClassification, AutoTokenizer

kept = pathlib.Path(sys.argv[1])
predictions = json.loads((kept / "predictions.json").read_text())
with tempfile.TemporaryDirectory() as folder:
    zipfile.ZipFile(kept / "kept.zip").extractall(folder)
    model, loading = AutoModelForSequenceClassification.from_pretrained(
        folder, output_loading_info=True
    )
    tokenizer = AutoTokenizer.from_pretrained(folder)
print("transformers", transformers.__version__, "torch", torch.__version__)
print(type(model).__name__, type(tokenizer).__name__, model.config.id2label)
print({key: value for key, value in loading.items() if value})
model.eval()
batch = tokenizer(
    predictions["texts"],
    predictions["textsB"] if predictions["textsB"][0] is not None else None,
    padding=True,
    truncation=True,
    max_length=predictions["maxTokens"],
    return_tensors="pt",
)
with torch.no_grad():
    logits = model(**batch).logits
answer = {"one label": lambda x: x.softmax(-1), "many labels": torch.sigmoid, "score": lambda x: x}
theirs = answer[predictions["task"]](logits)
ours = torch.tensor(predictions["answers"])
difference = (theirs - ours).abs().max().item()
print(f"{len(ours)} texts: largest difference of an answer {difference:.2e}")
sys.exit(0 if difference <= 1e-4 and not any(loading.values()) else 1)
