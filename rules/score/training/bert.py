"""The small transformer as functions over tensors by name: BERT's encoder, a head of three.

Devlin and others, "BERT" (2019), in the shape of MiniLM-L6-H384 (Wang and others, 2020): the base
weights are those of all-MiniLM-L6-v2 (Apache-2.0). Needs torch, an optional extra; every function
is given tensors and returns tensors, and nothing here reads a file.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

LAYERS: Final = 6
HEADS: Final = 12
WIDTH: Final = 384
CLASSES: Final = 3
DROPOUT: Final = 0.1
LONGEST: Final = 128
"""Places with a position of their own; the base has 512, which short texts never use."""

Parameters = dict[str, Any]


def torch() -> Any:
    """The optional extra ``train``. Raises ModuleNotFoundError where it is not installed."""
    return importlib.import_module("torch")


def adopt(base: Mapping[str, Any], *, kept: list[int], seed: int) -> Parameters:
    """Parameters to train, from the base's tensors: only ``kept`` rows of its vocabulary, only the
    first positions, and a new head (from CLS and the mean of the words to three classes)."""
    t = torch()
    out: Parameters = {}
    for name, tensor in base.items():
        if name.startswith("pooler.") or name.endswith("position_ids"):
            continue
        out[name] = tensor.float()
    words = "embeddings.word_embeddings.weight"
    places = "embeddings.position_embeddings.weight"
    out[words] = out[words][t.tensor(kept)]
    out[places] = out[places][:LONGEST]
    dice = t.Generator().manual_seed(seed)
    out["head.weight"] = t.randn(CLASSES, 2 * WIDTH, generator=dice) * 0.02
    out["head.bias"] = t.zeros(CLASSES)
    return {name: tensor.clone().contiguous().requires_grad_() for name, tensor in out.items()}


def logits(p: Parameters, ids: Any, segments: Any, mask: Any, *, learning: bool) -> Any:
    """Three logits a row. ``mask`` is True at words; ids and segments are (rows, places)."""
    t = torch()
    f = t.nn.functional
    rows, length = ids.shape

    def drop(x: Any) -> Any:
        return f.dropout(x, DROPOUT) if learning else x

    def norm(x: Any, name: str) -> Any:
        return f.layer_norm(x, (WIDTH,), p[f"{name}.weight"], p[f"{name}.bias"], 1e-12)

    def linear(x: Any, name: str) -> Any:
        return f.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

    def heads(x: Any) -> Any:
        return x.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)

    x = (
        f.embedding(ids, p["embeddings.word_embeddings.weight"])
        + p["embeddings.position_embeddings.weight"][:length]
        + f.embedding(segments, p["embeddings.token_type_embeddings.weight"])
    )
    x = drop(norm(x, "embeddings.LayerNorm"))
    hidden = None if bool(mask.all()) else ~mask[:, None, None, :]
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        query, key, value = (
            heads(linear(x, f"{at}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        # Written out: for short texts torch's fused attention is slow on the way back on a CPU.
        near = query @ key.transpose(-2, -1) * (WIDTH // HEADS) ** -0.5
        if hidden is not None:
            near = near.masked_fill(hidden, -1e4)
        looked = near.softmax(-1).to(value.dtype) @ value
        looked = looked.transpose(1, 2).reshape(rows, length, WIDTH)
        looked = drop(linear(looked, f"{at}.attention.output.dense"))
        x = norm(x + looked, f"{at}.attention.output.LayerNorm")
        thought = f.gelu(linear(x, f"{at}.intermediate.dense"))
        thought = drop(linear(thought, f"{at}.output.dense"))
        x = norm(x + thought, f"{at}.output.LayerNorm")
    weight = mask[:, :, None].to(x.dtype)
    mean = (x * weight).sum(1) / weight.sum(1)
    return linear(drop(t.cat([x[:, 0], mean], dim=1)), "head").float()
