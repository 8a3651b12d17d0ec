"""Derivations from first principles: what they say, and that every line is proven."""

from __future__ import annotations

import argparse
import json
import re
from itertools import pairwise

import pytest

import closedform as cf
from closedform.algebra.decide import equal
from closedform.algebra.tree import symbol_names
from closedform.commands.derive import run
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.layer_type import LAYERS
from closedform.derivation.derive import derive
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.given import split_quotient
from closedform.reading import parse
from closedform.typeset.notation import NOTATIONS
from closedform.typeset.own_notation import lookup
from closedform.typeset.prose import in_text, shown_latex, shown_text

# (layers, measure, lines as shown, with the reason)
LINES = [
    (
        "grouped_conv",
        "macs",
        [
            ("N·H·W·k·k·(M/g)", "N·H·W outputs, each a sum of k·k·(M/g) products"),
            ("k²MNHW/g", "collect"),
        ],
    ),
    (
        "conv",
        "params",
        [("N·M·k·k", "weight tensor of N × M × k × k entries"), ("k²MN", "collect")],
    ),
    (
        "linear(N=a+b)",
        "params",
        [("(a + b)·M", "weight tensor of (a + b) × M entries"), ("M·(a + b)", "collect")],
    ),
    (
        "conv",
        "flops",
        [
            (
                "(k²M + k²M − 1)·NHW",
                "k²M multiplications and k²M − 1 additions for each output",
            ),
            ("(2k²M − 1)·NHW", "collect"),
        ],
    ),
    (
        "conv(bias)",
        "flops",
        [
            (
                "(k²M + k²M − 1)·NHW",
                "k²M multiplications and k²M − 1 additions for each output",
            ),
            ("(2k²M − 1)·NHW", "collect"),
            ("N·H·W", "one addition for each of the N·H·W outputs"),
            ("(2k²M − 1)·NHW + NHW", "add up the layers"),
            ("2k²MNHW", "join like terms"),
        ],
    ),
    (
        "batch_norm(H=H, W=W)",
        "flops",
        [
            ("2·N·H·W", "one multiplication and one addition for each of the N·H·W outputs"),
        ],
    ),
    (
        "conv(k=3, M=64, N=128, H=56, W=56)",
        "macs",
        [
            ("128·56·56·3·3·64", "128·56·56 outputs, each a sum of 3·3·64 products"),
            ("231211008", "collect"),
        ],
    ),
    ("batch_norm", "macs", [("0", "element by element: no sums of products")]),
    ("layer_norm", "macs", [("0", "no sums of products")]),
    ("avg_pool(s=1)", "macs", [("0", "no sums of products")]),
    (
        "avg_pool(s=1)",
        "flops",
        [
            ("k²NHW + NHW − NHW", "a sum and one division: N·H·W outputs, each over k·k"),
            ("k²NHW", "collect"),
        ],
    ),
]


@pytest.mark.parametrize(
    "derived", ["conv", "conv(k=3, bias) + linear", "multi_head_attention", "linear / conv"]
)
def test_the_steps_are_those_that_are_displayed(derived: str) -> None:
    derivation = cf.derive(derived, measures=["macs", "params"])
    chains = derivation.to_json()["chains"]
    assert isinstance(chains, list)
    shown = [[line["expression"] for line in chain["lines"]] for chain in chains]
    pairs = [pair for lines in shown for pair in pairwise(lines)]
    assert [(step.left, step.right) for step in derivation.steps] == pairs
    assert all(f"{left} = {right}" in str(derivation.steps) for left, right in pairs)


@pytest.mark.parametrize(("layers", "measure", "lines"), LINES)
def test_a_derivation_starts_at_the_index_spaces(
    layers: str, measure: str, lines: list[tuple[str, str]]
) -> None:
    derivation = derive(layers, measures=[measure])
    shown = [
        (shown_text(line.shown, lookup("source")), in_text(line.reason))
        for chain in derivation._chains
        for line in chain.lines
    ]
    assert [(a.replace(",", ""), b) for a, b in shown] == lines


