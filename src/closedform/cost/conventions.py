"""Counting conventions: what "FLOPs" means, per kind of layer.

A convention is a table from the kind of a layer to the FLOPs that one call counts. A kind that is
not in the table is *uncounted*, which is something else than zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from closedform.algebra.tree import ZERO, Tree
from closedform.cost.call import LayerCall
from closedform.errors import UnknownName

Rule = Callable[[LayerCall], Tree]


@dataclass(frozen=True)
class Convention:
    """A named way to count FLOPs; ``rules`` maps the kind of a layer to what one call counts."""

    name: str
    description: str
    source: str
    rules: Mapping[str, Rule]

    def flops(self, call: LayerCall) -> Tree | None:
        """FLOPs of one call, or ``None`` where this convention does not know the kind."""
        rule = self.rules.get(call.kind)
        return None if rule is None else rule(call)


def _exact(call: LayerCall) -> Tree:
    return call.closed_form.flops


def _macs(call: LayerCall) -> Tree:
    return call.closed_form.macs


def _twice_macs(call: LayerCall) -> Tree:
    return 2 * call.closed_form.macs


def _nothing(_: LayerCall) -> Tree:
    return ZERO


#: The kinds of layer: a contraction sums products; the other two work element by element.
KINDS = ("contraction", "bias", "normalization")

CONVENTIONS: dict[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention(
            "exact",
            "scalar multiplications plus additions: a sum of n products is 2n − 1, a bias 1 per "
            "output, batch norm 2 per output",
            "the source document (hope_wisdom, CSDN), section on FLOPs",
            {"contraction": _exact, "bias": _exact, "normalization": _exact},
        ),
        Convention(
            "mac",
            "1 per multiply-accumulate of a convolution or matrix product; bias and batch norm 0",
            "MobileNets, arXiv:1704.04861, section 3.1 (Mult-Adds); ShuffleNet, arXiv:1707.01083, "
            "Table 1",
            {"contraction": _macs, "bias": _nothing, "normalization": _nothing},
        ),
        Convention(
            "mac2",
            "2 per multiply-accumulate of a convolution or matrix product; bias and batch norm 0",
            "Kaplan et al., arXiv:2001.08361, section 2.1 (a multiply-add is 2 FLOPs)",
            {"contraction": _twice_macs, "bias": _nothing, "normalization": _nothing},
        ),
    )
}


def convention(name: str) -> Convention:
    """The convention called ``name``.

    >>> convention("mac2").name
    'mac2'

    Raises:
        UnknownName: with the nearest known name.
    """
    found = CONVENTIONS.get(name.strip().lower().replace("-", "_"))
    if found is None:
        raise UnknownName("convention", name, CONVENTIONS)
    return found
