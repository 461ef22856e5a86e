"""The trained transformer as an ONNX graph of fused operators, written out by hand.

Inputs: ``ids``, ``segments`` and ``mask`` (rows, places), 32-bit whole numbers, mask 1 at words.
Output: ``logits`` (rows, 3). The word table is held in bytes with a scale a row. The matrices are
floats here; onnxruntime's dynamic quantisation makes bytes of them. Needs onnx, of the extra
``train``.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from rules.score.training.bert import HEADS, LAYERS

Array = np.ndarray[Any, Any]

_FUSED: Final = "com.microsoft"


def graph(p: Mapping[str, Array]) -> Any:
    """An onnx.ModelProto of the parameters (see bert.py), as arrays of floats."""
    onnx = importlib.import_module("onnx")
    make = onnx.helper
    nodes: list[Any] = []
    constants: list[Any] = []

    def constant(name: str, value: Array) -> str:
        constants.append(onnx.numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(kind: str, inputs: list[str], output: str, *, domain: str = "", **options: Any) -> str:
        nodes.append(make.make_node(kind, inputs, [output], output, domain=domain, **options))
        return output

    def linear(x: str, name: str, output: str) -> str:
        weight = constant(f"{name}.weight", p[f"{name}.weight"].T)
        return node("MatMul", [x, weight], output)

    def norm(x: str, skipped: str, name: str, bias: str, output: str) -> str:
        inputs = [
            x,
            skipped,
            *_norm(constant, p, name),
            constant(f"{bias}.bias", p[f"{bias}.bias"]),
        ]
        return node("SkipLayerNormalization", inputs, output, domain=_FUSED, epsilon=1e-12)

    table, scales = _rows_as_bytes(p["embeddings.word_embeddings.weight"])
    word = node("Gather", [constant("words", table), "ids"], "word.bytes")
    word = node("Cast", [word], "word.floats", to=onnx.TensorProto.FLOAT)
    scale = node("Gather", [constant("words.scales", scales), "ids"], "word.scale")
    word = node("Mul", [word, scale], "word")
    shape = node("Shape", ["ids"], "shape", start=1, end=2)
    zero, one = constant("zero", np.array([0])), constant("one", np.array([1]))
    places = constant("places", p["embeddings.position_embeddings.weight"])
    place = node("Slice", [places, zero, shape, zero, one], "place")
    sides = constant("sides", p["embeddings.token_type_embeddings.weight"])
    side = node("Gather", [sides, "segments"], "side")
    x = node("Add", [node("Add", [word, place], "placed"), side], "summed")
    x = node(
        "LayerNormalization",
        [x, *_norm(constant, p, "embeddings.LayerNorm")],
        "embedded",
        epsilon=1e-12,
    )
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        own = [f"{at}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([p[f"{name}.weight"].T for name in own], axis=1)
        bias = np.concatenate([p[f"{name}.bias"] for name in own])
        looked = node(
            "Attention",
            [x, constant(f"{at}.looking", weight), constant(f"{at}.looking.bias", bias), "mask"],
            f"{at}.looked",
            domain=_FUSED,
            num_heads=HEADS,
        )
        out = f"{at}.attention.output"
        said = linear(looked, f"{out}.dense", f"{at}.said")
        x = norm(said, x, f"{out}.LayerNorm", f"{out}.dense", f"{at}.heard")
        wide = linear(x, f"{at}.intermediate.dense", f"{at}.wide")
        bias_name = constant(f"{at}.wide.bias", p[f"{at}.intermediate.dense.bias"])
        wide = node("BiasGelu", [wide, bias_name], f"{at}.bent", domain=_FUSED)
        said = linear(wide, f"{at}.output.dense", f"{at}.narrow")
        x = norm(said, x, f"{at}.output.LayerNorm", f"{at}.output.dense", f"{at}.done")
    _head(node, constant, p, x, onnx)
    whole = onnx.TensorProto.INT32
    built = make.make_graph(
        nodes,
        "polarity",
        [make.make_tensor_value_info(n, whole, ["rows", "places"]) for n in _INPUTS],
        [make.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["rows", 3])],
        constants,
    )
    opsets = [make.make_opsetid("", 17), make.make_opsetid(_FUSED, 1)]
    model = make.make_model(built, opset_imports=opsets, producer_name="groundswell")
    model.ir_version = 8
    return model


_INPUTS: Final = ("ids", "segments", "mask")


def _norm(constant: Any, p: Mapping[str, Array], name: str) -> list[str]:
    return [constant(f"{name}.{part}", p[f"{name}.{part}"]) for part in ("weight", "bias")]


def _head(node: Any, constant: Any, p: Mapping[str, Array], x: str, onnx: Any) -> None:
    """The first place beside the mean of all words, to three logits."""
    weight = node("Cast", ["mask"], "mask.floats", to=onnx.TensorProto.FLOAT)
    last = constant("last", np.array([-1]))
    weight = node("Unsqueeze", [weight, last], "mask.deep")
    middle = constant("middle", np.array([1]))
    summed = node("ReduceSum", [node("Mul", [x, weight], "masked"), middle], "mean.sum", keepdims=0)
    count = node("ReduceSum", [weight, middle], "mean.count", keepdims=0)
    mean = node("Div", [summed, count], "mean")
    first = node("Gather", [x, constant("first", np.array(0))], "first.place", axis=1)
    both = node("Concat", [first, mean], "both", axis=1)
    # As a product of another kind than MatMul it stays in floats: it is small, and comes last.
    inputs = [both, constant("head", p["head.weight"]), constant("head.bias", p["head.bias"])]
    node("Gemm", inputs, "logits", transB=1)


def _rows_as_bytes(table: Array) -> tuple[Array, Array]:
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)
