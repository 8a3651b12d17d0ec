"""Operands that begin with a word or a sign of their own: fractions, functions, quantities, layers.

Each reader takes the cursor and the token that it begins with, which has been passed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    Call,
    Number,
    Power,
    Quotient,
    Series,
    Symbol,
    Tree,
    symbol_names,
)
from closedform.errors import ParseError
from closedform.language.cursor import Cursor, Value
from closedform.language.layer_names import size_called
from closedform.language.layers import (
    Argument,
    LayerNode,
    Layers,
    Option,
    Portion,
    Quantity,
    Shared,
)
from closedform.language.scanning.names import changes_oddly
from closedform.language.scanning.numerals import read_value
from closedform.language.shorthands import SHORTHANDS, absolute, choose, product_over
from closedform.language.sizes import check_size, kernel_beside
from closedform.language.tokens import Token
from closedform.language.vocabulary import QUANTITIES


def _binomial(at: Cursor, item: Token) -> Tree:
    above = at.group(item)
    below = at.group(item)
    with at.failing(item):
        return choose(above, below)


def _nth_root(at: Cursor, item: Token) -> Tree:
    index = at.group(item)
    return Power(at.group(item), Quotient(Number(1), index))


def _log_of(at: Cursor, item: Token) -> Tree:
    base = at.group(item)
    return Call("log", (at.group(item), base))


def _call(at: Cursor, item: Token) -> Tree:
    at.expect("LPAR")
    arguments = [at.formula(item)]
    while at.comma():
        arguments.append(at.formula(item))
    at.close()
    least, most = FUNCTIONS[item.value].arguments
    if not least <= len(arguments) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        plural = "" if wanted == "1" else "s"
        problem = f"{item} takes {wanted} argument{plural}, not {len(arguments)}"
        forms = dict.fromkeys(f"{item}({', '.join('abc'[:n])})" for n in (least, min(most, 3)))
        raise at.fail(item, problem, f"write {' or '.join(forms)}")
    return Call(item.value, tuple(arguments))


def _shorthand(at: Cursor, item: Token) -> Tree:
    """``out(R, k=3, s=2)``: arguments in order, then by name."""
    parameters, formula = SHORTHANDS[item.value]
    usage = f"{item}({', '.join(parameters)})"
    given: dict[str, Tree] = {}
    rest = iter(parameters)
    at.expect("LPAR")
    while not given or at.comma():
        key, name = item, next(rest, "")
        if at.kinds[at.at] == "KEY":
            key, rest = at.take(), iter(())
            name = key.value
            at.expect("EQUALS")
        if name not in parameters or name in given:
            raise at.fail(key, f"{usage} does not take {name or 'as many numbers'} here", usage)
        given[name] = at.formula(key)
    at.close()
    values = {name: default for name, default in parameters.items() if default} | given
    missing = [name for name in parameters if name not in values]
    if missing:
        raise at.fail(item, f"{item}( ) needs {', '.join(missing)}", usage)
    with at.failing(item):
        return formula(values)


def _sum_call(at: Cursor, item: Token) -> Tree:
    """``sum(i=1..L, a)``."""
    at.expect("LPAR")
    index = at.expect("NAME")
    at.expect("EQUALS")
    lower = at.inside(item, "DOTS")
    upper = at.inside(item, "COMMA")
    return series(at, item, index, (lower, upper, at.inside(item)))


def series(at: Cursor, item: Token, index: Token, parts: tuple[Tree, Tree, Tree]) -> Tree:
    """A sum or a product over an index, by its bounds and its body.

    Raises:
        ParseError: a name in the body that changes with the index and not as a sequence does.
    """
    for name in symbol_names(parts[2]):
        if changes_oddly(name, index.value):
            problem = f"{name} changes with the index {index} in a way that is not read"
            raise at.fail(item, problem, f"give it the index alone: {name[0]}_{index}")
    if item.value == "sum":
        return Series(index.value, *parts)
    with at.failing(item):
        return product_over(index.value, *parts)


# -- layers ----------------------------------------------------------------------------------------


def _quantity(at: Cursor, item: Token) -> Tree:
    """``params(X)`` and its like."""
    at.expect("LPAR")
    layers = at.nested()
    options: list[Option] = []
    while at.comma():
        key = at.expect("KEY")
        at.expect("EQUALS")
        value = at.expect("OPTION", "NUMBER")
        places = (key.start, key.end), (value.start, value.end)
        options.append(Option(key.value, value.value, *places))
    at.close()
    if not isinstance(layers, Layers):
        hint = f"write {item}(conv), {item}(depthwise_conv + pointwise_conv)"
        raise at.fail(item, f"{item}( ) takes a layer or a sum of layers", hint)
    for option in options:
        if option.name not in QUANTITIES[item.value]:
            problem = f"{item}( ) has no option {option.name[:40]!r}"
            known = ", ".join(QUANTITIES[item.value])
            hint = f"options of {item}: {known or 'none'}"
            if others := [of for of, options in QUANTITIES.items() if option.name in options]:
                given = f"{option.name}={option.value}"
                hint += f"; it is one of {', '.join(others)}: {others[-1]}(X, {given})"
                hint += f", or bytes({item}(X), {given})" if option.name == "bits" else ""
            elif isinstance(layers, LayerNode):
                inside = _shown_with(layers, option)
                hint += f"; a size or flag stands in the layer: {item}({inside})"
            raise ParseError(at.text, *option.place, problem, hint)
    return Quantity(item.value, layers, tuple(options), (item.start, item.end))


def _shown_with(layer: LayerNode, option: Option) -> str:
    """The layer with what was given behind it among its own sizes and flags."""
    value = option.value.lower() if option.value in ("True", "False") else option.value
    given = Argument(option.name, Symbol(value))
    return Quantity("", LayerNode(layer.name, (*layer.arguments, given))).written[1:-1]


def _layer(at: Cursor, item: Token) -> Layers:
    """``conv``, ``conv(k=3, bias)``."""
    arguments: list[Argument] = []
    if kernel := kernel_beside(at.text, item.start, item.end):
        problem, hint = "a kernel beside a layer, or so many layers?", f"{item}(k=3), or 9 {item}"
        if at.text[kernel[1] - 1] in "dD":
            problem, hint = "a kind of layer, or so many layers?", f"{item}, or 2*d {item}"
        raise ParseError(at.text, *kernel, problem, f"write {hint}")
    if at.kinds[at.at] == "LPAR":
        at.at += 1
        if at.kinds[at.at] != "RPAR":
            arguments.append(_argument(at, item))
            while at.comma():
                arguments.append(_argument(at, item))
        at.expect("RPAR")
    return LayerNode(item.value, tuple(arguments), (item.start, item.end))


def _argument(at: Cursor, layer: Token) -> Argument:
    """``k=3``, ``bias=true`` or ``bias``; PyTorch's ``kernel_size=3`` is k=3."""
    name = at.expect("KEY", "FLAG")
    place = (name.start, name.end)
    own = size_called(layer.value, name.value)
    if name.type == "FLAG":
        return Argument(own, None, place, place)
    at.expect("EQUALS")
    first = at.at
    value = at.take().value == "true" if at.kinds[first] == "TRUTH" else at.formula(name)
    start, end = at.tokens[first].start, at.tokens[at.at - 1].end
    if no_size := check_size(own, at.text[start:end]):
        raise ParseError(at.text, start, end, *no_size)
    return Argument(own, value, place, (start, end))


