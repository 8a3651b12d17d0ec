"""``@layer`` and the table it fills.

A layer type is one plain function of its sizes that returns its closed form, or yields it and then
the second entry, what it executes; else the decorator says that, with the source and the names.
Nothing else has to be touched: the command line, the language, the laws and the catalogue page read
:data:`LAYERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import chain, islice
from typing import Any

from closedform.cost.declaration import Asked
from closedform.cost.kinds import KINDS
from closedform.cost.layer_type import FLAGS, LAYERS, LayerType
from closedform.cost.measures import UNSTATED, Cost
from closedform.errors import UnknownName, suggestion
from closedform.language.layer_names import layer_called, layer_names, name_layer, name_sizes
from closedform.symbols import OWN_SIZES, SIZES
from closedform.synonyms import in_other_scripts

#: ``inspect.CO_GENERATOR``: that module takes longer to load than the catalogue.
_GENERATOR = 0x20


def layer(  # noqa: PLR0913  (a keyword for each thing that may be known of a layer)
    *,
    source: str,
    name: str = "",
    summary: str = "",
    weights: str = "",
    operations: str = "",
    inputs: str = "",
    buffers: str = "",
    kv_cache: str | Callable[[Mapping[str, Any]], Any] = "",
    module: str = "",
    aliases: str = "",
    flags: str = "",
    ways: str = "",
    no_module: str = "",
    divides: str = "",
    cases: str = "",
    pads: str = "",
    summed: Callable[[Mapping[str, Any]], Any] | None = None,
    least: str = "",
    asks: str = "",
    meanings: Mapping[str, str] | None = None,
    flag: str = "",
) -> Callable[[Callable[..., Any]], LayerType]:
    """Register a layer type: of its closed form, or of what it executes where no paper has one.

    ``name`` and ``summary`` are those of the function unless they are given.
    ``weights``: shapes of the first operation's weight tensors, ``"N M/g k k"``, apart by ``;``.
    ``operations``: what it executes, ``"contract N H W over M/g k k"``, apart by ``;``; a layer
    that is made of others yields them behind its closed form. ``inputs`` and ``buffers``: shapes of
    what it reads, and of what it keeps and does not learn. ``kv_cache``: keys and values that it
    keeps, as a formula or as a function of the sizes; ``module``: the kind of module that
    conventions know it as. ``aliases``, ``flags``: further names, and what may be switched on;
    ``ways``: how it may be called besides as a module, ``no_module``: the sizes and flags with
    which no framework has it as one module. ``divides``, ``least``: what must divide what, ``"g|M
    2|N"``, and least values, ``"s=2"``; ``asks``: what else is asked of sizes, ``"a<=E; M=N at
    s=1"``. ``cases``: the sizes of which a number may choose another form. ``pads``: what is padded
    to a multiple of what, ``"w|H"``, and is one where it is open. ``summed``: how many outputs of
    the first operation have a product at all, a function of the sizes. ``meanings``: what its sizes
    mean; ``flag``: the flag by which others append it.

    Raises:
        ValueError: a name is taken already, a size is not declared, or an operation is unknown.
    """
    given = {**locals(), "flag": ""}  # every keyword by its name
    fields = as_fields({key: value for key, value in given.items() if value})
    return lambda formula: register_type(_layer_type(formula, fields), flag)


def as_fields(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a layer type in words, as its fields."""
    fields = {key: _READ[key](text) if key in _READ else text for key, text in said.items()}
    fields["written_operations"] = fields.pop("operations", "")
    return fields


def _layer_type(function: Any, declared: dict[str, Any]) -> LayerType:
    """The layer type of a function: its name, sizes and defaults are read off the function."""
    dims, keywords, defaults = _parameters(function)
    formula, contents, spoken = _entries(function, keywords)
    unsaid = {"name": function.__name__, "summary": _summary(function.__doc__ or "")}
    fields = {**unsaid, **declared}
    for flag in keywords if contents is not function else ():
        if flag not in (*fields.get("flags", ()), *fields.get("ways", ())):
            problem = f"{fields['name']}: {flag} is keyword-only, as flags are"
            raise ValueError(f'{problem}: declare flags="{flag}"')
    made = LayerType(
        formula=formula,
        contents=contents,
        dims=dims,
        written_defaults={name: str(defaults[name]) for name in dims if name in defaults},
        family=function.__module__.removeprefix("closedform.catalogue.").partition(".")[0],
        spoken_flags=frozenset(spoken),
        **fields,
    )
    check_words(made)
    return made


def _entries(function: Any, flags: tuple[str, ...]) -> tuple[Any, Any, Iterable[str]]:
    """The closed form, what is executed, and the flags that the closed form speaks of.

    A function returns the one or the other, or yields both in this order; those of its flags that
    have no default are then of the second alone.
    """

    def entry(place: int) -> Callable[..., Any]:
        @wraps(function)
        def only(**given: Any) -> Any:
            stated = next(islice(function(**{**off, **given}), place, None), None)
            if stated is None:
                raise ValueError(f"{function.__name__} yields no second entry: what it executes")
            return stated

        off = dict.fromkeys(flags, False)
        return only

    if function.__code__.co_flags & _GENERATOR:
        return entry(0), entry(1), function.__kwdefaults__ or ()
    if function.__annotations__.get("return", Cost) in ("Cost", Cost):
        return function, None, flags
    return UNSTATED, function, ()


