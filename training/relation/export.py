"""Write the network as int8 ONNX and check what was written against the float network."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from relation import network
from relation.rows import LABELS

OPSET = 17
KEPT_FLOAT = ("layers.0/outer", "layers.1/outer")


class Probabilities(nn.Module):
    """The network with its scores turned into probabilities."""

    def __init__(self, net: network.Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor) -> Tensor:
        """Return the probability of each label."""
        return self.net(ids).softmax(-1)


def export(net: network.Network, vocabulary: Path, folder: Path, about: str) -> dict[str, str]:
    """Write ``relation.onnx`` and ``vocab.txt`` to a folder; return their sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "relation.onnx"
    with TemporaryDirectory() as scratch:
        _write_float(net.eval(), Path(scratch) / "float.onnx")
        _quantise(Path(scratch) / "float.onnx", target)
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    _sign(target, about)
    return {name: _sha256(folder / name) for name in ("relation.onnx", "vocab.txt")}


def _write_float(net: network.Network, path: Path) -> None:
    ids = torch.tensor([[101, 1, 2000, 2, 3, 2001, 4, 102], [101, 3, 2000, 4, 1, 2, 102, 0]])
    axes = {"ids": {0: "rows", 1: "pieces"}, "probabilities": {0: "rows"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about its successor, which needs more packages
        torch.onnx.export(
            Probabilities(net).eval(), (ids,), str(path), dynamo=False, opset_version=OPSET,
            input_names=["ids"], output_names=["probabilities"], dynamic_axes=axes,
        )  # fmt: skip


def _quantise(source: Path, target: Path) -> None:
    """Weights to eight bits, one scale a column; seven are used, so that no processor overflows.

    What the inner layers of the first two give ranges too widely for eight bits: these two products stay
    in floats (3.5 MB more; the mean difference from the float network falls by a quarter).
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
    onnx.helper.set_model_props(model, {"labels": " ".join(LABELS)})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
