"""One training step of BERT in PyTorch on the CPU: the time to beat.

Usage: torch_step.py layers hidden intermediate heads vocabulary sequences length [steps]
All parameters, dropout 0.1, AdamW, clipping to norm 1. Prints one line of JSON.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

L, H, I, A, V, B, T = map(int, sys.argv[1:8])
steps = int(sys.argv[8]) if len(sys.argv) > 8 else 12
torch.set_num_threads(2)
torch.manual_seed(0)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(H, H) for _ in range(4))
        self.up, self.down = nn.Linear(H, I), nn.Linear(I, H)
        self.n1, self.n2 = nn.LayerNorm(H, 1e-12), nn.LayerNorm(H, 1e-12)

    def forward(self, x, mask):
        def split(y):
            return y.view(B, T, A, H // A).transpose(1, 2)

        scores = split(self.q(x)) @ split(self.k(x)).transpose(2, 3) / (H // A) ** 0.5
        p = F.dropout(F.softmax(scores + mask, -1), 0.1)
        c = (p @ split(self.v(x))).transpose(1, 2).reshape(B, T, H)
        x = self.n1(x + F.dropout(self.o(c), 0.1))
        return self.n2(x + F.dropout(self.down(F.gelu(self.up(x))), 0.1))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.word, self.position, self.segment = nn.Embedding(V, H), nn.Embedding(512, H), nn.Embedding(2, H)
        self.norm = nn.LayerNorm(H, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(L))
        self.pooler, self.classifier = nn.Linear(H, H), nn.Linear(H, 6)
        for m in self.modules():
            if isinstance(m, (nn.Linear, nn.Embedding)):
                nn.init.normal_(m.weight, 0, 0.02)

    def forward(self, ids, types, mask):
        x = self.word(ids) + self.position(torch.arange(T)) + self.segment(types)
        x = F.dropout(self.norm(x), 0.1)
        for layer in self.layers:
            x = layer(x, mask)
        return self.classifier(F.dropout(torch.tanh(self.pooler(x[:, 0])), 0.1))


model = Bert()
decay = [p for p in model.parameters() if p.ndim > 1]
rest = [p for p in model.parameters() if p.ndim == 1]
optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0}], lr=5e-5)
times = []
for step in range(steps + 3):
    ids = torch.randint(0, V, (B, T))
    types, mask = torch.zeros(B, T, dtype=torch.long), torch.zeros(B, 1, 1, T)
    labels = torch.randint(0, 6, (B,))
    start = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = F.cross_entropy(model(ids, types, mask), labels)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    loss.item()
    if step >= 3:
        times.append((time.perf_counter() - start) * 1000)
print(json.dumps({"ms": statistics.median(times), "best": min(times), "loss": loss.item()}))