def _parameters(function: Any) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]:
    """Positional and keyword names, and defaults; a signature takes ten times as long."""
    code, last = function.__code__, function.__defaults__ or ()
    sizes = code.co_varnames[: code.co_argcount]
    keywords = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount]
    return sizes, keywords, dict(zip(sizes[len(sizes) - len(last) :], last, strict=True))


def _summary(doc: str) -> str:
    return "\n".join(map(str.strip, doc.strip().split("\n")))


def _divisors(written: str) -> tuple[tuple[str, str], ...]:
    """What must divide what, from ``"g|M 2|N"``.

    Raises:
        ValueError: a word that is no such pair.
    """
    pairs = [part.partition("|") for part in written.split()]
    for divisor, _, multiple in pairs:
        if not (divisor and multiple):
            raise ValueError(f"{divisor or multiple} says not what divides what: write g|M")
    return tuple((divisor, multiple) for divisor, _, multiple in pairs)


def _least_values(written: str) -> dict[str, int]:
    """The least that each size may be: ``"s=2"``.

    Raises:
        ValueError: a word that gives no size a whole number.
    """
    pairs = [part.partition("=") for part in written.split()]
    for name, _, value in pairs:
        if not value.isdecimal() or not int(value):
            raise ValueError(f"{name} says not how small a size may be, as s=2 does")
    return {name: int(value) for name, _, value in pairs}


def _asked(written: str) -> tuple[Asked, ...]:
    """What is asked of sizes: ``"a<=E; M=N at s=1"``.

    Raises:
        ValueError: a part that is no such relation.
    """
    found = []
    for part in filter(None, map(str.strip, written.split(";"))):
        said = re.fullmatch(r"(\w+) *(<=|=) *(\w+)(?: at (\w+)=(\d+))?", part)
        if said is None:
            raise ValueError(f"{part} says not what is asked: write a<=E, M=N at s=1")
        left, sign, right, at, number = said.groups()
        found.append(Asked(left, sign, right, at or "", int(number or 0)))
    return tuple(found)


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


#: How what is said of a layer type is read; the rest is kept as it is written.
_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("aliases", "flags", "ways", "no_module", "cases"), _words),
    **dict.fromkeys(("divides", "pads"), _divisors),
    "least": _least_values,
    "asks": _asked,
}


def check_words(made: LayerType) -> None:
    """Refuse a size that nothing declares, and an operation of no kind.

    Raises:
        ValueError: with the word, and what is known.
    """
    for name in made.dims:
        if name not in SIZES and name not in made.meanings:
            raise ValueError(f"{made.name}: the size {name} has no meaning, give it in meanings")
    kinds = [part.split()[0] for part in made.written_operations.split(";") if part.strip()]
    for kind in kinds:
        if kind not in KINDS:
            near = suggestion(kind, KINDS)
            raise ValueError(f"{made.name}: {kind} is no kind of operation; {near}")
    said = [made.weights, made.written_operations, made.inputs, made.buffers]
    said += [made.kv_cache] if isinstance(made.kv_cache, str) else []
    declared = [*filter(None, said), *made.written_defaults.values()]
    declared += [*chain(*made.divides, *made.pads), *made.cases, *made.least]
    declared += [f"{asked.left} {asked.right} {asked.at}" for asked in made.asks]
    for word in re.findall(r"[A-Za-z_]\w*", " ".join(declared)) if declared else ():
        if word not in made.dims and word not in KINDS and word not in ("over", "rows"):
            listed = ", ".join(made.dims)
            raise ValueError(f"{made.name}: {word} is no size of this layer ({listed})")


def register_type(made: LayerType, flag: str = "") -> LayerType:
    """File a layer under its name and aliases."""
    for name in (made.name, *made.aliases, *in_other_scripts(made.name)):
        name_layer(name, made.name)
    name_sizes(made.name, made.dims, made.module or made.name)
    LAYERS[made.name] = made
    if not made.preset_of:  # whose sizes are those of its family
        OWN_SIZES.update({n: made.meaning(n) for n in made.dims if n not in SIZES})
    if flag:
        FLAGS[flag] = made
    return made


def lookup(name: str) -> LayerType:
    """The layer type called ``name``: any alias, hyphens and underscores alike.

    >>> from closedform import catalogue
    >>> lookup("ResNet-50").name, lookup("fc").name
    ('resnet50', 'linear')

    Raises:
        UnknownName: with the nearest known name.
    """
    own_name = layer_called(str(name))
    if own_name is None:
        raise UnknownName("layer", str(name), layer_names())
    return LAYERS[own_name]
