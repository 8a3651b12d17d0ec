"""Letters of a chain that have a value though it gives none: constants, and sizes of the target.

π is refused where no size of that name is, e is told. A formula in symbols and the numbers put in,
k²MN = 9·64·128, may be held against conv(k=3, …), whose sizes the symbols have then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Number, Symbol
from closedform.language.claim import Member
from closedform.language.numbers.scales import is_scale, scale_at, word_of
from closedform.language.surroundings.chain import Chain
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import UNIT_WORDS
from closedform.records import replace
from closedform.synonyms import meant

_LETTERS = frozenset({"pi", "e"})
_TOLD = "e as a size, and no Euler's number"
_END = Token("END", "", 0, 0)
_BOUND = "a size is bound by names, or by a bound"
_NONE: frozenset[str] = frozenset()


def constants(
    scan: Scan, chain: Chain, target: frozenset[str] | None, known: frozenset[str]
) -> list[str]:
    """A note on an e in the formulas of a chain; ``known`` are symbols, also of the ``target``.

    Raises:
        ParseError: π, which nothing says to be a size: π > 3 is true of the number; and e in a
            comparison, in a logarithm, or with a symbol in its exponent.
    """
    if _LETTERS.isdisjoint(chain.values):
        return []
    tokens = [item for piece in chain.pieces for item in piece.tokens]
    relations = {*chain.relations, *([] if target is None else [chain.opening])}
    bound = known - (target or frozenset())
    told = False
    for place, (item, after) in enumerate(pairwise([*tokens, _END])):
        if item.type != "NAME" or item.value not in _LETTERS:
            continue
        word = word_of(scan, item)
        if word.lower() in UNIT_WORDS or is_scale(word):  # Millionen has no e
            continue
        if item.value == "pi" and "pi" not in known:
            hint = f"write digits for the number, beside ≈; {_BOUND}"
            raise scan.error([item], "π is a number that is not rational, or a size?", hint)
        if item.value == "e" and "e" not in known:
            before = tokens[max(0, place - 2) : place]
            compared = relations != {"="} or any(t.value == "log" for t in before)
            kinds = [t.type for t in tokens[place + 2 : place + 5]]
            number = kinds[:1] == ["NUMBER"] or kinds == ["LPAR", "NUMBER", "RPAR"]
            if compared or (after.type == "POWER" and not number):
                hint = f"write another letter, or digits beside ≈; {_BOUND}"
                raise scan.error([item], "e is Euler's number, or a size?", hint)
        told = told or (item.value == "e" and "e" not in bound)
    return [_TOLD] if told else []


def given_sizes(target: Member | None) -> dict[str, Number]:
    """The sizes that the layers of a target without symbols give a number, each the same one."""
    if target is None or target.names:
        return {}
    given = {
        (argument.name, argument.value)
        for layer in target.layers
        for argument in layer.arguments
        if isinstance(argument.value, Number)
    }
    return dict(given) if len(dict(given)) == len(given) else {}


def sizes_of_target(
    scan: Scan, chain: Chain, target: Member, known: frozenset[str]
) -> list[Condition]:
    """The sizes that the layers of a target give to the symbols of a text with numbers beside them.

    They are put into the notes of the chain. ``known``: symbols that the conditions give already.

    Raises:
        ParseError: a symbol beside the numbers to which nothing gives a value.
    """
    asked = target.quantities
    if not asked or target.names or not chain.pieces[1:]:
        return []
    named = [_names(scan, piece.tokens) for piece in chain.pieces]
    symbols = [item for names in named for item in names if item.value not in known]
    if not symbols or all(named) or {*chain.relations, chain.opening} - {"=", "≈"}:
        return []
    sizes = given_sizes(target)
    wanted: dict[str, Number] = {}
    for item in symbols:  # C_in is M in other programs
        size = next((n for n in (item.value, *meant(item.value)) if n in sizes), None)
        if size is None:
            problem = f"{item.value} has no value here, and numbers stand beside it"
            raise scan.error([item], problem, f"give it after where: where {item.value} = …")
        wanted[item.value] = sizes[size]
    told = ", ".join(f"{name} = {size.value}" for name, size in wanted.items())
    chain.notes.append(f"{told} as in the layer")
    return [Condition("=", Symbol(name), size) for name, size in wanted.items()]


def named_sizes(
    chain: Chain, sizes: Callable[[], frozenset[str]], conditions: Sequence[Condition]
) -> list[Condition]:
    """The conditions, sizes of the layers by their own letters that they name by other words.

    ``params(conv) = 73,728 where in_channels = 64`` is held at M = 64, which is told. ``sizes``
    gives those of the target, or of the layers in a claim without one.
    """
    named = [*conditions]
    for place, condition in enumerate(conditions):
        left = condition.left
        if condition.relation != "=" or not isinstance(left, Symbol):
            continue
        called = meant(left.name)
        own = sizes() if called else frozenset[str]()
        used = {item.value for piece in chain.pieces for item in piece.tokens} | own
        names = [name for name in called if name in own]
        if len(names) == 1 and left.name not in used:
            (name,) = names
            chain.notes.append(f"{left.name} as {name}")
            named[place] = replace(condition, left=Symbol(name))
    return named


def _names(scan: Scan, tokens: Sequence[Token]) -> list[Token]:
    """The symbols of a member; none in 231M, and the k of 4 k GB."""
    kinds = ["", "", *(item.type for item in tokens)]
    indices = {
        item.value
        for item, (first, before) in zip(tokens, pairwise(kinds), strict=False)
        if before == "SERIES" or (first, before) == ("SUMMATION", "LPAR")
    }
    names = [item for item in tokens if item.type == "NAME" and item.value not in indices]
    if not names:
        return []
    behind = (scale_at(scan, tokens, at + 1, _NONE) for at in range(len(tokens)))
    scales = [(at + 1, s) for at, s in enumerate(behind) if s and tokens[at].type == "NUMBER"]
    scales = [(at, s) for at, s in scales if [t.type for t in tokens[s.end :][:1]] != ["POWER"]]
    every = {id(item) for at, s in scales for item in tokens[at : s.end]}
    if all(id(item) in every for item in names):
        return []
    certain = {id(item) for at, s in scales if s.certain for item in tokens[at : s.end]}
    return [item for item in names if id(item) not in certain]
