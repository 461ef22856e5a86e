"""Fine-tuning and packing the transformer: the part that needs torch and onnx."""

from __future__ import annotations

import importlib
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rules.score.deep.reading import read
from rules.score.training.bert import adopt, torch
from rules.score.training.finetune import Course, encoder, finetune
from rules.score.training.graph import graph
from rules.score.training.samples import Sample
from rules.score.training.vocabulary import counted, trimmed
from service.errors import Invalid

Write = Callable[[str, bytes], None]
EVERY = 100


class ExtraMissing(Invalid):
    """A package of the extra ``train`` is not installed. The message says which."""


def make_transformer(
    samples: Sequence[Sample],
    *,
    base: Path,
    write: Write,
    told: Callable[[str], None],
    course: Course | None = None,
) -> None:
    """Learn from the samples, and write transformer.onnx and tokenizer.json.

    ``base`` holds model.safetensors and tokenizer.json of the base model. Raises ExtraMissing.
    """
    try:
        torch().set_num_threads(1)
        safetensors = importlib.import_module("safetensors.torch")
        tokenizers = importlib.import_module("tokenizers")
        importlib.import_module("onnx")
    except ModuleNotFoundError as error:
        raise ExtraMissing(f"{error.name} is missing; pip install 'groundswell[train]'") from None
    full = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    full.no_truncation()
    full.no_padding()
    told("counting words")
    seen = counted(found.ids for found in full.encode_batch([read(s.text) for s in samples]))
    small, kept = trimmed(json.loads((base / "tokenizer.json").read_text("utf-8")), seen)
    packed = json.dumps(small, ensure_ascii=False, separators=(",", ":"))
    write("tokenizer.json", packed.encode())
    course = course or Course()
    weights = safetensors.load_file(str(base / "model.safetensors"))
    p = adopt(weights, kept=kept, seed=course.seed)
    last: list[float] = []

    def step_told(step: int, steps: int, loss: float) -> None:
        last.append(loss)
        if step % EVERY == 0 or step == steps:
            mean = sum(last[-EVERY:]) / len(last[-EVERY:])
            told(f"fine-tuning: step {step:,} of {steps:,}, loss {mean:.3f}")

    encode = encoder(tokenizers.Tokenizer.from_str(packed))
    finetune(p, samples, encode=encode, course=course, told=step_told)
    told("packing")
    arrays = {name: tensor.detach().numpy() for name, tensor in p.items()}
    write("transformer.onnx", quantised(graph(arrays)))


def quantised(model: Any) -> bytes:
    """With the matrices as bytes, a scale a column. One bit is left unused, since processors
    without VNNI would overflow."""
    onnx = importlib.import_module("onnx")
    quantisation = importlib.import_module("onnxruntime.quantization")
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(model, str(plain))
        quantisation.quantize_dynamic(
            str(plain),
            str(small),
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            reduce_range=True,
            weight_type=quantisation.QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        return small.read_bytes()
