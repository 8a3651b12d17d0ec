"""Sizes that no layer can have: zero, negative, broken, less than the least that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def check_asked(asks: Iterable[Asked], values: Mapping[str, Tree]) -> None:
    """Do nothing if sizes are to each other as is asked, or open.

    Raises:
        SizeError: they are not.
    """
    for left, sign, right, at, number in asks:
        a, b = values[left], values[right]
        if not (isinstance(a, Number) and isinstance(b, Number)):
            continue
        if at and values[at] != Number(number):
            continue
        if not (a.value <= b.value if sign == "<=" else a == b):
            how, hint = _ASKED[sign]
            case = f" at {at} = {number}" if at else ""
            problem = f"{left} = {a.value}{how}{right} = {b.value}{case}"
            raise SizeError(problem, hint.format(left, right))


#: What is wrong with a pair of sizes, and what to give.
_ASKED = {
    "<=": (" is more than ", "give {} as {} or less"),
    "=": (" is not ", "give {} and {} as one number"),
}


def check_copies(copies: Tree) -> None:
    """Do nothing if there may be so many copies of layers; there may be none, as of L - 1 at L = 1.

    Raises:
        SizeError: a broken number, or one below 0.
    """
    number = known_value(copies)
    if number is not None and (number < 0 or number.denominator > 1):
        hint = "give 1, 2, 3, …; quantities are subtracted and divided: params(A) - params(B)"
        raise SizeError(f"layers are not taken {number} times", hint)


#: Sizes that every layer which has both asks of each other: query heads share keys in whole groups
#: (Ainslie et al., arXiv:2305.13245, section 2.2), and learned positions are T rows.
TOGETHER = (("h_kv", "divides", "h"), ("n", "is at most", "T"))
_KEPT = {"divides": lambda a, b: b % a == 0, "is at most": lambda a, b: a <= b}


def check_together(values: Mapping[str, Tree]) -> None:
    """Do nothing if the sizes of a layer can be had beside each other.

    Raises:
        SizeError: they cannot.
    """
    for one, word, other in TOGETHER:
        a, b = values.get(one), values.get(other)
        if isinstance(a, Number) and isinstance(b, Number) and not _KEPT[word](a.value, b.value):
            error = SizeError(
                f"{one} = {a.value} and {other} = {b.value} do not go together",
                f"choose sizes such that {one} {word} {other}",
            )
            error.size = one
            raise error


def how_left_open(name: str, terms: Iterable[Term]) -> str:
    """A line on how a size is left open that a layer has as a number; nothing where none has."""
    for call in (term.call for term in terms):
        fixed = call.sizes.get(name)
        if isinstance(fixed, Number):
            shown = f"{name} of {call.layer} is {fixed.value}"
            return f"\n{shown}: {call.layer}({name}) leaves it open"
    return ""
