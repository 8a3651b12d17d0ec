"""ONNX files, read in: what PyTorch exports is what is read from PyTorch; wrong ones are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.decide import equal
from closedform.cli import main
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.models import onnx, torch
from closedform.reading import parse_layers
from tests.models_read.networks import classifier
from tests.models_read.test_torch import Adapted, Cnn, Cross, Function, Tied, learned

proto = pytest.importorskip("onnx")
pytest.importorskip("onnxscript")
pytorch = pytest.importorskip("torch")
nn, helper, kinds = pytorch.nn, proto.helper, proto.TensorProto

#: What a named size is while a module is exported.
EXAMPLES = {"B": 2, "n": 20, "m": 30, "H": 64, "W": 96, "L": 50}


def exported(module: Any, x: Any, path: Path, dtype: Any = None, *, traced: bool = False) -> Path:
    """A module as PyTorch exports it: as it stands, or in the older way, which folds batch norm."""
    shapes = [x] if isinstance(x[0], (str, int)) else x
    inputs = tuple(
        pytorch.zeros([EXAMPLES.get(one, one) for one in shape], dtype=dtype) for shape in shapes
    )
    open_ = [{axis: one for axis, one in enumerate(s) if isinstance(one, str)} for s in shapes]
    names = [f"x{number}" for number in range(len(shapes))]
    if traced:
        axes = dict(zip(names, open_, strict=True))
        options = {"dynamo": False, "dynamic_axes": axes}
    else:
        dims = tuple(dict.fromkeys(shape, pytorch.export.Dim.DYNAMIC) for shape in open_)
        options = {"dynamo": True, "optimize": False, "external_data": False, "verbose": False}
        options["dynamic_shapes"] = dims
    pytorch.onnx.export(module.eval(), inputs, path, input_names=names, **options)
    return path


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name", "resnet18 mobilenet_v2 mobilenet_v3_small efficientnet_b0 squeezenet1_1".split()
)
def test_a_classifier_in_a_file_is_the_catalogue_s(name: str, tmp_path: Path) -> None:
    module = classifier(name).to_empty(device="cpu")
    path = exported(module, ("B", 3, "H", "W"), tmp_path / "net.onnx")
    layers, known = onnx.read(path, x=("B", 3, "R", "R")), parse_layers(f"{name}(R, B=B)")
    assert layers.uncounted() == ()
    for measure in ("params", "macs", "flops"):
        assert equal(layers._tree(measure), known._tree(measure)), measure
    again = torch.read(module, x=("B", 3, "R", "R"))
    weighted = [[t.place for t in one.terms if t.call.weights] for one in (layers, again)]
    assert weighted[0] == weighted[1]


MODELS: dict[str, tuple[Any, Any, Any]] = {
    "cnn": (Cnn(), ("B", 3, "H", "W"), None),
    "lstm": (nn.LSTM(8, 16, num_layers=2, bidirectional=True), ("n", "B", 8), None),
    "gru": (nn.GRU(8, 16), ("n", 2, 8), None),
    "tied": (Tied(), ("B", "n"), pytorch.int64),
    "adapted": (Adapted(), ("B", 6), None),
    "decoder": (
        nn.Sequential(nn.PReLU(4), nn.ConvTranspose2d(4, 6, 2, stride=2), nn.Sigmoid()),
        ("B", 4, "H", "W"),
        None,
    ),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MODELS)
def test_a_file_says_what_the_module_says(name: str, tmp_path: Path) -> None:
    module, x, dtype = MODELS[name]
    layers = onnx.read(exported(module, x, tmp_path / "net.onnx", dtype), x=x)
    known = torch.read(module, x=x, dtype="int64" if dtype else "")
    assert layers.uncounted() == ()
    assert layers.params == learned(module)
    for measure in ("macs", "flops"):
        assert equal(layers._tree(measure), known._tree(measure)), measure


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("module", [Cross()])
def test_attention_in_a_file_is_scaled_before_the_product(module: Any, tmp_path: Path) -> None:
    """Queries and keys are scaled instead of the scores: other FLOPs, the same MACs."""
    x = [("B", "n", 32), ("B", "m", 32)]
    layers = onnx.read(exported(module, x, tmp_path / "net.onnx"), x=x)
    known = torch.read(module, x=x)
    assert equal(layers._tree("macs"), known._tree("macs"))
    assert cf.text(layers._tree("flops")) == "140Bmn + 4128Bm + 4092Bn"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("module", "shape"),
    [
        (nn.GRU(8, 6), (5, 2, 8)),
        (nn.LSTM(8, 6, batch_first=True), (2, 5, 8)),
        (
            nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear"), nn.Conv2d(4, 2, 1)),
            (1, 4, 9, 9),
        ),
        (nn.Sequential(nn.GroupNorm(3, 6), nn.BatchNorm2d(6)), (2, 6, 4, 4)),
    ],
    ids=["gru", "lstm", "resized", "norms"],
)
def test_scales_and_states_of_zeros_are_no_parameters(
    module: Any, shape: tuple[int, ...], tmp_path: Path
) -> None:
    """As the exporter writes a file unless it is told otherwise: what is constant is worked out."""
    path, given = tmp_path / "net.onnx", (pytorch.zeros(shape),)
    pytorch.onnx.export(module.eval(), given, path, dynamo=True, external_data=False, verbose=False)
    assert onnx.read(path).params == learned(module)


class Rotated(nn.Module):
    """A language model with a rotary embedding, and a head that is the table or is not."""

    def __init__(self, *, tied: bool, learned: bool = False) -> None:
        super().__init__()
        self.words, self.head = nn.Embedding(30, 8), nn.Linear(8, 30, bias=False)
        self.head.weight = self.words.weight if tied else self.head.weight
        self.angles = nn.Parameter(pytorch.rand(8), requires_grad=learned)
        self.learned = learned

    def forward(self, tokens: Any) -> Any:
        x = self.words(tokens)
        if self.learned:
            return self.head((x * self.angles).sin())
        turned = pytorch.arange(tokens.shape[1])[:, None] * self.angles
        return self.head(x * turned.cos() + x * turned.sin())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize(
    "module", [Rotated(tied=True), Rotated(tied=False), Rotated(tied=True, learned=True)]
)
def test_a_copied_head_and_the_angles_of_positions_are_no_parameters(
    module: Any, beside: bool, tmp_path: Path
) -> None:
    """Numbers that are lost tell of no copy; what is learned before a sine is a parameter."""
    path, given = tmp_path / "net.onnx", (pytorch.zeros(2, 5, dtype=pytorch.int64),)
    dims = ({1: pytorch.export.Dim("n")},)
    options = {"dynamo": True, "external_data": beside, "verbose": False, "dynamic_shapes": dims}
    pytorch.onnx.export(module.eval(), given, path, **options)
    own = learned(module) - (0 if module.learned else 8)
    assert onnx.read(path, x=(2, "n")).params == own
    if beside:
        path.with_name("net.onnx.data").unlink()
        lost = module.head.weight.numel() * (module.head.weight is module.words.weight)
        assert onnx.read(path, x=(2, "n")).params == own + lost


class WithToken(nn.Module):
    """A token before the others, one for each sample, as vision transformers have it."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.linear = nn.Parameter(pytorch.rand(1, 1, 8)), nn.Linear(8, 4)

    def forward(self, x: Any) -> Any:
        token = self.token.expand(x.shape[0], -1, -1)
        return self.linear(pytorch.cat([token, x], 1))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "module",
    [
        WithToken(),
        nn.RNN(8, 6, nonlinearity="relu", bidirectional=True),
        Function(lambda x: nn.functional.normalize(x, dim=-1) @ x.transpose(1, 2)),
        Function(lambda x: nn.functional.selu(x) / x.std(-1, keepdim=True)),
        Function(lambda x: x.unsqueeze(1) @ x.transpose(1, 2).unsqueeze(1).repeat(1, 3, 1, 1)),
        Function(lambda x: x.topk(2).values.exp()),
        Function(lambda x: x.cumsum(1)),
    ],
    ids=["token", "rnn", "length", "variance", "repeated", "in order", "running sum"],
)
def test_sizes_that_the_older_export_works_out_are_followed(module: Any, tmp_path: Path) -> None:
    x = ("B", "n", 8)
    layers = onnx.read(exported(module, x, tmp_path / "net.onnx", traced=True), x=x)
    assert layers.uncounted() == ()
    assert layers.params == learned(module)
    assert equal(layers._tree("macs"), torch.read(module, x=x)._tree("macs"))


