"""Write the network as int8 ONNX."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from reader import network

OPSET = 17
KEPT_FLOAT = ("layers.0/outer", "layers.1/outer", "/words/", "/relation/", "/text/")
OUTPUTS = ("words", "links", "relation", "text", "state")


def export(net: network.Network, vocabulary: Path, folder: Path, about: str) -> dict[str, str]:
    """Write ``reader.onnx`` and ``vocab.txt`` to a folder; return their sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "reader.onnx"
    with TemporaryDirectory() as scratch:
        _write_float(net.eval(), Path(scratch) / "float.onnx")
        _quantise(Path(scratch) / "float.onnx", target)
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    _sign(target, about)
    return {name: _sha256(folder / name) for name in ("reader.onnx", "vocab.txt")}


def _write_float(net: network.Network, path: Path) -> None:
    ids = torch.tensor([[101, 1, 2000, 2, 3, 2001, 4, 102], [101, 3, 2000, 4, 1, 2, 102, 0]])
    axes = {"ids": {0: "rows", 1: "pieces"}, "words": {0: "rows", 1: "pieces"}, "relation": {0: "rows"}}
    axes |= {"links": {0: "rows", 2: "pieces", 3: "pieces"}, "text": {0: "rows", 1: "pieces"}}
    axes |= {"state": {0: "rows", 1: "pieces"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about its successor, which needs more packages
        torch.onnx.export(
            net, (ids,), str(path), dynamo=False, opset_version=OPSET,
            input_names=["ids"], output_names=list(OUTPUTS), dynamic_axes=axes,
        )  # fmt: skip


def _quantise(source: Path, target: Path) -> None:
    """Weights to eight bits, one scale a column; seven are used, so that no processor overflows.

    What the inner layers of the first two give ranges too widely for eight bits: these two products stay
    in floats, and so do the small last products of the heads.
    """
    nodes = onnx.load(str(source)).graph.node
    quantize_dynamic(
        source, target, op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        nodes_to_exclude=[node.name for node in nodes if any(part in node.name for part in KEPT_FLOAT)],
    )  # fmt: skip


def _sign(path: Path, about: str) -> None:
    model = onnx.load(str(path))
    model.producer_name, model.doc_string = "dateline training", about
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
