"""Fine-tuning the transformer: seeded, one thread if the caller says so, no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rules.score.deep.reading import read
from rules.score.training.bert import Parameters, logits, torch
from rules.score.training.dice import Dice
from rules.score.training.samples import Sample, batches, priors, shown

LONGEST: Final = 72
POOL: Final = 60

# (texts with their targets) -> ids and segments of each
Encoder = Callable[[list[tuple[str, str]]], list[tuple[list[int], list[int]]]]


@dataclass(frozen=True, slots=True)
class Course:
    """How it is taught. ``smoothing`` is the share of a label given to the other classes; after
    ``most`` steps it ends, which the rate knows from the start."""

    epochs: int = 2
    most: int = 1_000_000
    size: int = 32
    rate: float = 1e-4
    warm_steps: int = 200
    decay: float = 0.01
    smoothing: float = 0.05
    seed: int = 1


def encoder(tokenizer: Any) -> Encoder:
    """From a tokenizers.Tokenizer of the trimmed vocabulary."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_first")

    def encode(texts: list[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
        given = [
            (read(text, target=target), target.lstrip("@#")) if target else read(text)
            for text, target in texts
        ]
        return [(found.ids, found.type_ids) for found in tokenizer.encode_batch(given)]

    return encode


def finetune(
    p: Parameters,
    samples: Sequence[Sample],
    *,
    encode: Encoder,
    course: Course,
    told: Callable[[int, int, float], None],
) -> None:
    """Change ``p`` in place. ``told(step, steps, loss)`` hears of every step.

    The loss is the cross entropy of the logits plus the logarithm of the set's class shares (Menon
    and others, "Long-tail learning via logit adjustment", 2021), so that the bare logits are those
    of a world in which the three classes are equally frequent, whatever set a text is from.
    """
    t = torch()
    t.manual_seed(course.seed)
    dice = Dice(course.seed)
    shares = priors(samples)
    epochs = [shown(samples, dice=dice) for _ in range(course.epochs)]
    steps = min(course.most, sum([-(-len(epoch) // course.size) for epoch in epochs]))
    plain = [tensor for name, tensor in p.items() if tensor.dim() < 2]
    rest = [tensor for name, tensor in p.items() if tensor.dim() >= 2]
    optimiser = t.optim.AdamW(
        [{"params": rest, "weight_decay": course.decay}, {"params": plain, "weight_decay": 0.0}],
        lr=course.rate,
        betas=(0.9, 0.98),
        fused=True,
    )
    step = 0
    for epoch in epochs:
        encoded = encode([(sample.text, sample.target) for sample in epoch])
        for numbers in batches(
            [len(ids) for ids, _ in encoded], size=course.size, pool=POOL, dice=dice
        ):
            if step == steps:
                return
            rate = course.rate * _share(step, steps=steps, warm=course.warm_steps)
            for group in optimiser.param_groups:
                group["lr"] = rate
            ids, segments, mask = padded([encoded[number] for number in numbers])
            wanted = t.tensor([epoch[number].chances for number in numbers])
            wanted = wanted * (1 - course.smoothing) + course.smoothing / 3
            prior = t.tensor([shares[epoch[number].source] for number in numbers])
            with t.autocast("cpu", t.bfloat16):
                seen = logits(p, ids, segments, mask, learning=True)
            loss = t.nn.functional.cross_entropy(seen.float() + prior, wanted)
            loss.backward()
            t.nn.utils.clip_grad_norm_(list(p.values()), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            step += 1
            told(step, steps, float(loss.detach()))


def _share(step: int, *, steps: int, warm: int) -> float:
    if step < warm:
        return (step + 1) / warm
    return max(0.02, (steps - step) / max(1, steps - warm))


def padded(encoded: Sequence[tuple[list[int], list[int]]]) -> tuple[Any, Any, Any]:
    """Ids, segments and mask of one batch, as long as its longest."""
    t = torch()
    longest = max(len(ids) for ids, _ in encoded)
    ids = t.zeros((len(encoded), longest), dtype=t.long)
    segments = t.zeros_like(ids)
    mask = t.zeros_like(ids, dtype=t.bool)
    for row, (words, sides) in enumerate(encoded):
        ids[row, : len(words)] = t.tensor(words)
        segments[row, : len(sides)] = t.tensor(sides)
        mask[row, : len(words)] = True
    return ids, segments, mask


def judged(
    p: Parameters, texts: Sequence[tuple[str, str]], *, encode: Encoder, size: int = 64
) -> list[list[float]]:
    """The three logits of every text with its target ("" for none)."""
    t = torch()
    encoded = encode(list(texts))
    ranked = sorted(range(len(encoded)), key=lambda number: len(encoded[number][0]))
    out: list[list[float]] = [[] for _ in encoded]
    with t.no_grad():
        for start in range(0, len(ranked), size):
            numbers = ranked[start : start + size]
            ids, segments, mask = padded([encoded[number] for number in numbers])
            with t.autocast("cpu", t.bfloat16):
                rows = logits(p, ids, segments, mask, learning=False).float().tolist()
            for number, row in zip(numbers, rows, strict=True):
                out[number] = row
    return out