@pytest.mark.filterwarnings("ignore")
def test_the_older_export_folds_batch_norm_and_keeps_places(tmp_path: Path) -> None:
    module = nn.Sequential(nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)), nn.ReLU())
    path = exported(module, ("B", 3, "H", "W"), tmp_path / "net.onnx", traced=True)
    layers = onnx.read(path)
    assert equal(
        layers._tree("flops"),
        parse_layers("conv(k=3, M=3, N=8, H=H-2, W=W-2, B=B, bias)")._tree("flops"),
    )
    assert [(term.place, term.call.layer) for term in layers.terms] == [
        ("0.0", "conv"),
        ("1", "relu"),
    ]


def graph(*nodes: Any, x: Any = ("N", 3, "H", "W"), w: Any = (8, 3, 3, 3), told: Any = ()) -> Any:
    """A file with an input x, and weights w."""
    weights = helper.make_tensor("w", kinds.FLOAT, w, [0.5] * pytorch.zeros(w).numel())
    made = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("x", kinds.FLOAT, x)],
        [helper.make_tensor_value_info("y", kinds.FLOAT, None)],
        [weights],
        value_info=[helper.make_tensor_value_info(n, kinds.FLOAT, shape) for n, shape in told],
    )
    sets = [helper.make_opsetid("", 18), helper.make_opsetid("mine", 1)]
    return helper.make_model(made, opset_imports=sets)