#: Layers and blocks; networks are sums of them.
PLAIN = [name for name, one in LAYERS.items() if not one.is_network]


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_layer_is_derived_and_every_step_proven(name: str, convention: str) -> None:
    kind = LAYERS[name]
    for flags in ({}, dict.fromkeys(kind.flags, True)):
        layers = kind(**flags)
        for measure in ("params", "macs", "flops", "activations"):
            derivation = derive(layers, measures=[measure], convention=convention)
            lines = [pair for chain in derivation._chains for pair in pairwise(chain.lines)]
            assert all(equal(left.tree, right.tree) for left, right in lines)
            *_, last = derivation._chains
            if last.lines:
                assert equal(last.lines[-1].tree, layers._tree(measure, convention))


def test_sums_are_derived_part_by_part() -> None:
    text = str(derive("2 linear + L depthwise_separable(bias)", measures=["params"]))
    assert "params of bias of depthwise conv" in text
    assert "params of bias of pointwise conv" in text
    assert text.splitlines()[-1].split("   ")[0].strip() == "= k²ML + MNL + 2MN + ML + NL"
    same = str(derive("conv(k=1) + conv(k=3)", measures=["macs"]))
    assert "MACs of conv (k = 1)" in same
    assert "MACs of conv (k = 3)" in same
    named = str(derive("low_rank_linear"))
    assert "params of linear (M, N = r)\n" in named
    assert "params of linear (M = r, N)\n" in named


def test_designs_of_one_name_are_told_apart() -> None:
    assert "MACs of 2 * conv(k=3)\n" in str(derive("conv(k=5) / 2 conv(k=3)"))
    long = "conv(k=1, M=c, N=c/4) + conv(k=3, M=c/4, N=c/4)"
    assert "MACs of the numerator\n" in str(derive(f"{long} / conv(M=c, N=c)"))


def test_the_flags_of_layers_are_derived_without_them() -> None:
    biases = derive("only(bias, transformer_layer(bias))", measures=["params"])
    assert str(biases).splitlines()[-1].split("   ")[0].strip() == "= 9d"


def test_outputs_without_a_product_are_not_added_up() -> None:
    spread = str(derive("transposed_conv(k=2, s=3)", measures=["flops"]))
    assert "4MN·H_in·W_in multiplications, and one addition less for each output" in spread
    assert spread.splitlines()[-1].split("   ")[0].strip() == "= 8MN·H_in·W_in − 4N·H_in·W_in"


def test_a_network_is_derived() -> None:
    layers = cf.conv(k=3, M=3, N=8, H=8, W=8) + 3 * cf.linear(M=8, N=8)
    total = derive(layers, measures=["macs"])._chains[-1]
    assert shown_text(total.lines[0].shown, lookup("source")).replace(",", "") == "13824 + 192"


SPLITS = [
    ("depthwise_separable / conv", ("depthwise_separable", "conv")),
    ("conv(M=N/2) / linear", ("conv(M=N/2)", "linear")),
    ("(conv + linear)/conv", ("(conv + linear)", "conv")),
    ("conv(M=N/2)", ("conv(M=N/2)", None)),
    ("conv ÷ linear", ("conv", "linear")),
]


@pytest.mark.parametrize(("text", "sides"), SPLITS)
def test_a_quotient_is_split_outside_brackets(text: str, sides: tuple[str, str | None]) -> None:
    assert split_quotient(text) == sides


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ("conv / linear / conv", "a second quotient", 14),
        ("conv / ", "a side of this quotient is missing", 5),
        ("/ conv", "a side of this quotient is missing", 0),
    ],
)
def test_what_is_no_quotient_is_refused(text: str, problem: str, place: int) -> None:
    with pytest.raises(ParseError, match=problem) as error:
        derive(text)
    assert error.value.start == place
    with pytest.raises(UnknownName, match="macs"):
        derive(cf.conv(), measures=["mac"])


MOBILENET = r"""
\begin{align*}
& \frac{D_K \cdot D_K \cdot M \cdot D_F \cdot D_F + M \cdot N \cdot D_F \cdot D_F}{D_K \cdot D_K \cdot M \cdot N \cdot D_F \cdot D_F} && \text{MACs of both} \\
"""  # noqa: E501


