"""Kernels that a framework runs in place of a module, where all that they ask for is met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from closedform.algebra.tree import ONE, ZERO, Tree
from closedform.cost.call import LayerCall
from closedform.cost.formula import evaluated
from closedform.records import NamedTuple

#: A formula over what one call has; ``None``: not counted.
Rule = str | None


class Kernel(NamedTuple):
    """A kernel of calls with the flags of ``needs``, and with none of ``without``.

    Those are flags, and sizes that are not what they are unless they are said. ``even`` is a size
    that must be so; ``rule`` is what is counted of the kernel.
    """

    needs: str
    without: str
    even: str
    rule: Rule = None

    def left(self, call: LayerCall) -> Tree:
        """How much of a call it leaves to the module: 0 or 1; of an open size, 1 if it is odd."""
        said = {*call.flags, *call.given}
        if said.issuperset(self.needs.split()) and said.isdisjoint(self.without.split()):
            return evaluated(f"{self.even} - 2*({self.even}//2)", call.sizes.__getitem__)
        return ONE


#: What stands in a table: a rule, or kernels that come before the rule of the next key that fits.
Entry: TypeAlias = "Rule | tuple[Kernel, ...]"


def shares(
    call: LayerCall, keys: Iterable[str], rules: Mapping[str, Entry]
) -> Iterator[tuple[Tree, Rule]]:
    """The rules for a layer as a whole, each with how much of the call it is for."""
    rest: Tree = ONE
    for key in keys:
        entry = rules[key]
        if not isinstance(entry, tuple):
            yield rest, entry
            return
        for kernel in entry:
            left = kernel.left(call)
            if left != ONE:
                yield rest * (ONE - left), kernel.rule
                rest = rest * left
            if rest == ZERO:
                return