CONV = helper.make_node("Conv", ["x", "w"], ["c"], name="/stem/stem.0/Conv")
SWIRL = helper.make_node("Swirl", ["c"], ["s"], domain="mine", name="odd")
RELU = helper.make_node("Relu", ["s"], ["y"], name="last")


def read(model: Any, tmp_path: Path, x: Any = None) -> LayerSum:
    proto.save(model, tmp_path / "net.onnx")
    return onnx.read(tmp_path / "net.onnx", x=x)


def test_what_is_not_known_is_named_and_what_follows_it(tmp_path: Path) -> None:
    layers = read(graph(CONV, SWIRL, RELU), tmp_path)
    assert layers.uncounted() == ("mine::Swirl at odd", "Relu at last")
    assert layers.params == 216
    assert [term.place for term in layers.terms] == ["stem.0", "odd", "last"]
    told = read(graph(CONV, SWIRL, RELU, told=[("s", (1, 8, 6, 6))]), tmp_path)
    assert told.uncounted() == ("mine::Swirl at odd",)


@pytest.mark.parametrize(
    "node",
    [
        helper.make_node("Conv", ["x", "nowhere"], ["y"]),
        helper.make_node("Conv", ["x"], ["y"]),
        helper.make_node("Softmax", ["x"], ["y"], axis=9),
        helper.make_node("Atan", ["x"], ["y"]),
        helper.make_node("LSTM", ["x", "w", "w"], ["y"], activations=["Relu"] * 3),
    ],
    ids=lambda node: node.op_type,
)
def test_a_node_that_cannot_be_read_is_no_zero(node: Any, tmp_path: Path) -> None:
    layers = read(graph(node), tmp_path)
    assert layers.uncounted() == (f"{node.op_type} at {node.op_type}_0",)
    assert layers.params == 216


OPERATORS: list[tuple[Any, str]] = [
    (helper.make_node("Relu", ["x"], ["y"]), "relu(N=3, H=H, W=W, B=N)"),
    (helper.make_node("Celu", ["x"], ["y"]), "celu(N=3, H=H, W=W, B=N)"),
    (
        helper.make_node("LRN", ["x"], ["y"], size=5),
        "local_response_norm(N=3, q=5, H=H*W, W=1, B=N)",
    ),
    (helper.make_node("Add", ["x", "x"], ["y"]), "residual_add(N=3, H=H, W=W, B=N)"),
    (
        helper.make_node("GlobalAveragePool", ["x"], ["y"]),
        "global_avg_pool(N=3, H_in=H, W_in=W, B=N)",
    ),
    (
        helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
        "max_pool(k=3, N=3, s=2, H=ceil((H-1)/2), W=ceil((W-1)/2), B=N)",
    ),
    (
        helper.make_node("Conv", ["x", "w"], ["y"], auto_pad="SAME_UPPER", strides=[2, 2]),
        "conv(k=3, M=3, N=8, H=ceil(H/2), W=ceil(W/2), B=N)",
    ),
    (
        helper.make_node("Conv", ["x", "w"], ["y"], dilations=[2, 2], pads=[2, 2, 2, 2]),
        "conv(k=3, M=3, N=8, H=H, W=W, B=N)",
    ),
    (helper.make_node("Softmax", ["x"], ["y"], axis=1), "softmax(n=3, m=N*H*W)"),
    (helper.make_node("Transpose", ["x"], ["y"]), "0 relu"),
    (
        helper.make_node("Einsum", ["x", "x"], ["y"], equation="nchw,nchv->ncwv"),
        "matmul(n=W, M=H, N=W, B=3*N)",
    ),
    (  # Operand by operand: never all six extents at once.
        helper.make_node("Einsum", ["x", "x", "w"], ["y"], equation="nchw,nchv,dckl->nwvd"),
        "matmul(n=W, M=H, N=W, B=3*N) + matmul(n=N*W*W, M=27, N=8)",
    ),
    (helper.make_node("Einsum", ["x"], ["y"], equation="nchw->nwch"), "0 relu"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "written"), OPERATORS, ids=[n.op_type for n, _ in OPERATORS])
