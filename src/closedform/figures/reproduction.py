"""By which ways of counting a printed number of layers comes out, with one flag more at most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from closedform.algebra.exact import value
from closedform.algebra.tree import ONE, symbol_names
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.measures import MEASURES, QUANTITIES
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, ParseError
from closedform.figures.columns import Measured, read_measures
from closedform.figures.sizes import missing_value
from closedform.language.numbers.digits import rounds_to
from closedform.language.vocabulary import BYTES
from closedform.reading import read_claim
from closedform.records import NamedTuple

#: Bytes in other ways than the usual one: of other optimizers, in other bits.
OTHERWISE = (
    Measured("weight_memory", "", "adam"),
    Measured("optimizer_memory", "", "adam"),
    Measured("optimizer_memory", "", "momentum"),
    *(Measured("training_memory", "", way) for way in ("adam", "momentum", "sgd")),
    *(Measured("kv_cache_memory", "", bits) for bits in ("8", "32")),
    Measured("activation_memory", "", "32"),
)
#: Ways to count, and what each counts.
Known: TypeAlias = dict[Measured, "int | Fraction"]


class Reproduction(NamedTuple):
    """The layers, with the flag ``word`` if one is needed, and the ways that give the number.

    ``cut``: they give it where digits are cut off instead of rounded, as 3.8 of 3.858.
    """

    word: str
    layers: LayerSum
    known: Known
    close: list[Measured]
    cut: bool = False


def reproduce(number: str, layers: LayerSum) -> Reproduction | None:
    """How a printed number comes out of layers, within its digits; ``None`` if it does not.

    It is rounded before it is cut off, with a flag or without.

    Raises:
        ParseError, ClosedformError: no number.
        MissingSize: a size that is still a symbol.
    """
    for cut in (False, True):
        for word, flagged in _with_a_flag(layers):
            known = counted(flagged, measures_for(number))
            if close := that_give(number, known, cut=cut):
                return Reproduction(word, flagged, known, close, cut)
    if names := symbol_names(layers._tree("macs")):
        raise missing_value(names, layers)
    return None


def that_give(number: str, known: Known, *, cut: bool = False) -> list[Measured]:
    """The ways of counting that give a printed number, rounded or ``cut`` off."""
    meant, unit = printed(number)
    if cut:
        return [way for way, x in known.items() if meant <= x < meant + unit]
    return [way for way, x in known.items() if rounds_to(Fraction(x), meant, unit)]


def measures_for(number: str) -> tuple[str, ...]:
    """What may be meant by a number as printed: bytes where it has a unit of memory."""
    if any(number.rstrip().endswith(unit) for unit in BYTES):
        return tuple(name for name in QUANTITIES if name.endswith("_memory"))
    return (*MEASURES, "active_params")


def _with_a_flag(layers: LayerSum) -> Iterator[tuple[str, LayerSum]]:
    """The layers as they are, and one layer with one flag or way of calling more."""
    yield "", layers
    if len(layers.terms) > 1 or layers.terms[0].owned != ONE:
        return
    call = layers.terms[0].call
    for word in call.type.words:
        if word not in call.flags:
            sizes = {**call.sizes, "B": call.batch}
            yield word, call.type.at(sizes, (*call.flags, word))


@lru_cache(maxsize=64)
def counted(layers: LayerSum, measures: tuple[str, ...]) -> Known:
    """Each measure and way of counting, with its number where it counts any of the layers."""
    ways = (*read_measures(measures, (*CONVENTIONS,)), *OTHERWISE)
    counting = (way for way in ways if way.measure in measures)
    trees = {way: way.tree(layers) for way in counting if not way.by or layers.counted(way.by)}
    return {way: value(tree, {}) for way, tree in trees.items() if not symbol_names(tree)}


def printed(number: str) -> tuple[Fraction, Fraction]:
    """A number as printed, and what its last digit is worth."""
    hint = "write 4.11e9, 4.11G or 4,111,512,576"
    with suppress(ParseError):
        first, *others = read_claim(f"{number} ≈ 0").members
        if len(others) == 1 and first.unit is not None and not symbol_names(first.tree):
            meant = Fraction(value(first.tree, {}))
            if meant < 0:
                raise ClosedformError(f"{number!r} is negative, and counts nothing", hint)
            return meant, first.unit
    raise ClosedformError(f"{number!r} is no number", hint)