def test_the_ratio_of_the_mobilenets_paper() -> None:
    """MobileNets, arXiv:1704.04861, section 3.1: the last two equations, letter by letter."""
    derivation = derive("depthwise_separable / conv")
    latex = derivation.to_latex(lookup("mobilenet"))
    assert MOBILENET in latex
    assert r"&= \frac{1}{N} + \frac{1}{D_K^{2}} &&" in latex
    assert r"\text{cancel } M \cdot D_F \cdot D_F" in latex
    assert "params" not in latex


#: What is derived, and lines of it: like terms are joined once, an order is no step.
READ = [
    ("bottleneck", ["MHWm + MHWm + 9HWm²   add up the layers\n  = 2MHWm + 9HWm² "]),
    ("lora", ["r·(M + N) + MN   collect"]),
    ("grouped_conv / conv", ["MACs of both, multiplied above and below by g", "1/g "]),
    ("low_rank_linear / linear", ["(Mr + Nr)/(MN)      expand"]),
    ("conv(k=5) / 2 conv(k=3)", ["MACs of conv(k=5)", "MACs of 2 * conv(k=3)"]),
    ("attention(causal) / attention", ["MACs of attention(causal=True)", "MACs of attention\n"]),
]


@pytest.mark.parametrize(("text", "lines"), READ)
def test_a_derivation_reads_as_a_paper_has_it(text: str, lines: list[str]) -> None:
    derived = str(derive(text, measures="macs"))
    assert [line for line in lines if line not in derived] == []


@pytest.mark.parametrize("name", PLAIN)
def test_printed_lines_read_back(name: str) -> None:
    derivation = derive(LAYERS[name](), LAYERS["conv"](), measures=["params", "flops"])
    for chain in (*derivation._chains, *derive(LAYERS[name]())._chains):
        for line in chain.lines:
            names = frozenset(symbol_names(line.tree))
            for shown in (shown_latex, shown_text):
                read = parse(shown(line.shown, lookup("source")), bound=names)
                assert equal(read, line.tree)


#: A notation that writes H as h has no letter left for heads.
BOTH_H = [name for name, one in LAYERS.items() if {"H", "h"} <= set(one.dims)]


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", PLAIN)
def test_latex_is_one_environment_a_chain(name: str, notation: str) -> None:
    derivation = derive(LAYERS[name]())
    if notation == "shufflenet" and name in BOTH_H:
        with pytest.raises(ClosedformError, match="would both be h"):
            derivation.to_latex(lookup(notation))
        return
    latex = derivation.to_latex(lookup(notation))
    assert latex.isascii()
    assert latex.count("{") == latex.count("}")
    for body in re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", latex, re.DOTALL):
        rows = re.sub(r"\\begin\{aligned\}.*\\end\{aligned\}", "", body).split(" \\\\\n")
        assert all(row.startswith("&") and row.count("&") in (1, 3) for row in rows)
        assert not body.endswith("\\")


def _args(
    layers: str, form: str, measure: str | None = None, over: str | None = None
) -> argparse.Namespace:
    asked = {"layers": layers, "over": over, "format": form, "measure": measure}
    return argparse.Namespace(**asked, convention="exact", notation="source")


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_args("conv / linear", "text")) == 0
    out = capsys.readouterr().out
    assert out.startswith("conv / linear\n")
    assert "FLOPs" not in out
    run(_args("conv", "text", over="linear"))
    assert capsys.readouterr().out == out
    run(_args("conv / linear", "text", "all"))
    out = capsys.readouterr().out
    assert "ratio of FLOPs (exact)" in out
    run(_args("conv", "markdown", "macs"))
    out = capsys.readouterr().out
    assert "\\begin{aligned}" in out
    assert out.count("$$") == 2
    run(_args("conv", "json"))
    data = json.loads(capsys.readouterr().out)
    assert [chain["subject"] for chain in data["chains"]] == [
        "params of conv",
        "MACs of conv",
        "FLOPs (exact) of conv",
    ]
    assert data["chains"][1]["lines"][-1]["latex"] == "k^{2} M N H W"