def test_an_operator_is_a_layer(node: Any, written: str, tmp_path: Path) -> None:
    layers = read(graph(node), tmp_path)
    assert layers.uncounted() == ()
    known = parse_layers(written)
    for measure in ("macs", "flops", "activations"):
        assert equal(layers._tree(measure), known._tree(measure)), measure


def test_what_lies_at_places_is_as_long_as_there_are(tmp_path: Path) -> None:
    places = helper.make_tensor("i", kinds.INT64, (5, 2), [0] * 10)
    constant = helper.make_node("Constant", [], ["i"], value=places)
    gathered = helper.make_node("GatherND", ["x", "i"], ["s"])
    layers = read(graph(constant, gathered, RELU), tmp_path)
    assert layers.uncounted() == ()
    assert layers.activations == parse_layers("relu(N=5, H=H, W=W)").activations


WRONG: list[tuple[Any, Any, str]] = [
    (b"no protobuf at all", None, "is no ONNX file"),
    (b"", None, "holds no graph"),
    (graph(CONV), ("B", 3), "they are x of 4 sizes"),
    (graph(CONV), ("B", 4, "H", "W"), "fixes as 3 what x calls 4"),
    (graph(CONV), [("B", 3, "H", "W")] * 2, "they are x of 4 sizes"),
    (graph(CONV), 3, "they are x of 4 sizes"),
    (graph(CONV), ("B", 3, "my height", "W"), "'my height' is no size"),
    (graph(RELU, x=(None, 3)), None, "has no name"),
    (graph(RELU, x=None), None, "does not say the shape"),
]


@pytest.mark.parametrize(("model", "x", "problem"), WRONG)
def test_a_wrong_file_or_shape_is_told_in_a_sentence(
    model: Any, x: Any, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(model if isinstance(model, bytes) else model.SerializeToString())
    with pytest.raises(ClosedformError, match=problem) as error:
        onnx.read(path, x=x)
    assert error.value.hint


def test_sizes_that_the_file_leaves_unnamed_are_named(tmp_path: Path) -> None:
    for shape in ((None, 3, None, None), None):
        layers = read(graph(CONV, x=shape), tmp_path, x=("B", 3, "H", "W"))
        assert cf.text(layers._tree("params")) == "216"
        assert {*layers.missing()} == {"B", "H", "W"}


def test_the_command_line_takes_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    proto.save(graph(CONV, SWIRL, x=("batch", 3, "H", "W")), "net.onnx")
    assert main(["count", "net.onnx", "--where", "batch=2, H=W=10", "--measure", "macs"]) == 0
    shown = capsys.readouterr().out
    assert f"MACs        {216 * 64 * 2:,}" in shown
    assert "uncounted by exact: mine::Swirl at odd" in shown
    assert main(["show", "net.onnx"]) == 0
    assert "mine::Swirl at odd" in capsys.readouterr().out
    assert main(["table", "mine: net.onnx", "conv(k=3)", "--measure", "params"]) == 0
    assert main(["compare", "net.onnx"]) == 0
    assert main(["ratio", "net.onnx", "net.onnx"]) == 0
    assert main(["count", "nothing.onnx"]) == 2
    assert "cannot read nothing.onnx" in capsys.readouterr().err
