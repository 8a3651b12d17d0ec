"""An LALR(1) automaton: the tables that Lark makes of a grammar, and the loop that runs them.

Lark reads ``grammar.lark`` and works the tables out; running them takes the thirty lines below. The
tables are kept beside the grammar (``grammar.json``), so that a command does not build them again:
importing Lark and compiling the grammar would take a fifth of the time of ``import sympy``. Where the
grammar has changed since, Lark compiles it anew.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

END = "$END"


class Item(Protocol):
    """What the automaton needs of a token: its kind."""

    @property
    def type(self) -> str: ...


@dataclass(frozen=True)
class Tables:
    """``states[i]`` maps a symbol to a state to go to, or to ``-1 - r`` for reducing by rule r.

    A rule is (left side, length, callback, inline): without a callback a single child stands for
    itself; an inline rule hands its children on to the rule above.
    """

    states: list[dict[str, int]]
    rules: list[tuple[str, int, str, bool]]
    start: int
    end: int


class Unexpected(Exception):
    """A token that cannot stand where it stands; ``item`` is ``None`` at the end of the text."""

    def __init__(self, item: Any, expected: frozenset[str]) -> None:
        super().__init__(item)
        self.item = item
        self.expected = expected


def run(tables: Tables, items: Sequence[Item], callbacks: Callable[[str], Callable[..., Any]]) -> Any:
    """Parse the tokens; ``callbacks`` gives for each name what is made of a rule's children.

    Raises:
        Unexpected: the tokens are no sentence of the grammar.
    """
    states, rules = tables.states, tables.rules
    trail = [tables.start]
    values: list[Any] = []
    stream: list[Any] = [*items, None]
    for item in stream:
        kind = END if item is None else item.type
        while True:
            row = states[trail[-1]]
            action = row.get(kind)
            if action is None:
                raise Unexpected(item, frozenset(name for name in row if name.isupper()))
            if action >= 0:
                trail.append(action)
                values.append(item)
                break
            origin, length, callback, inline = rules[-1 - action]
            children = values[len(values) - length :]
            if length:
                del values[-length:], trail[-length:]
            values.append(_made(children, callback, callbacks, inline=inline))
            trail.append(states[trail[-1]][origin])
            if item is None and trail[-1] == tables.end:
                return values[-1]
    raise Unexpected(None, frozenset())


class _Inlined(list[Any]):
    """Children that belong to the rule above."""


def _made(
    children: list[Any], callback: str, callbacks: Callable[[str], Callable[..., Any]], *, inline: bool
) -> Any:
    flat: list[Any] = []
    for child in children:
        if isinstance(child, _Inlined):
            flat += child
        else:
            flat.append(child)
    if inline:
        return _Inlined(flat)
    if not callback:
        return flat[0]
    return callbacks(callback)(*flat)


def load_tables() -> Tables:
    """The tables of the grammar: as kept beside it, or compiled anew where it has changed."""
    folder = files("closedform.language")
    grammar = folder.joinpath("grammar.lark").read_text(encoding="utf-8")
    kept = json.loads(folder.joinpath("grammar.json").read_text(encoding="utf-8"))
    if kept["grammar"] != digest(grammar):
        kept = compile_grammar(grammar)
    return Tables(
        kept["states"],
        [(origin, length, call, inline) for origin, length, call, inline in kept["rules"]],
        kept["start"],
        kept["end"],
    )


def digest(grammar: str) -> str:
    """What tells one version of the grammar from another."""
    return hashlib.sha256(grammar.encode()).hexdigest()


def compile_grammar(grammar: str) -> dict[str, Any]:
    """The tables of a grammar as plain data, worked out by Lark."""
    # Loaded only here: with the tables at hand no command needs Lark.
    lark = importlib.import_module("lark")
    table = lark.Lark(grammar, parser="lalr", lexer="basic").parser.parser._parse_table
    rules: dict[Any, int] = {}
    states = []
    for number in range(len(table.states)):
        row = {}
        for symbol, (action, argument) in table.states[number].items():
            reduces = action.name == "Reduce"
            row[symbol] = -1 - rules.setdefault(argument, len(rules)) if reduces else argument
        states.append(row)
    return {
        "grammar": digest(grammar),
        "states": states,
        "rules": [_rule(rule) for rule in rules],
        "start": table.start_states["start"],
        "end": table.end_states["start"],
    }


def _rule(rule: Any) -> tuple[str, int, str, bool]:
    name = rule.origin.name
    inline = name.startswith("_")
    passes = rule.options.expand1 and rule.alias is None and len(rule.expansion) == 1
    callback = "" if inline or passes else rule.alias or name
    return str(name), len(rule.expansion), str(callback), inline
