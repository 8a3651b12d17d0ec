"""What a caller gives, as text or as an object: layers, rows of them, sizes, words, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from closedform.algebra.bridge import from_python
from closedform.algebra.tree import Tree
from closedform.cost.layer_type import LayerType
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, ParseError, UnknownName, what_is
from closedform.language.layer_names import is_layer, layer_names
from closedform.later import Later
from closedform.reading import parse_layers
from closedform.typeset.arrange import arrange
from closedform.typeset.prose import Code
from closedform.typeset.text import text

if TYPE_CHECKING:
    from closedform.later import Named, Symbolic
    from closedform.models import onnx as files
else:  # few ask about a file
    files = Later("closedform.models.onnx")

#: Layers as text, as they are, or a type of layer with open sizes.
Layers: TypeAlias = "str | LayerSum | LayerType"
#: One of them, several, or several by the labels of their rows.
Rows: TypeAlias = "Layers | Iterable[Layers] | Mapping[str, Layers] | Mapping[str | Code, LayerSum]"
#: Values of sizes or conditions, as text, as several texts, or by name.
Where: TypeAlias = "str | Sequence[str] | ByName[object]"
#: What is typed at more length names no object in a table or a caption.
LONG = 80
#: Relations of SymPy.
_RELATIONS = {"==": "=", **{sign: sign for sign in ("<", "<=", ">", ">=")}}
_OPEN, _CLOSE, _OVER = "([{（［｛", ")]}）］｝", "/÷／∕"
_Value = TypeVar("_Value")
#: What is given of sizes by their names, or by their symbols.
ByName: TypeAlias = "Mapping[str, _Value] | Mapping[str | Symbolic, _Value] | Named[_Value]"
#: A formula as text, or as an expression.
Formula: TypeAlias = "str | Symbolic | int | Fraction"


def layers_of(given: Layers) -> LayerSum:
    """The layers that are meant: ``conv(k=3) + linear``, ``mobilenet_v1``, a file ``net.onnx``.

    >>> layers_of("MobileNet-v1").params
    4231976

    Raises:
        UnknownName: one word that is no layer, with the nearest name.
        ParseError: no sum of layers, with a caret under the place.
        ClosedformError: an object of another kind, or a file that cannot be read.
    """
    if isinstance(given, LayerSum):
        return given
    if isinstance(given, LayerType):
        return given()
    if not isinstance(given, str):
        raise _no_layer(given)
    if given.rstrip().endswith(".onnx"):
        return files.read(given.strip())
    if re.fullmatch(r"\s*[A-Za-z]\w+(-\w+|/\d+)*\s*", given) and not is_layer(given):
        raise UnknownName("layer", given.strip(), layer_names())
    return parse_layers(given)


def rows_of(given: Rows, further: Sequence[Layers] = ()) -> dict[str | Code, LayerSum]:
    """Layers by the labels of their rows: those given, or how the layers are typed.

    >>> [str(row) for row in rows_of(["small: conv(k=3)", "linear"])][:1]
    ['small']

    Raises:
        ClosedformError: two rows with one label, or what :func:`layers_of` raises.
    """
    if isinstance(given, Mapping) and not further:
        return {row: layers_of(item) for row, item in given.items()}
    rows: dict[str | Code, LayerSum] = {}
    for item in several_of(given, further, (LayerSum, LayerType)):
        own, layers = split_label(item) if isinstance(item, str) else ("", item)
        whole = layers_of(layers)
        row = own or name_of(layers, whole)
        if row in rows:
            raise ClosedformError(f"two rows are called {row}", "label them, for example A: conv")
        rows[row] = whole
    return rows


def name_of(given: Layers, layers: LayerSum) -> Code | str:
    """What layers are called: as they are typed, and by their number where that would be long."""
    written = given if isinstance(given, str) else repr(layers)
    if given == written or len(written) <= LONG:
        return Code(written)
    return f"{len(layers.terms)} layers"


def label(layers: LayerSum) -> str:
    """The names of the layers of a sum, for headings: "depthwise conv + pointwise conv"."""
    calls = (term.call for term in layers.terms if term.call.parts != ())
    return " + ".join(dict.fromkeys(call.layer.replace("_", " ") for call in calls))


def split_label(written: str) -> tuple[str, str]:
    """A row's label and its layers, from ``LABEL: LAYERS``; no label is an empty one.

    >>> split_label("α = 0.75: conv(k=3)")
    ('α = 0.75', 'conv(k=3)')
    """
    before, colon, layers = written.rpartition(":")
    return (before.strip(), layers.strip()) if colon else ("", written.strip())


def split_quotient(text: str) -> tuple[str, str | None]:
    """The two sides of a ``/`` outside all brackets; a layer's M=N/2 is inside.

    >>> split_quotient("conv(M=N/2) / linear")
    ('conv(M=N/2)', 'linear')

    Raises:
        ParseError: two of them, or nothing on a side.
    """
    if text.rstrip().endswith(".onnx") and " / " not in text:  # the path of one file
        return text.strip(), None
    places, depth = [], 0
    for place, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character in _OVER and depth == 0:
            places.append(place)
    if not places:
        return text.strip(), None
    sides = text[: places[0]].strip(), text[places[0] + 1 :].strip()
    if len(places) > 1 or not all(sides):
        problem = "a second quotient" if len(places) > 1 else "a side of this quotient is missing"
        hint = "write A / B with one layer, or a sum of layers, on each side"
        raise ParseError(text, places[-1], places[-1] + 1, problem, hint)
    return sides


def equations_of(given: Where | None) -> str:
    """Sizes or conditions as text, from texts or from values by name.

    >>> equations_of({"k": 3, "M": "2c"}), equations_of(["k=3", "g | M"]), equations_of(None)
    ('k = 3, M = 2c', 'k=3, g | M', '')

    Raises:
        ClosedformError: neither, or a value that is no exact number and no formula.
    """
    if given is None or isinstance(given, str):
        return given or ""
    if isinstance(given, (list, tuple)) and all(isinstance(text, str) for text in given):
        return ", ".join(given)
    return ", ".join(
        f"{name_given(name)} = {formula_of(value)}" for name, value in by_name(given).items()
    )


def by_name(given: ByName[_Value] | Sequence[object]) -> ByName[_Value]:
    """Values by name; raises :class:`ClosedformError` for anything else."""
    if isinstance(given, Mapping):
        return given
    raise ClosedformError(
        f"{what_is(given)} names no sizes", 'write them as text, "k=3, M=64", or by name, {"k": 3}'
    )


def names_of(given: Mapping[str, object] | None) -> dict[str, str]:
    """Words and the symbols they stand for, each a text or a symbol of SymPy.

    >>> names_of({"kernel": "k"}), names_of(None)
    ({'kernel': 'k'}, {})

    Raises:
        ClosedformError: anything else.
    """
    if given is not None and not isinstance(given, Mapping):
        raise _no_name(given)
    return {name_given(word): name_given(symbol) for word, symbol in (given or {}).items()}


def name_given(given: object) -> str:
    """A name as text, from a text or a symbol; else raises :class:`ClosedformError`."""
    name = getattr(given, "name", given)
    if not isinstance(name, str):
        raise _no_name(given)
    return name


def _no_name(given: object) -> ClosedformError:
    return ClosedformError(f"{what_is(given)} is no name", 'write it as text: {"kernel": "k"}')


def formula_of(given: object) -> str:
    """A formula as text, from a text, an expression or a number.

    Raises:
        ClosedformError: what is no closed form, such as a float that is no integer, or a layer.
    """
    return given if isinstance(given, str) else text(arrange(tree_of(given)))


def claim_of(given: object) -> str:
    """A claim as text, from a text, a relation of SymPy, or a formula.

    Raises:
        ClosedformError: neither, or a comparison that Python has worked out before it was given.
    """
    if isinstance(given, str):
        return given
    if type(given).__name__ in ("bool", "BooleanTrue", "BooleanFalse"):
        problem = f"{given} is no claim: the comparison has been worked out before it was given"
        raise ClosedformError(problem, "write the claim as text")
    relation = _RELATIONS.get(getattr(given, "rel_op", ""))
    if relation is None:
        return formula_of(given)
    left, right = map(formula_of, getattr(given, "args", ()))
    return f"{left} {relation} {right}"


def tree_of(given: object) -> Tree:
    """An expression or a number as a tree; raises what :func:`formula_of` raises."""
    if isinstance(given, (LayerSum, LayerType)):
        layers = layers_of(given)
        raise ClosedformError(
            f"{layers} is a layer, and no formula",
            f'say which cost: "params({layers})", or .params',
        )
    return from_python(given)


def several_of(given: Any, further: Sequence[Any], single: tuple[type, ...]) -> Iterable[Any]:
    """One thing, a text or of a single kind, with further ones or without, or a list of several."""
    alone = further or isinstance(given, (str, *single)) or not isinstance(given, Iterable)
    return [given, *further] if alone else given


def words_of(given: str | Iterable[str]) -> tuple[str, ...]:
    """One word or several.

    >>> words_of("macs"), words_of(["params", "macs"])
    (('macs',), ('params', 'macs'))

    Raises:
        ClosedformError: what is no word, and holds none.
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        given = (given,)
    words = tuple(given)
    for word in words:
        if not isinstance(word, str):
            raise ClosedformError(f"{what_is(word)} is no word", "give a name as text, or several")
    return words


def _no_layer(given: object) -> ClosedformError:
    hint = 'give one, a text such as "conv(k=3)" or cf.conv(k=3), or the sum of several'
    if isinstance(given, Iterable):
        hint += "; cf.count, cf.table and cf.plot take several"
    return ClosedformError(f"{what_is(given)} is no layer", hint)
