"""Functions that are written for a formula: ``out(R, k=3, s=2, p=1)``, ``bytes(Q, bits=8)``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from closedform.algebra.tree import ONE, ZERO, Call, Number, Tree

Values = Mapping[str, Tree]


def _out(v: Values) -> Tree:
    """The side of an output: ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1, as in PyTorch's Conv2d."""
    span = v["n"] + 2 * v["p"] - v["d"] * (v["k"] - 1) - 1
    return Call("floor", (span / v["s"],)) + 1


def _bytes(v: Values) -> Tree:
    """What so many elements of so many bits take."""
    return v["Q"] * (v["bits"] / 8)


#: Parameters with their defaults (None: to be given), and the formula that is meant.
SHORTHANDS: dict[str, tuple[Mapping[str, Tree | None], Callable[[Values], Tree]]] = {
    "out": ({"n": None, "k": None, "s": ONE, "p": ZERO, "d": ONE}, _out),
    "bytes": ({"Q": None, "bits": Number(16)}, _bytes),
}