def _shared(at: Cursor, item: Token) -> Layers:
    """``shared(n, X)``."""
    at.expect("LPAR")
    uses = at.formula(item)
    layers = at.nested() if at.comma() else None
    if not isinstance(layers, Layers):
        raise at.fail(item, "shared( ) takes a number and a layer", "write shared(n, linear)")
    at.close()
    return Shared(uses, layers)


def _portion(at: Cursor, item: Token) -> Layers:
    """``only(part, X)`` and ``without(part, X)``."""
    at.expect("LPAR")
    part = at.expect("PART")
    layers = at.nested() if at.comma() else None
    if not isinstance(layers, Layers):
        hint = f"write {item}(head, gpt2)"
        raise at.fail(item, f"{item}( ) takes the name of a part and a layer", hint)
    at.close()
    return Portion(part.value, layers, item.value == "only", (part.start, part.end))


@lru_cache(maxsize=4096)
def symbol_of(name: str) -> Symbol:
    """The symbol of a name, made once: most names stand in a text more than once."""
    return Symbol(name)


@lru_cache(maxsize=1024)
def number_of(written: str) -> Number:
    """The number that is written, as it was written."""
    return Number(read_value(written), written)


#: What each kind of token begins.
READERS: dict[str, Callable[[Cursor, Token], Value]] = {
    "LFLOOR": lambda at, item: Call("floor", (at.inside(item, "RFLOOR"),)),
    "LCEIL": lambda at, item: Call("ceil", (at.inside(item, "RCEIL"),)),
    "LBAR": lambda at, item: absolute(at.inside(item, "RBAR")),
    "FRACTION": lambda at, item: Quotient(at.group(item), at.group(item)),
    "BINOMIAL": _binomial,
    "ROOT": lambda at, item: Call("sqrt", (at.group(item),)),
    "NTHROOT": _nth_root,
    "LOGOF": _log_of,
    "FUNCTION": _call,
    "SHORTHAND": _shorthand,
    "SUMMATION": _sum_call,
    "QUANTITY": _quantity,
    "LAYER": _layer,
    "SHARED": _shared,
    "PORTION": _portion,
}
