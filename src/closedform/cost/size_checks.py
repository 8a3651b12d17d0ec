"""Sizes that no layer can have: zero, negative, broken, less than the least that it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import eq, le
from typing import Any

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Number, Symbol, Tree
from closedform.cost.call import Term
from closedform.cost.declaration import Asked, Declaration
from closedform.errors import ClosedformError, NotPositiveInteger, SizeError, UnknownName
from closedform.symbols import is_scale
from closedform.synonyms import meant
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text


def unknown_size(layer: Declaration, name: str) -> UnknownName:
    """The error for a size or flag that a layer does not have, with those that it has."""
    kind, known = f"size or flag of {layer.name}", (*layer.dims, "B", *layer.words)
    error = UnknownName(kind, name[:40], known)
    near = error.hint if error.near else ""
    if not near and "H" in layer.dims and {"s", "p"}.intersection((name, *meant(name))):
        near = "H and W are the output's, such as H=out(224, k=7, s=2, p=3)"
    sizes, flags = ", ".join(layer.dims), ", ".join(layer.flags) or "none"
    listed = f"sizes of {layer.name}: {sizes}; flags: {flags}"
    error.hint = f"{near}\n{listed}" if near else listed
    return error


def is_on(flag: str, given: object) -> bool:
    """Whether a flag is on.

    Raises:
        ClosedformError: another value, of which Python takes most for true, "false" too.
    """
    if given not in (True, False, None):
        raise ClosedformError(f"{flag}={given!r} is neither on nor off", f"{flag} is True or False")
    return bool(given)


def check_size(name: str, tree: Tree, named: Mapping[str, Tree], least: int) -> None:
    """Do nothing if a size can be had; ``named`` is what each size stood for.

    Raises:
        NotPositiveInteger, SizeError: it cannot.
    """
    if not isinstance(tree, Number):
        return
    real = is_scale(name)
    if not (real or isinstance(tree.value, int)) or tree.value <= 0:
        before = named.get(name, Symbol(name))
        shown = name if before == Symbol(name) else f"{name} = {text(arrange(before))}"
        raise NotPositiveInteger(shown, tree.value, real=real)
    if tree.value < least and not real:
        error = SizeError(
            f"{name} = {tree.value} is less than {least}", f"give {name} as {least} or more"
        )
        error.size = name
        raise error


#: What every layer that has both sizes asks of them: learned positions are T rows, and query heads
#: share keys in whole groups (Ainslie et al., arXiv:2305.13245, section 2.2).
_OF_ALL = (Asked("n", "<=", "T"), Asked("h_kv", "|", "h"))
#: When sizes are so to each other, what is wrong where they are not, and what to give.
_RELATIONS: dict[str, tuple[Callable[[Any, Any], bool], str, str]] = {
    "<=": (le, "is more than", "give {} as {} or less"),
    "=": (eq, "is not", "give {} and {} as one number"),
    "|": (lambda a, b: b % a == 0, "does not divide", "choose {} so that it divides {}"),
}


def check_asked(asks: Iterable[Asked], values: Mapping[str, Tree]) -> None:
    """Do nothing if sizes are to each other as a layer asks and as all do, or open.

    Raises:
        SizeError: they are not.
    """
    for left, sign, right, at, number in (*asks, *_OF_ALL):
        a, b = values.get(left), values.get(right)
        if not (isinstance(a, Number) and isinstance(b, Number)):
            continue
        holds, wrong, hint = _RELATIONS[sign]
        if not (at and values[at] != Number(number)) and not holds(a.value, b.value):
            case = f" at {at} = {number}" if at else ""
            problem = f"{left} = {a.value} {wrong} {right} = {b.value}{case}"
            error = SizeError(problem, hint.format(left, right))
            error.size = left
            raise error


def check_copies(copies: Tree) -> None:
    """Do nothing if there may be so many copies of layers; there may be none, as of L - 1 at L = 1.

    Raises:
        SizeError: a broken number, or one below 0.
    """
    number = known_value(copies)
    if number is not None and (number < 0 or number.denominator > 1):
        hint = "give 1, 2, 3, …; quantities are subtracted and divided: params(A) - params(B)"
        raise SizeError(f"layers are not taken {number} times", hint)


def how_left_open(name: str, terms: Iterable[Term]) -> str:
    """A line on how a size is left open that a layer has as a number; nothing where none has."""
    for call in (term.call for term in terms):
        fixed = call.sizes.get(name)
        if isinstance(fixed, Number):
            shown = f"{name} of {call.layer} is {fixed.value}"
            return f"\n{shown}: {call.layer}({name}) leaves it open"
    return ""
