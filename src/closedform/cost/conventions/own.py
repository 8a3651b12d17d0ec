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

from closedform import toml
from closedform.cost.conventions.convention import CONVENTIONS, Convention, Rule
from closedform.cost.formula import read
from closedform.errors import ClosedformError
from closedform.later import pathlib

_KEYS = ("name", "description", "source", "version", "rest", "rules")
_UNCOUNTED = "uncounted"
#: Names that a user has given: a file that is read again takes the place of what it said before.
_OWN: set[str] = set()


def load_convention(source: str | pathlib.Path) -> Convention:
    r"""The convention that a TOML text holds, or the TOML file at a path.

    >>> load_convention('name = "ours"\nrules = {contract = "2*macs"}').name
    'ours'

    Raises:
        ClosedformError: a file that cannot be read, a key or a rule that is none.
    """
    table = toml.read_table(source)
    toml.check_keys(table, "a convention", _KEYS)
    name, rules = table.get("name"), table.get("rules")
    if not isinstance(name, str) or not name or not isinstance(rules, dict):
        raise ClosedformError("a convention needs a name and rules", 'name = "ours" and [rules]')
    made = Convention(
        name,
        str(table.get("description", "")),
        str(table.get("source", "")),
        {kind: _rule(kind, rule) for kind, rule in rules.items()},
        rest=_rule("rest", table.get("rest", _UNCOUNTED)),
        version=str(table.get("version", "")),
    )
    if name in CONVENTIONS and name not in _OWN:
        hint = "choose another name: " + ", ".join(CONVENTIONS)
        raise ClosedformError(f"a convention called {name} is there already", hint)
    CONVENTIONS[name] = made
    _OWN.add(name)
    return made


def _rule(kind: str, written: object) -> Rule:
    if written == _UNCOUNTED:
        return None
    if not isinstance(written, str):
        hint = f'write {kind} = "2*macs", or {kind} = "uncounted"'
        raise ClosedformError(f"the rule of {kind} is no formula", hint)
    read(written)
    return written
