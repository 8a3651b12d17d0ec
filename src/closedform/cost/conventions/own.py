"""A convention of your own, from a few lines of TOML.

Only ``name`` and ``[rules]`` must be given; a rule is a formula over what one call has, or
``"uncounted"``::

    name = "ours"
    description = "2 per MAC, activations 1"
    source = "our paper, section 4"
    rest = "uncounted"     # the rule of what is not listed
    [rules]                # a layer, a module, or a kind of operation
    contract = "2*macs"
    bias = "outputs"
    relu = "outputs"
"""

from __future__ import annotations

from collections.abc import Iterable

from closedform import toml
from closedform.cost.conventions.convention import CONVENTIONS, Convention, registered
from closedform.cost.conventions.kernels import Rule
from closedform.cost.formula import read
from closedform.cost.kinds import KINDS
from closedform.errors import ClosedformError, UnknownName
from closedform.language.layer_names import is_layer, layer_names
from closedform.later import pathlib

_KEYS = {**dict.fromkeys(("name", "description", "source", "version", "rest"), str), "rules": dict}
_UNCOUNTED = "uncounted"
#: Names that a user has given: a file that is read again takes the place of what it said before.
_OWN: set[str] = set()


def load_convention(source: str | pathlib.Path) -> Convention:
    r"""The convention that a TOML text holds, or the TOML file at a path.

    >>> load_convention('name = "ours"\nrules = {contract = "2*macs"}').name
    'ours'

    Raises:
        ClosedformError: a file that cannot be read, a key or a rule that is none, a rule for what
            no layer has.
    """
    table = toml.read_table(source)
    toml.check_keys(table, "a convention", _KEYS)
    name, rules = table.get("name"), table.get("rules")
    if not name or rules is None:
        raise ClosedformError("a convention needs a name and rules", 'name = "ours" and [rules]')
    _check_kinds(rules)
    made = Convention(
        name,
        table.get("description", "a convention of your own"),
        table.get("source", ""),
        {kind: _rule(rule) for kind, rule in rules.items()},
        rest=_rule(table.get("rest", _UNCOUNTED)),
        version=table.get("version", ""),
    )
    if name in CONVENTIONS and name not in _OWN:
        hint = "choose another name: " + ", ".join(CONVENTIONS)
        raise ClosedformError(f"a convention called {name} is there already", hint)
    CONVENTIONS[name] = made
    _OWN.add(name)
    return made


def convention(name: str) -> Convention:
    """The convention called ``name``, or one's own in the TOML file ``ours.toml``.

    >>> convention("mac2").name
    'mac2'

    Raises:
        UnknownName: with the nearest known name.
        ClosedformError: a file that holds none.
    """
    if not str(name).endswith(".toml"):
        return registered(name)
    with toml.told_of(str(name)):
        return load_convention(pathlib.Path(name))


def _check_kinds(rules: Iterable[str]) -> None:
    """Refuse a rule for what no layer has, which would count nothing."""
    used = (word for table in CONVENTIONS.values() for key in table.rules for word in key.split())
    known = {*KINDS, *used, *layer_names()}
    for key in rules:
        last = key.split(" ")[-1]
        if last not in known and not is_layer(last):
            raise UnknownName("layer or kind of operation", last, known)


def _rule(written: str) -> Rule:
    if written == _UNCOUNTED:
        return None
    read(written)
    return written
