"""A term of a sum as it is typed in Python."""

from __future__ import annotations

from closedform.algebra.bridge import to_sympy
from closedform.algebra.tree import ONE, ZERO, Symbol, Tree
from closedform.cost.call import Term
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text


def typed(term: Term) -> str:
    """A term as it is typed; what is shared or tied is told apart from what is copied."""
    call = term.call
    sizes = [
        name if value == Symbol(name) else f"{name}={text(arrange(value))}"
        for name, value in call.given.items()
    ]
    sizes += [f"B={text(arrange(call.batch))}"] if call.batch != ONE else []
    written = f"{call.layer}({', '.join([*sizes, *(f'{flag}=True' for flag in call.flags)])})"
    if term.owned == ZERO != term.executed:
        tied = f"tied({written})"
        return tied if term.executed == ONE else f"shared({_plain(term.executed)}, {tied})"
    if term.executed != term.owned:
        written = f"shared({_plain(term.executed / term.owned)}, {written})"
    return written if term.owned == ONE else f"{_factor(term.owned)} * {written}"


def _factor(tree: Tree) -> str:
    """A number of copies as a factor: a sum in brackets."""
    expression = to_sympy(tree)
    return f"({expression})" if expression.is_Add else str(expression)


def _plain(tree: Tree) -> str:
    return str(to_sympy(tree))
