"""ONNX files as others write them: functions of their own, small whole numbers, fixed sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.decide import equal
from closedform.cli import main
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.models import onnx
from closedform.reading import parse_layers

proto = pytest.importorskip("onnx")
helper, kinds = proto.helper, proto.TensorProto
MAP, ROWS = ("B", 3, "H", "W"), ("B", 16)


def held(name: str, kind: int, *sizes: int) -> Any:
    """A tensor of ones in the file."""
    count = 1
    for size in sizes:
        count *= size
    return helper.make_tensor(name, kind, sizes, [1] * count)


def saved(
    path: Path, x: tuple[str | int, ...], nodes: list[Any], tensors: list[Any], *,
    kind: int = kinds.FLOAT, functions: Any = (),
) -> Path:  # fmt: skip
    """A file of one input."""
    given = helper.make_tensor_value_info("x", kind, x)
    made = helper.make_tensor_value_info(nodes[-1].output[0], kinds.UNDEFINED, None)
    graph = helper.make_graph(nodes, "net", [given], [made], tensors)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("mine", 1)]
    proto.save(helper.make_model(graph, opset_imports=opsets, functions=functions), path)
    return path


def test_functions_of_a_file_are_put_in_place(tmp_path: Path) -> None:
    inside = [
        helper.make_node("MatMul", ["a", "b"], ["c"]), helper.make_node("Relu", ["c"], ["d"])
    ]  # fmt: skip
    own = helper.make_function(
        "mine", "Dense", ["a", "b"], ["d"], inside, [helper.make_opsetid("", 18)]
    )
    call = helper.make_node("Dense", ["x", "w"], ["y"], domain="mine")
    weights = held("w", kinds.FLOAT, 16, 4)
    path = saved(tmp_path / "net.onnx", ROWS, [call], [weights], functions=[own])
    layers = onnx.read(path)
    assert layers.uncounted() == ()
    assert layers.params == 64
    assert cf.text(layers.macs) == "64B"


def node(kind: str, inputs: str, outputs: str = "y", **attributes: Any) -> Any:
    return helper.make_node(kind, inputs.split(), outputs.split(), **attributes)


SCALES = [held("s", kinds.FLOAT), held("z", kinds.INT8), held("u", kinds.UINT8)]
KERNEL = held("w", kinds.INT8, 8, 3, 3, 3)
MATRIX = held("w", kinds.INT8, 16, 4)
CONV = "conv(k=3, M=3, N=8, H=H-2, W=W-2, H_in=H, W_in=W, B=B)"
#: Nodes, tensors, the input, and the same on fractions.
QUANTIZED: dict[str, tuple[list[Any], list[Any], Any, int, str]] = {
    "put back": (
        [node("DequantizeLinear", "w s z", "v"), node("Conv", "x v")],
        [KERNEL], MAP, kinds.FLOAT, CONV,
    ),
    "there and back": (
        [node("QuantizeLinear", "f s z", "q"), node("DequantizeLinear", "q s z", "v"),
         node("Conv", "x v")],
        [held("f", kinds.FLOAT, 8, 3, 3, 3)], MAP, kinds.FLOAT, CONV,
    ),
    "ConvInteger": ([node("ConvInteger", "x w u z")], [KERNEL], MAP, kinds.UINT8, CONV),
    "QLinearConv": (
        [node("QLinearConv", "x s u w s z s u b")],
        [KERNEL, held("b", kinds.INT32, 8)], MAP, kinds.UINT8, CONV.replace("B=B", "B=B, bias"),
    ),
    "MatMulInteger": (
        [node("MatMulInteger", "x w u z")], [MATRIX], ROWS, kinds.UINT8,
        "linear(M=16, N=4, B=B)",
    ),
    "QLinearMatMul": (
        [node("QLinearMatMul", "x s u w s z s u")], [MATRIX], ROWS, kinds.UINT8,
        "linear(M=16, N=4, B=B)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUANTIZED)
def test_weights_as_small_whole_numbers_are_weights(name: str, tmp_path: Path) -> None:
    nodes, tensors, x, kind, written = QUANTIZED[name]
    layers = onnx.read(saved(tmp_path / "net.onnx", x, nodes, [*tensors, *SCALES], kind=kind))
    assert layers.uncounted() == ()
    known = parse_layers(written)
    assert layers.params == known.params
    assert equal(layers._tree("macs"), known._tree("macs"))


def test_what_comes_in_is_quantized_number_by_number(tmp_path: Path) -> None:
    nodes = [node("DynamicQuantizeLinear", "x", "q s z"), node("DequantizeLinear", "q s z")]
    layers = onnx.read(saved(tmp_path / "net.onnx", ROWS, nodes, []))
    assert layers.uncounted() == ()
    assert layers.params == layers.macs == 0
    assert layers.quantity("operations", kind="div") == cf.parse("16 B")


def either(path: Path) -> Path:
    """A file of one condition, with a convolution either way."""
    branches = [
        helper.make_graph(
            [node("Conv", f"x {name}", f"{name}_out")], name,
            [], [helper.make_tensor_value_info(f"{name}_out", kinds.FLOAT, None)],
            [held(name, kinds.FLOAT, 8, 3, 3, 3)],
        )
        for name in ("one", "two")
    ]  # fmt: skip
    chosen = node("If", "c", then_branch=branches[0], else_branch=branches[1])
    return saved(path, (1, 3, 8, 8), [chosen], [held("c", kinds.BOOL)])


def test_what_nobody_counts_is_no_zero(tmp_path: Path, capsys: Any) -> None:
    """Weights of both ways are there, whichever is taken."""
    path = either(tmp_path / "net.onnx")
    layers = onnx.read(path)
    assert layers.params == 432
    assert layers.uncounted() == ("If at If_0",)
    told: list[Any] = [
        lambda: layers.macs, layers.flops, lambda: layers.activations,
        lambda: cf.compile(layers), lambda: cf.count(layers).macs,
    ]  # fmt: skip
    for asked in told:
        with pytest.raises(ClosedformError):
            asked()
    with pytest.raises(ClosedformError, match="exact counts none of these layers"):
        cf.sweep(layers + cf.relu(N="N") * 0, over="N=1..2", measures="macs")
    assert cf.count(layers).values == {
        "params": 432, "macs": None, "flops": None, "activations": None
    }  # fmt: skip
    for verb in ("show", "count", "compare", "table"):
        assert main([verb, str(path)]) == 0
        shown = capsys.readouterr().out
        assert "If at If_0" in shown
        assert "0" not in {line.split()[1] for line in shown.splitlines() if "  " in line}, verb


def test_a_part_that_is_counted_says_that_it_is_one(tmp_path: Path) -> None:
    layers: LayerSum = onnx.read(either(tmp_path / "net.onnx")) + cf.linear(M=4, N=8)
    assert "MACs         32 + uncounted" in cf.count(layers).to_text()


FIXED: list[tuple[list[Any], list[Any], Any, str]] = [
    ([node("Reshape", "x r")], [helper.make_tensor("r", kinds.INT64, [3], [7, 4, 8])],
     (7, "n", 8), "n = 4 (Reshape at Reshape_0)"),
    ([node("Reshape", "x r")], [helper.make_tensor("r", kinds.INT64, [3], [7, 0, 8])],
     ("n", "B", 8), "n = 7 (Reshape at Reshape_0)"),
    ([node("MatMul", "x w")], [held("w", kinds.FLOAT, 9, 2)], ("B", "n"),
     "n = 9 (MatMul at MatMul_0)"),
    ([node("Gemm", "x w", transB=1)], [held("w", kinds.FLOAT, 2, 9)], ("B", "n"),
     "n = 9 (Gemm at Gemm_0)"),
    ([node("Add", "x w")], [held("w", kinds.FLOAT, 1, 9, 8)], ("B", "n", 8),
     "n = 9 (Add at Add_0)"),
    ([node("Concat", "x w", axis=0)], [held("w", kinds.FLOAT, 1, 9)], ("B", "n"),
     "n = 9 (Concat at Concat_0)"),
]  # fmt: skip


@pytest.mark.parametrize(("nodes", "tensors", "x", "told"), FIXED)
def test_a_size_that_the_file_fixes_further_on_is_told(
    nodes: list[Any], tensors: list[Any], x: Any, told: str, tmp_path: Path
) -> None:
    layers = onnx.read(saved(tmp_path / "net.onnx", x, nodes, tensors))
    assert layers.holds_where() == (told,)
    with pytest.raises(ClosedformError, match="n = 11 is outside of that"):
        cf.count(layers, where="n = 11, B = 1" if "B" in x else "n = 11")


def test_sizes_that_are_equal_at_all_values_are_no_condition(tmp_path: Path) -> None:
    nodes = [node("Reshape", "x r", "c"), node("Add", "c w")]
    tensors = [
        helper.make_tensor("r", kinds.INT64, [3], [0, 16, 1]), held("w", kinds.FLOAT, 16, 1)
    ]  # fmt: skip
    layers = onnx.read(saved(tmp_path / "net.onnx", ROWS, nodes, tensors))
    assert layers.holds_where() == ()


def test_a_file_is_derived_and_swept_by_its_own_words(tmp_path: Path, capsys: Any) -> None:
    sizes = ("batch", 3, "height", "width")
    nodes, tensors = [node("Conv", "x w")], [held("w", kinds.FLOAT, 8, 3, 3, 3)]
    path = str(saved(tmp_path / "net.onnx", sizes, nodes, tensors))
    assert main(["derive", path]) == 0
    assert "height" in capsys.readouterr().out
    where = ["--where", "batch=1, width=34"]
    assert main(["sweep", path, "--over", "height=34..66..32", *where]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["34,216,221184", "66,216,442368"]
