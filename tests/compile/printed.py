"""Everything that the toolkit prints as LaTeX, Markdown and HTML, from the commands themselves.

The command lines are tables and their products: every layer with its flags, every measure, every
convention, every notation. Each runs in this process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from pathlib import Path

from closedform.catalogue import LAYERS
from closedform.cli import main
from closedform.cost.conventions import PAPERS
from closedform.typeset.notation import NOTATIONS

ROOT = Path(__file__).resolve().parents[2]

#: The layers that are printed in every notation and convention of papers; the others once.
ELEMENTARY = [name for name, one in LAYERS.items() if one.is_plain]
OTHERS = [name for name, one in LAYERS.items() if not one.is_plain and not one.is_network]

#: Networks side by side: as many as a page holds.
NETWORKS = "mobilenet_v1 mobilenet_v2 alexnet vgg16 resnet18 resnet50 densenet121 vit_b_16".split()
#: Networks as formulas of their sizes.
OPEN = (
    *("resnet50(R)", "mobilenet_v1(alpha, R)", "squeezenet1_1(R)", "swin_t(R)"),
    *("vit", "gpt2", "bert", "llama", "llama(causal)", "mistral", "mixtral(causal)"),
)


Command = tuple[str, ...]

#: Sums, repetitions, and sizes that are numbers, fractions, formulas and words.
SUMS = (
    "conv(k=3, M=64, N=128, H=56, W=56, bias)",
    "conv(k=3, M=alpha*M, N=alpha*N, H=rho*H, W=rho*W)",
    "conv(k=1, M=c, N=c/4) + conv(k=3, M=c/4, N=c/4) + conv(k=1, M=c/4, N=c)",
    "grouped_conv(k=3, M=c, N=c, g=32, bias, bn)",
    "L*depthwise_separable(bn) + linear(bias)",
    "2 conv + 3 linear",
    "linear(M=ell, N=4 ell)",
    "depthwise_conv(M=t*c) + pointwise_conv(M=c, N=t*c) + pointwise_conv(M=t*c, N=c')",
    "linear(M=d_model, N=4*d_model, bias) + linear(M=4*d_model, N=d_model, bias)",
)

#: What people compare, besides each layer with each other one.
PAIRS = (
    ("depthwise_separable(bias)", "conv(bias)"),
    ("depthwise_separable(bias, bn)", "conv(bias, bn)"),
    ("grouped_conv(k=3)", "conv(k=3)"),
    ("depthwise_separable(k=3, M=512, N=512)", "conv(k=3, M=512, N=512)"),
    ("2 conv(k=3)", "conv(k=5)"),
    ("conv(k=1, M=c, N=c/4) + conv(k=3, M=c/4, N=c/4) + conv(k=1, M=c/4, N=c)", "conv(M=c, N=c)"),
)

#: Budgets, points where two designs break even, and questions without an answer.
SOLVED: tuple[Command, ...] = (
    ("macs(conv(k=3, M=64)) <= 100M", "--for", "N"),
    ("macs(conv(k=3, M=64, H=56, W=56)) <= 100M", "--for", "N"),
    ("params(conv) = params(depthwise_separable)", "--for", "N"),
    ("macs(depthwise_separable) <= macs(conv)/8", "--for", "N", "--where", "k = 3"),
    ("macs(grouped_conv) <= macs(conv)/4", "--for", "g", "--where", "k = 3, g | M, g | N"),
    ("flops(conv(bias)) <= 1G", "--for", "k", "--where", "M = N, H = W"),
    ("macs(depthwise_separable) > 2 macs(conv)", "--for", "k"),
)

#: One claim of each kind, with the words that a verdict may hold.
VERIFIED: tuple[Command, ...] = (
    ("macs(depthwise_conv) = k^2 M H W", "k k M M = params(depthwise_conv)"),
    ("macs(conv) = k^2 M N H W = k^2 M N H",),
    ("2^k + 3^k <= 5^k", "1.2*1.1^2*1.15^2 = 2", "71% = 0.7"),
    ("kernel_size^2 C_in alpha_out", "--is", "params(conv)", "--name", "C_in=M"),
    ("floor((7 + 2*1 - 3)/2) + 1 = 7", "H_out = floor((H_in + 2p - k)/s) + 1"),
)

#: Formulas of a layer, of several layers, and of none.
IDENTIFIED = ("k^2 M + M", "k^2 M N + 3N", "2 k^2 M N H W", "k^2 M N - N + 5", "M^M")

#: Tables: numbers, formulas, both, with labels, ratios, shares, prefixes.
TABLES: tuple[Command, ...] = (
    ("conv", "depthwise_conv", "pointwise_conv", "depthwise_separable"),
    ("conv", "depthwise_separable", "--baseline", "conv", "--measure", "macs"),
    ("conv", "grouped_conv", "--where", "k=3, M=N=512", "--measure", "params"),
    ("conv(bias)", "conv(bias, bn)", "--measure", "flops", "--convention", "exact",
     "--convention", "mac", "--where", "k=3, M=N=512, H=W=14"),
    ("full: conv", "narrow, α = 0.75: conv(M=alpha*M, N=alpha*N)", "--measure", "params"),
    ("depthwise_separable", "--by-kind", "--where", "k=3, M=N=512, H=W=14"),
    ("mobilenet_v1", "--by-kind", "--digits", "si"),
    (*NETWORKS, "--digits", "si"),
    (*NETWORKS, "--digits", "M", "--measure", "macs", "--measure", "params",
     "--baseline", "mobilenet_v1"),
    (*NETWORKS, "--measure", "macs"),
)  # fmt: skip


#: A sum that is longer than a line, and one more of them in every sentence.
SUM = "k^2 M N H W + k^2 M N + M N H W + 3 N H W + k^2 M H W + N^2 H W + M^2 H W + 12 N + 17 H W"
#: Formulas that no line holds, alone, in sentences and in the rows of a display.
WIDE: tuple[Command, ...] = (
    *(("ratio", network, "conv") for network in OPEN),
    ("ratio", "vgg16(R)", "conv"),
    ("ratio", "vgg16(R)", "alexnet(R)", "--steps"),
    ("ratio", "relu", "conv"),
    ("ratio", "conv", "relu"),
    ("derive", "densenet121(R)", "--measure", "macs"),
    ("identify", SUM),
    ("identify", "macs(mla)"),
    ("verify", f"macs(conv) = {SUM}"),
    ("solve", "macs(llama) <= 1e12", "--for", "L"),
    ("check", str(Path(__file__).with_name("long.md"))),
    ("scan", str(Path(__file__).with_name("typed.md"))),
    ("check", str(ROOT / "docs/claims/wild.toml")),
    ("table", "dense_layer"),
    ("table", "depthwise_separable_conv"),
    ("compare", "cp_conv"),
)

#: Tables that are longer than a page.
LONG: tuple[Command, ...] = (
    ("compare", "mixtral(causal)"),
    ("compare", "mla"),
    ("growth", "mla"),
    ("table", "swin_t(R)", "--by-stage"),
    ("table", "mobilenet_v1(alpha, R)", "--by-stage"),
)


@dataclass(frozen=True)
class Printed:
    """A command line and what it prints."""

    command: Command
    text: str

    def __str__(self) -> str:
        return " ".join(["closedform", *self.command])


def commands() -> Iterator[Command]:
    """Every command line, without ``--format``."""
    yield from _of_layers()
    yield from _of_formulas()


def in_two_columns() -> Iterator[Command]:
    """Those that fit their lines and tables to a column."""
    for layer, notation in product(with_flags(ELEMENTARY), NOTATIONS):
        yield ("derive", layer, "--measure", "all", "--notation", notation, "--columns", "two")
        yield ("show", layer, "--notation", notation, "--columns", "two")
    for (above, below), notation in product(PAIRS, NOTATIONS):
        yield ("ratio", above, below, "--steps", "--notation", notation, "--columns", "two")
    for rows, notation in product(TABLES, NOTATIONS):
        yield ("table", *rows, "--notation", notation, "--columns", "two")
    for words in ("chinchilla", "llama"):
        habits = ("--notation", words, "--columns", "two")
        yield ("table", "transformer_layer", "multi_head_attention", *habits)
        yield ("compare", "transformer_layer", *habits)
        for layer in ("transformer_layer", "multi_head_attention(bias)"):
            yield ("derive", layer, "--measure", "all", *habits)
            yield ("show", layer, *habits)
    for growing in ("llama2_7b", "resnet50(R)", "conv"):
        yield ("growth", growing, "--columns", "two")
    yield ("compare", "conv(k=3, M=64, N=128, H=56, W=56)", "--columns", "two")
    yield ("explain", "1.8G", "--for", "resnet18", "--columns", "two")
    yield ("verify", "(k M + N) (H W + M N) = k M H W + M N", "--columns", "two")
    for wide in WIDE:
        yield (*wide, "--columns", "two")
    for layer in OPEN:
        yield ("show", layer, "--columns", "two")
    for long in LONG:
        yield (*long, "--columns", "two")
        yield (*long, "--columns", "two", "--tabular")
    by = (option for name in ("mac", "fvcore", "thop") for option in ("--convention", name))
    yield ("table", "resnet18", "--measure", "flops", *by, "--columns", "two", "--tabular")


def _of_layers() -> Iterator[Command]:
    """Closed forms, derivations and quotients."""
    alone = [*with_flags(ELEMENTARY), *SUMS]
    for layer in (*with_flags(OTHERS), *OPEN):
        yield ("show", layer)
    for layer in with_flags(OTHERS):
        yield ("derive", layer, "--measure", "params")
        yield ("derive", layer, "--measure", "macs")
    for layer, by, notation in product(alone, PAPERS, NOTATIONS):
        habits = ("--convention", by, "--notation", notation)
        yield ("show", layer, *habits)
        yield ("derive", layer, "--measure", "all", *habits)
    for layer, notation in product(alone, NOTATIONS):
        yield ("derive", layer, "--measure", "activations", "--notation", notation)
    over_conv = [(layer, "conv") for layer in with_flags(ELEMENTARY)]
    for (above, below), notation in product([*over_conv, *PAIRS], NOTATIONS):
        yield ("ratio", above, below, "--steps", "--notation", notation)
    for (above, below), by in product([*permutations(ELEMENTARY, 2), *PAIRS], PAPERS):
        yield ("ratio", above, below, "--convention", by)
    for above, below in PAIRS:
        yield ("derive", f"{above} / {below}")


def _of_formulas() -> Iterator[Command]:
    """What is solved, verified, identified, tabulated, counted, listed and checked."""
    for (relation, *options), notation in product(SOLVED, NOTATIONS):
        yield ("solve", relation, *options, "--notation", notation)
    for claims in VERIFIED:
        yield ("verify", *claims)
    for formula in IDENTIFIED:
        yield ("identify", formula)
    for rows, notation in product(TABLES, NOTATIONS):
        yield ("table", *rows, "--notation", notation)
    for network in (*NETWORKS, SUMS[0]):
        yield ("count", network)
    for growing in ("llama2_7b", "resnet50(R)", "conv"):
        yield ("growth", growing)
    for swept, over in (
        ("mobilenet_v1(alpha, R)", "R=96..224..32, alpha=0.5..1"),
        ("conv", "N=1,2"),
    ):
        where = () if "(" in swept else ("--where", "k=3, M=4, H=W=5")
        yield ("sweep", swept, "--over", over, *where)
    for layers in (
        "conv(k=3, M=64, N=128, H=56, W=56)",
        "mobilenet_v1",
        "attention(d_h=64, h=8, n=100)",
    ):
        yield ("compare", layers)
    yield from (*LONG, *WIDE)
    for number, layers in (("4.11e9", "resnet50"), ("569M", "mobilenet_v1"), ("1e6", "alexnet")):
        yield ("explain", number, "--for", layers)
    for what in ("layers", "conventions", "notations", "networks"):
        yield ("list", what)
    for file in sorted((ROOT / "docs/claims").glob("*.toml")):
        yield ("check", str(file))
        yield ("scan", str(file))


def with_flags(names: list[str]) -> Iterator[str]:
    """Each layer without flags, with each flag alone, and with all of them."""
    for name in names:
        layer = LAYERS[name]
        yield name
        yield from (f"{name}({flag})" for flag in layer.flags)
        if len(layer.flags) > 1:
            yield f"{name}({', '.join(layer.flags)})"


@cache
def everything(form: str, third: int) -> tuple[Printed, ...]:
    """What each third command prints in this form, from the first to the third; no text twice."""
    found: dict[str, Printed] = {}
    chosen = [command for command in commands() if form != "html" or command[0] == "table"]
    for command in chosen[third::3]:
        one = run((*command, "--format", form))
        found.setdefault(one.text, one)
    return tuple(found.values())


def run(command: Command) -> Printed:
    """What a command prints; that it found something refuted is no failure here."""
    printed, problems = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(problems):
        code = main(command)
    if code == 2 or not printed.getvalue():
        raise RuntimeError(
            f"closedform {' '.join(command)} exits with {code}:\n{problems.getvalue()}"
        )
    return Printed(command, printed.getvalue())
