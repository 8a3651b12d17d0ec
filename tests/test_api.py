"""What Python code has is taken as it is: text or objects, one or several, dicts, any integer."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
import pydoc
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

import closedform as cf
from closedform.algebra.tree import Node
from closedform.cost.layer_type import LayerType
from closedform.errors import ClosedformError
from closedform.files import UnreadableFile
from closedform.reading import parse_layers
from closedform.symbols import M, k
from closedform.typeset.prose import Code, Sign

#: What closedform catches itself; no function lets it out.
CAUGHT = {"Unknown", "Undirected", "UnknownShape"}

SIZES = {"k": 3, "M": 64, "N": 128, "H": 56, "W": 56}
#: Two ways to ask for one thing.
SAME: list[tuple[Callable[[], object], Callable[[], object]]] = [
    (
        lambda: cf.ratio("depthwise_separable", "conv"),
        lambda: cf.ratio(cf.depthwise_separable_conv(), cf.conv),
    ),
    (lambda: cf.derive("A: conv".removeprefix("A: ")), lambda: cf.derive(cf.conv())),
    (lambda: cf.derive("linear / conv"), lambda: cf.derive(cf.linear(), "conv")),
    (lambda: cf.derive("conv", measures="macs"), lambda: cf.derive(cf.conv, measures=["macs"])),
    (lambda: cf.count("conv", where=SIZES), lambda: cf.count(cf.conv(**SIZES))),
    (
        lambda: cf.count("conv", where=SIZES),
        lambda: cf.count(cf.conv, where="k=3, M=64, N=128, H=W=56"),
    ),
    (
        lambda: cf.count("resnet50", measures="macs"),
        lambda: cf.count(cf.resnet50(), measures=("macs",)),
    ),
    (
        lambda: cf.table(["conv", "linear"]),
        lambda: cf.table({"conv": cf.conv(), "linear": cf.linear}),
    ),
    (lambda: cf.table(["a: conv", "linear"]), lambda: cf.table("a: conv", "linear")),
    (lambda: cf.table_by_kind(["vgg11", "vgg13"]), lambda: cf.table_by_kind("vgg11", "vgg13")),
    (lambda: cf.table(cf.conv()), lambda: cf.table(["conv()"])),
    (lambda: cf.table("conv", where={"k": 3}), lambda: cf.table(["conv"], where="k=3")),
    (
        lambda: cf.table("conv", measures="macs", conventions="mac2"),
        lambda: cf.table(["conv"], measures=["macs"], conventions=["mac2"]),
    ),
    (lambda: cf.table_by_kind("resnet50"), lambda: cf.table_by_kind({"resnet50": cf.resnet50()})),
    (lambda: cf.table_by_stage("resnet50"), lambda: cf.table_by_stage(["resnet50"])),
    (lambda: cf.compare("conv()"), lambda: cf.compare(cf.conv())),
    (
        lambda: cf.explain(25557032, "resnet50").table,
        lambda: cf.explain("25557032", cf.resnet50(), title="resnet50").table,
    ),
    (
        lambda: cf.growth("llama2_7b", measures="macs"),
        lambda: cf.growth(cf.llama2_7b, measures=["macs"]),
    ),
    (lambda: cf.identify("k^2 M N"), lambda: cf.identify(cf.conv().params)),
    (
        lambda: cf.verify("k^2 M N", target="k^2*M*N"),
        lambda: cf.verify("k^2 M N", target=cf.conv().params),
    ),
    (
        lambda: cf.verify(cf.conv().params, target="params(conv)").verdict,
        lambda: cf.verify("k^2 M N", target="params(conv)").verdict,
    ),
    (lambda: cf.parse(cf.conv().params), lambda: cf.parse("k^2 M N")),
    (cf.depthwise_separable, cf.depthwise_separable_conv),
    (lambda: cf.ratio("conv(M=N/2) / linear"), lambda: cf.ratio("conv(M=N/2)", cf.linear)),
    (lambda: cf.conv(H="out(224, k=7, s=2, p=3)"), lambda: cf.conv(H=112)),
    (lambda: cf.verify("k = 3", where={"k": 3}), lambda: cf.verify("k = 3", where="k = 3")),
    (
        lambda: cf.verify("M = 6", where=["N = 3", "M = 2N"]),
        lambda: cf.verify("M = 6", where="N = 3, M = 2N"),
    ),
    (
        lambda: cf.verify("M = 2N", where={"M": 2 * sympy.Symbol("N")}),
        lambda: cf.verify("M = 2N", where="M = 2*N"),
    ),
    (lambda: cf.latex("k^2 M N"), lambda: cf.latex(cf.conv().params)),
    (lambda: cf.text("k^2 M N"), lambda: cf.text(cf.conv().params)),
    (lambda: cf.compile("resnet50(R)")(224), lambda: cf.compile("macs(resnet50(R))")(R=224)),
    (lambda: cf.table("resnet18", digits=3), lambda: cf.table("resnet18", digits="3")),
    (
        lambda: cf.solve("macs(conv) = macs(linear)", symbol=cf.parse("k")),
        lambda: cf.solve("macs(conv) = macs(linear)", symbol="k"),
    ),
    (lambda: sum([cf.conv(), cf.linear()]), lambda: cf.conv() + cf.linear()),
    (lambda: sum([cf.conv, cf.linear]), lambda: cf.conv() + cf.linear()),
    (lambda: cf.conv() + 3 * cf.linear + cf.relu, lambda: "conv() + 3 * linear() + relu()"),
    (lambda: cf.conv(in_channels=3, out_channels=8, kernel_size=5), lambda: cf.conv(M=3, N=8, k=5)),
    (lambda: cf.lstm(input_size=3, hidden_size=4), lambda: cf.lstm(M=3, N=4)),
    (lambda: cf.lstmp(input_size=3, hidden_size=4, proj_size=2), lambda: cf.lstmp(M=3, N=4, r=2)),
    (lambda: cf.layer_norm(normalized_shape=4), lambda: cf.layer_norm(N=4)),
    (lambda: cf.bilinear(in1_features=2, in2_features=3), lambda: cf.bilinear(M=2, K=3)),
    (
        lambda: str(cf.ratio("conv(kernel_size=1, in_channels=3)", "gru(hidden_size=4)")),
        lambda: str(cf.ratio("conv(k=1, M=3)", "gru(N=4)")),
    ),
    (
        lambda: cf.count(
            "conv + linear", where="kernel_size=3, in_features=N, out_channels=N, H=W=N=2"
        ),
        lambda: cf.count("conv + linear", where="k=3, M=N=H=W=2"),
    ),
    (
        lambda: cf.count(cf.gru, where={"input_size": 3, "hidden_size": 4}),
        lambda: cf.count("gru(M=3, N=4)"),
    ),
    (lambda: cf.solve(cf.parse("k^2") <= 100, "k").largest, lambda: 10),
    (lambda: str(cf.verify(sympy.Eq(k, M))), lambda: str(cf.verify("k = M"))),
    (lambda: cf.verify([k < M + 1])[0].verdict, lambda: cf.verify("k < M + 1").verdict),
    (
        lambda: cf.sweep("conv", over="k=1..3", where="M=N=H=W=1"),
        lambda: cf.sweep("conv", over={"k": range(1, 4)}, where="M=N=H=W=1"),
    ),
    (lambda: cf.compare("conv"), lambda: cf.compare("conv")),
    (lambda: int(cf.ratio("conv(k=6)", "conv(k=3)").macs), lambda: 4),
    (lambda: abs(cf.ratio("conv(k=6)", "conv(k=3)").macs), lambda: 4),
    (lambda: cf.ratio("conv(k=6)", "conv(k=3)").macs // 3, lambda: 1),
    (
        lambda: cf.explain(4.1e9, subject="resnet50").table,
        lambda: cf.explain("4.1e9", "resnet50").table,
    ),
    (lambda: cf.conv(kernel_size=(3, 5)), lambda: cf.conv(k_h=3, k_w=5)),
    (lambda: cf.conv(k=(3, 5)), lambda: cf.conv(k_h=3, k_w=5)),
    (lambda: cf.conv3d(kernel_size=[3, 3, 3]), lambda: cf.conv3d(k=3)),
    (lambda: cf.linear(in_features=3, out_features=8), lambda: cf.linear(M=3, N=8)),
    (
        lambda: cf.multi_head_attention(embed_dim=64, num_heads=4),
        lambda: cf.multi_head_attention(d=64, h=4),
    ),
    (lambda: cf.embedding(num_embeddings=9, embedding_dim=4), lambda: cf.embedding(V=9, d=4)),
    (lambda: cf.group_norm(num_groups=2, num_channels=8), lambda: cf.group_norm(g=2, N=8)),
    (lambda: cf.batch_norm(num_features=8), lambda: cf.batch_norm(N=8)),
    (lambda: cf.conv(k=3.0, M=sympy.Integer(4)), lambda: cf.conv(k=3, M=4)),
    (
        lambda: cf.conv(M="C_in", N="2 C_in"),
        lambda: cf.conv(M=cf.parse("C_in"), N=2 * cf.parse("C_in")),
    ),
]


def test_help_and_completion_show_the_sizes_of_a_layer() -> None:
    shown = pydoc.plain(pydoc.render_doc(cf.max_pool))
    assert "    s: stride" in shown
    assert "    H_in: input height" in shown
    assert "Source: " in shown
    names = list(inspect.signature(cf.conv).parameters)
    assert (
        names
        == (
            "k M N H W g k_h k_w H_in W_in B bias bn unbatched padded_further whole same "
            "functional parametrized"
        ).split()
    )
    assert copy.deepcopy(cf.conv) is cf.conv


def test_several_are_counted_as_one_is() -> None:
    layers = {"A": "conv(k=3)", "B": cf.linear}
    counts = cf.count(layers, where="M=2, N=4, H=W=5", measures="params")
    assert counts == cf.count([*layers.values()], where="M=2, N=4, H=W=5", measures="params")
    assert [(each.name, each.params) for each in counts] == [("A", 72), ("B", 8)]
    assert str(counts) == "A\n  params      72\n\nB\n  params      8"
    assert cf.count(["linear(M=2, N=3)"])[0].name == "linear(M=2, N=3)"
    assert counts[0] == cf.count("conv(k=3)", where="M=2, N=4", measures="params")


def test_values_are_numbers_and_expressions() -> None:
    layers = 3 * cf.conv() + cf.parse("L") * cf.linear()
    three, several = layers.terms
    assert [three.copies, three.runs, three.active] == [3, 3, 3]
    assert type(three.copies) is int
    assert several.runs + 1 == cf.parse("L + 1")
    assert cf.conv.defaults["g"] == 1
    assert cf.conv.defaults["k_h"] * 2 == cf.parse("2k")
    drawn = cf.plot("conv", over="N=1..3", where="k=3, M=3, H=W=1")
    for shown in (drawn.curves[0], drawn.x, cf.identify("8n").nearest):
        assert not re.search(r"\b_|Node|Sign", repr(shown))


@pytest.mark.parametrize("copies", [0, 2, cf.parse("L - 1"), cf.parse("2L")])
def test_copies_are_printed_as_they_are_read(copies: int) -> None:
    layers = cf.conv(k=3) * copies
    assert parse_layers(str(layers)).params == layers.params


def test_the_reference_has_what_the_package_gives() -> None:
    page = (Path(__file__).parents[1] / "docs/reference.md").read_text(encoding="utf-8")
    shown = {*re.findall(r"^::: closedform\.(\S+)$", page, re.MULTILINE)}
    elsewhere = {"errors", "symbols", "models.torch.read", "models.onnx.read"}
    elsewhere |= {"files.UnreadableFile", "derivation.steps.UnprovenStep"}
    assert elsewhere < shown
    given = {name for name in cf.__all__ if not isinstance(getattr(cf, name), LayerType)}
    named = {name.rpartition(".")[2] for name in shown - elsewhere}
    assert given - {"__version__", "ClosedformError"} == named


@pytest.mark.parametrize("number", range(len(SAME)))
def test_text_and_objects_say_the_same(number: int) -> None:
    one, other = (str(ask()) for ask in SAME[number])
    assert one == other


def test_plots_take_objects_and_dicts() -> None:
    typed = cf.plot("depthwise_separable / conv", over="N=16..64", family="k=3,5", where="M=8")
    ratio = cf.ratio(cf.depthwise_separable_conv(), "conv")
    given = cf.plot(ratio, over={"N": (16, 64)}, family={"k": [3, 5]}, where={"M": 8})
    assert [curve.points for curve in typed.curves] == [curve.points for curve in given.curves]
    both = cf.plot([cf.conv, "linear"], over={"N": range(16, 65)}, where={**SIZES, "N": "N"})
    assert len(both.curves) == 2
    assert cf.plot(cf.conv, "linear", over={"N": (16, 64)}, where={**SIZES, "N": "N"}) == both
    iso = cf.plot_iso(
        cf.conv(), over={"M": (16, 64), "N": (16, 64)}, where={"k": 3, "H": 14, "W": 14}
    )
    assert (
        iso.values == cf.plot_iso("conv", over=("M=16..64", "N=16..64"), where="k=3, H=W=14").values
    )
    text = cf.plot_iso("conv", over="M=16..64, N=16..64", where="k=3, H=W=14")
    assert text.values == iso.values


def test_several_claims_have_several_verdicts() -> None:
    claims = ["k^2 M N", cf.conv().params, "k^2 M"]
    for given in (claims, tuple(claims)):
        verdicts = cf.verify(given, target="params(conv)")
        assert [verdict.verdict for verdict in verdicts] == ["proven", "proven", "refuted"]
        assert repr(verdicts) == "\n".join(map(repr, verdicts))
    with pytest.raises(ClosedformError, match="k \\+"):
        cf.verify(["k = k", "k +"])


def test_decimals_are_exact() -> None:
    assert cf.conv(k=Decimal(3)).params == cf.conv(k=3).params
    assert cf.text(Decimal("0.25")) == "1/4"
    # As printed: 4.1 and 4.10 billion are two numbers.
    assert cf.explain(Decimal("4.1e9"), "resnet50").found
    assert not cf.explain(Decimal("4.10e9"), "resnet50").found


def test_a_type_of_layer_says_where_its_costs_are() -> None:
    for name in ("params", "macs", "flops"):
        with pytest.raises(AttributeError, match=rf"write conv\(\)\.{name}"):
            getattr(cf.conv, name)
    with pytest.raises(AttributeError, match=r"has no 'parms'$"):
        getattr(cf.conv, "parms")  # noqa: B009
    assert copy.deepcopy(cf.conv) is cf.conv
    assert pickle.loads(pickle.dumps(cf.conv)) is cf.conv  # noqa: S301  (its own)


def test_what_is_open_is_shown_as_it_is_typed() -> None:
    assert "for resnet50(R)" in repr(cf.sweep("resnet50(R)", over="R=96..331..32"))
    assert repr(parse_layers("2 resnet50(R)")) == "2 * resnet50(R)"


def test_what_costs_nothing_is_near_no_number() -> None:
    assert 0 not in [row[1] for row in cf.explain("12345G", "resnet50").table.rows]


def test_numpy_numbers_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    assert cf.conv(k=numpy.int64(3), M=numpy.float32(4)) == cf.conv(k=3, M=4)


def test_formulas_in_results_print_as_typed_and_are_taken_again() -> None:
    step = cf.ratio("depthwise_separable", "conv").macs.steps[0]
    assert (step.right, step.reason) == ("(k² + N)/(k²N)", "cancel MHW")
    assert cf.verify(step.left, target=step.right)
    assert cf.latex(step.right) == r"\frac{k^{2} + N}{k^{2} N}"
    row = cf.table("conv", measures="params").rows[0]
    assert row == ("conv", "k²MN")
    assert cf.solve("k M = 3 N", "k").exact == (("=", cf.parse("3N/M")),)


#: What is public of a result; ``terms`` are the layers of a sum, each with its place.
RESULTS: dict[str, Callable[[], object]] = {
    "sum": cf.conv,
    "count": lambda: cf.count("conv", where=SIZES),
    "refuted": lambda: cf.verify("params(depthwise_conv) = k*k*M*M"),
    "proven": lambda: cf.verify("params(conv) = k^2 M N"),
    "ratio": lambda: cf.ratio("depthwise_separable", "conv"),
    "ratio of MACs": lambda: cf.ratio("depthwise_separable", "conv").macs,
    "step": lambda: cf.derive("depthwise_separable / conv").steps[0],
    "derivation": lambda: cf.derive("conv"),
    "identification": lambda: cf.identify("k^2 M N + 1"),
    "match": lambda: cf.identify("k^2 M N + 1").nearest[0],
    "solution": lambda: cf.solve("macs(depthwise_separable) = macs(conv)", "N"),
    "table": lambda: cf.table(["conv", "linear"]),
    "explanation": lambda: cf.explain(4.1e9, "resnet50"),
    "plot": lambda: cf.plot("depthwise_separable / conv", over="N=16..64", family="k=3,5"),
    "curve": lambda: cf.plot("conv", over="N=1..9", where={**SIZES, "N": "N"}).curves[0],
    "function": lambda: cf.compile("k^2 M"),
}


@pytest.mark.parametrize("result", RESULTS)
def test_no_result_hands_out_an_internal_tree(result: str) -> None:
    given = RESULTS[result]()
    given = given() if isinstance(given, LayerType) else given
    for name in dir(given):
        if not name.startswith("_") and name != "terms":
            waiting = [getattr(given, name)]
            while waiting:
                value = waiting.pop()
                assert not isinstance(value, (Node, Sign, Code)), (name, value)
                waiting += value if isinstance(value, tuple) else ()


def test_steps_and_titles_are_shown_as_they_were_asked_for() -> None:
    steps = cf.ratio("depthwise_separable", "conv").macs.steps
    assert repr(steps[0]) == "(k²MHW + MNHW)/(k²MNHW) = (k² + N)/(k²N) (cancel MHW)"
    assert repr(steps).count("\n") == len(steps) - 1
    assert r"- $\frac{k^{2} + N}{k^{2} N}" in steps._repr_markdown_()
    assert isinstance(steps, tuple)
    titles = ["conv(bias)", "depthwise_separable / conv(k=3)"]
    assert [cf.derive(asked).title for asked in titles] == titles
    assert cf.derive(cf.conv(), "linear").title == "conv / linear"


def test_counts_and_sweeps_are_keys() -> None:
    for made in (cf.count("resnet50"), cf.sweep("conv", over="N=1,2", where="k=3, M=H=W=1")):
        assert {made: 1}[made] == 1


def test_results_work_in_arithmetic() -> None:
    saving = cf.ratio("conv(k=1)", "conv(k=3)").macs
    ninth = sympy.Rational(1, 9)
    assert float(saving) == pytest.approx(1 / 9)
    assert (9 * saving, saving * 9, saving / 2, 1 / saving) == (1, 1, ninth / 2, 9)
    assert (saving + 1, 1 + saving) == (ninth + 1, ninth + 1)
    assert (saving - 1, 1 - saving, -saving, saving**2) == (ninth - 1, 1 - ninth, -ninth, ninth**2)
    assert sympy.sympify(saving) == sympy.Rational(1, 9)
    assert (f"{saving:.3f}", round(saving, 3), f"{saving}") == ("0.111", 0.111, "1/9")
    assert (saving == Fraction(1, 9), saving == 1, hash(saving)) == (True, False, hash(ninth))
    assert (saving < 1, saving <= ninth, saving > 1, saving >= 0.2) == (True, True, False, False)
    open_ = cf.ratio("depthwise_separable", "conv")
    assert (open_.macs == open_.params, open_.macs == open_.flops) == (True, False)
    assert cf.ratio("conv", "relu").macs != cf.ratio("conv", "relu").params
    with pytest.raises(TypeError, match="truth value"):
        bool(open_.macs < 1)
    assert copy.deepcopy(saving) == saving
    counted = cf.count("conv", where=SIZES)
    assert (counted.params, counted.macs) == (73728, 231211008)
    assert cf.count("conv", measures="macs", where=SIZES).values == {"macs": 231211008}


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda: cf.conv(k=2.5), 'Fraction("5/2")'),
        (lambda: cf.conv(k=float("nan")), "nan is a float"),
        (lambda: cf.conv(k=True), "True"),
        (lambda: cf.conv(k="3+"), "stops short"),
        (lambda: cf.conv(k="3x3"), "k=3x3 is two sizes"),
        (lambda: cf.conv(M="64K"), "M=64K can be read in two ways"),
        (lambda: cf.conv(bias="false"), "bias is True or False"),
        (lambda: cf.conv(bias=2), "bias=2 is neither on nor off"),
        (lambda: cf.verify("k = 3", where={3: "k"}), "3 (int) is no name"),
        (lambda: cf.solve("k N < 9", 3), "3 (int) is no name"),
        (lambda: cf.plot("conv", over={"N": 5}), "no bounds between which one size runs"),
        (lambda: cf.plot_iso("conv", over="M=1..9"), "a plane has two sizes"),
        (lambda: cf.draw(cf.conv(), "conv.svg"), "conv() is no plot"),
        (lambda: cf.lookup(3), "unknown layer '3'"),
        (lambda: cf.count("relu(N=8, H=1, W=1)", convention="fvcore").flops, "counts no flops"),
        (lambda: cf.conv(k=3, stride=2), "the output's, such as H=out(224, k=7, s=2, p=3)"),
        (lambda: cf.max_pool(stride=2), "did you mean s?"),
        (lambda: cf.identify(["k"]), "(list) is no part of a closed form\ngive one at a"),
        (lambda: cf.verify(cf.conv(), target="params(conv)"), "is a layer, and no formula"),
        (lambda: cf.parse(cf.conv()), "is a layer, and no formula"),
        (lambda: cf.latex(cf.conv()), "is a layer, and no formula"),
        (lambda: cf.count("resnet18", measures="macs").params, "measures has macs"),
        (lambda: cf.load_layers("nowhere.toml"), "nowhere.toml: cannot be read"),
        (lambda: cf.conv(in_channels=3, M=4), "M is given twice, by in_channels, M"),
        (lambda: cf.conv(in_channels=3, in_features=4), "M is given twice"),
        (lambda: cf.conv(kernel_size=(3, 5), k_w=5), "k_w is given twice"),
        (lambda: cf.solve(None, "k"), "None (NoneType) is no part of a closed form"),
        (lambda: cf.verify(k >= 1), "True is no claim: the comparison has been worked out"),
        (lambda: int(cf.ratio("conv", "linear").macs), "no number without a value for"),
        (lambda: cf.conv() * -1, "layers are not taken -1 times"),
        (lambda: cf.conv() * Fraction(1, 2), "layers are not taken 1/2 times"),
        (lambda: cf.count("(L - 3) conv", where="L = 2"), "layers are not taken -1 times"),
        (lambda: cf.conv(num_features=3), "num_features"),
        (lambda: cf.conv(channels=3), "channels"),
        (lambda: cf.conv(in_channels=(3, 5)), "(3, 5) (tuple)"),
        (lambda: cf.conv3d(kernel_size=(3, 5, 7)), "(3, 5, 7) (tuple)"),
        (lambda: cf.linear(kernel_size=3), "kernel_size"),
        (lambda: cf.ratio(3, "conv"), "3 (int) is no layer"),
        (lambda: cf.ratio([cf.conv, cf.linear], "conv"), "a list is no layer\ngive one, a text"),
        (lambda: cf.derive(["conv", "linear"]), "cf.count, cf.table and cf.plot take several"),
        (lambda: cf.ratio("conv"), "conv is compared with nothing"),
        (lambda: cf.ratio(cf.conv()), "conv() is compared with nothing"),
        (lambda: cf.ratio("conv / linear / relu"), "a second quotient"),
        (lambda: cf.ratio("cnv", "conv"), "did you mean conv"),
        (lambda: cf.table(3), "3 (int) is no layer"),
        (lambda: cf.table({"a": "conv"}, "linear"), "(dict) is no layer"),
        (lambda: float(cf.ratio("conv", "linear").macs), "no number without a value for H, W"),
        (lambda: f"{cf.ratio('conv', 'linear').params:.2f}", "no number without a value for k"),
        (lambda: cf.table(["conv", None]), "None (NoneType) is no layer"),
        (lambda: cf.table("conv", where={"k": 2.5}), "2.5 is a float"),
        (lambda: cf.verify("k = 3", where={"k": 2.5}), "2.5 is a float"),
        (lambda: cf.verify("k = 3", names=["k"]), "['k'] (list) is no name"),
        (lambda: cf.verify("a = 3", names={"a": 3}), "3 (int) is no name"),
        (lambda: cf.parse("k", names=3), "3 (int) is no name"),
        (lambda: cf.solve("k N < 9", "N", where={"k": 2.5}), "2.5 is a float"),
        (lambda: cf.table("conv", where=[3]), "[3] (list) names no sizes"),
        (lambda: cf.table("conv", measures=None), "None (NoneType) is no word"),
        (lambda: cf.table("conv", measures=[3]), "3 (int) is no word"),
        (lambda: cf.table("conv", digits=16), "'16' is no way to print numbers"),
        (lambda: cf.table("conv", notation=3), "unknown notation 3"),
        (lambda: cf.count("conv", convention=["mac"]), "unknown convention ['mac']"),
        (lambda: cf.plot("conv", over=3), "3 (int) names no sizes"),
        (lambda: cf.explain(None, "conv"), "None (NoneType) is no part of a closed form"),
        (lambda: cf.linear(M=(3, 3)), "(3, 3) (tuple) is no part of a closed form"),
        (lambda: cf.table("conv", where={"q": 2}), "no layer has a free size q"),
        (lambda: cf.linear(*(512, 10)), "sizes of linear are given by name, as in k=3"),
        (lambda: cf.verify("k", target=cf.conv()), "is a layer, and no formula"),
        (lambda: cf.derive("conv", measures="speed"), "unknown measure 'speed'"),
        (lambda: cf.plot("conv", over={"N": ()}, where=SIZES), "a number is missing"),
        (lambda: cf.count("conv", where={"R": 3}), "no layer has a free size R"),
        (lambda: cf.explain("four", "resnet50"), "'four' is no number"),
        (lambda: cf.explain(-5, "resnet50"), "is negative"),
    ],
)
def test_what_is_wrong_is_a_sentence(ask: Callable[[], object], problem: str) -> None:
    with pytest.raises(cf.ClosedformError, match=re.escape(problem)):
        ask()


def _errors(kind: type[ClosedformError]) -> Iterator[type[ClosedformError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _errors(below)


def test_the_reference_lists_every_error() -> None:
    for module in pkgutil.walk_packages(cf.__path__, "closedform."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    raised = {
        f"{one.__module__}.{one.__name__}"
        for one in _errors(ClosedformError)
        if one.__module__.startswith("closedform.")
        if not one.__name__.startswith("_") and one.__name__ not in CAUGHT
    }
    page = (Path(__file__).parents[1] / "docs" / "reference.md").read_text(encoding="utf-8")
    whole = {name for name in raised if name.startswith("closedform.errors.")}
    assert whole
    assert "::: closedform.errors\n" in page
    assert {name for name in raised - whole if f"::: {name}\n" not in page} == set()


def test_a_file_that_is_not_there_raises_a_listed_error() -> None:
    with pytest.raises(UnreadableFile):
        cf.load_layers(Path("nosuch.toml"))
