"""Layers of your own, from a few lines of TOML: both entries, and what is known besides.

A layer has a name, its sizes in their order (one with a default is ``n=1`` or ``f=4*d``), its
closed form, and what it executes: operations, or other layers::

    [[layer]]
    name = "adapter"
    summary = "Adapter: two linear layers around ReLU, added to the input"
    source = "our paper, section 3"
    sizes = "d r n=1"
    meanings = {r = "inner width"}
    made_of = "linear(M=d, N=r, n, bias) + relu(N=r, H=n, W=1) + linear(M=r, N=d, n, bias)"
    params = "2 d r + d + r"
    macs = "2 n d r"

The closed form is proven from what is executed before the layer is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from closedform import toml
from closedform.algebra.decide import equal
from closedform.algebra.tree import Tree, substitute, symbol_names
from closedform.cost.conventions.own import load_convention
from closedform.cost.layer_type import FLAGS, LAYERS, LayerType
from closedform.cost.measures import MEASURES, Cost
from closedform.cost.measuring import counted, measured
from closedform.cost.registry import as_fields, check_words, register_type
from closedform.cost.steps import step
from closedform.errors import ClosedformError, UnknownName
from closedform.language.layer_names import is_layer
from closedform.later import pathlib
from closedform.reading import parse, parse_layers
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text

#: What may be said of a layer besides its closed form, as in a declaration of the catalogue.
_DECLARED = ("weights", "operations", "inputs", "flags", "divides", "least", "asks")
_WORDS = ("name", "summary", "source", "sizes", "made_of", *_DECLARED, *MEASURES)
_KEYS = {**dict.fromkeys(_WORDS, str), "meanings": dict}
#: What was said of each layer that a user gave.
OWN: dict[str, Mapping[str, Any]] = {}


def load_layers(source: str | pathlib.Path) -> tuple[LayerType, ...]:
    r"""The layers that a TOML text holds, or the TOML file at a path.

    >>> load_layers('''
    ... [[layer]]
    ... name = "square"
    ... sizes = "d"
    ... made_of = "linear(M=d, N=d)"
    ... params = "d"
    ... ''')
    Traceback (most recent call last):
        ...
    closedform.errors.ClosedformError: the params of square, d, are not what it executes: d²
    one of both entries is wrong

    Raises:
        ClosedformError: a file that cannot be read, a key that is none, a name that is taken, a
            size that nothing declares, or a closed form that is not what is executed.
    """
    table = toml.read_table(source)
    layers = table.get("layer")
    if table.keys() != {"layer"} or not isinstance(layers, list):
        raise ClosedformError("a file of layers holds [[layer]] tables", 'with name = "…"')
    return tuple(map(_load, layers))


def load_files(files: Iterable[str]) -> None:
    """Layers, or the convention, of each file; a process that checks claims does it for itself."""
    for path in map(pathlib.Path, files):
        with toml.told_of(str(path)):
            (load_convention if "rules" in toml.read_table(path) else load_layers)(path)


def _load(said: Any) -> LayerType:
    toml.check_keys(said, "a layer", _KEYS)
    words = {key: said.get(key, "") for key in _WORDS}
    name = words["name"]
    if not name.isidentifier() or not words["sizes"].split():
        hint = 'name = "adapter", sizes = "d r": letters, digits and _, sizes apart by spaces'
        raise ClosedformError("a layer needs a name and sizes", hint)
    if said == OWN.get(name):
        return LAYERS[name]
    if is_layer(name):
        raise ClosedformError(f"a layer called {name} is there already", "choose another name")
    if not words["made_of"].strip() and not words["operations"].strip("; "):
        hint = 'write operations = "contract N over M", or made_of = "linear + relu", or both'
        raise ClosedformError(f"{name} does not say what it executes", hint)
    made = _declared(words, said.get("meanings", {}))
    _check_entries(made)
    OWN[name] = dict(said)
    return register_type(made)


def _declared(words: Mapping[str, str], meanings: Any) -> LayerType:
    """The layer as data; nothing is registered yet."""
    pairs = [part.partition("=") for part in words["sizes"].split()]
    sizes, flags = tuple(name for name, _, _ in pairs), tuple(words["flags"].split())
    if len({*sizes}) < len(sizes):
        raise ClosedformError(f"{words['name']} has a size twice", "give each size once")
    for flag in flags:
        if flag not in FLAGS or words["made_of"]:
            hint = f"known: {', '.join(FLAGS)}, of a layer of operations"
            raise ClosedformError(f"{words['name']} takes no flag {flag}", hint)
    toml.check_keys(meanings, f"the meanings of {words['name']}", dict.fromkeys(sizes, str))
    forms = {m: _formula(words[m], sizes) for m in MEASURES if words[m]}

    def closed_form(**values: Tree) -> Cost | None:
        costs = {measure: substitute(tree, values) for measure, tree in forms.items()}
        return Cost(costs.pop("params", None), **costs) if costs else None

    try:
        made = LayerType(
            name=words["name"],
            summary=words["summary"] or "A layer of your own.",
            source=words["source"],
            formula=closed_form,
            dims=sizes,
            written_defaults={name: default for name, _, default in pairs if default},
            family="own",
            meanings=meanings,
            **as_fields({key: words[key] for key in _DECLARED}),
        )
        check_words(made)
    except ValueError as error:
        raise ClosedformError(str(error)) from error
    if words["made_of"]:
        parts = parse_layers(words["made_of"])
        _check_sizes(words["made_of"], parts.missing(), sizes)
        if words["operations"]:
            parts = parts + step(f"operations of {made.name}", *made.declared)
        made.contents = lambda **values: parts._with_sizes(values)
    return made


def _formula(written: str, sizes: tuple[str, ...]) -> Tree:
    tree = parse(written, bound=frozenset(sizes))
    _check_sizes(written, symbol_names(tree), sizes)
    return tree


def _check_sizes(written: str, names: tuple[str, ...], sizes: tuple[str, ...]) -> None:
    for name in names:
        if name not in sizes:
            raise UnknownName(f"size in {written!r}", name, sizes)


def _check_entries(made: LayerType) -> None:
    """Refuse a layer of which the closed form is not what is executed.

    Raises:
        ClosedformError: with both forms; also where they cannot be compared.
    """
    for term in made().terms:
        call = term.call
        for measure in MEASURES:
            stated, executed = measured(call, measure), counted(call, measure)
            same = equal(stated, executed)
            if not same:
                how = "are not" if same is False else "are not decided to be"
                problem = (
                    f"the {MEASURES[measure]} of {made.name}, {text(arrange(stated))}, {how} "
                    f"what it executes: {text(arrange(executed))}"
                )
                raise ClosedformError(problem, "one of both entries is wrong")
