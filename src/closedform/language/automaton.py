"""The LALR(1) automaton of the grammar: made by Lark, kept as data beside the grammar.

``grammar.json`` holds the tables and the digest of the ``grammar.lark`` that they were made from,
so that a command neither imports Lark nor compiles the grammar, which together take a quarter of
the time of ``import sympy``. Where the grammar has changed since, Lark compiles it anew; ``python
-m tests.tools.compile_grammar`` writes the new tables, and a test says when they are old.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from importlib.resources import files
from typing import Any, NamedTuple

#: (0, next state, "") to shift; (length, callback, rule) to reduce. A rule that only passes its one
#: part on has the callback "".
Action = tuple[int, Any, str]


class Automaton(NamedTuple):
    """What to do in each state, by the kind of the next token or the rule that was completed."""

    actions: list[dict[str, Action]]
    start: int
    end: int


def automaton() -> Automaton:
    """The automaton of the grammar as it is now."""
    folder = files("closedform.language")
    grammar = folder.joinpath("grammar.lark").read_text(encoding="utf-8")
    kept = json.loads(folder.joinpath("grammar.json").read_text(encoding="utf-8"))
    if kept["grammar"] != digest(grammar):
        kept = compiled(grammar)
    rules = [tuple(rule) for rule in kept["rules"]]
    actions = [
        {name: rules[-1 - to] if to < 0 else (0, to, "") for name, to in state.items()}
        for state in kept["states"]
    ]
    return Automaton(actions, kept["start"], kept["end"])


def compiled(grammar: str) -> dict[str, Any]:
    """The tables of a grammar as plain data: a state, or -1 - r to reduce by rule r."""
    lark = importlib.import_module("lark")
    table = lark.Lark(grammar, parser="lalr", lexer="basic").parser.parser._parse_table
    # Lark numbers states and rules by the order of a set; sorted, the same grammar gives one file.
    numbers = {state: number for number, state in enumerate(sorted(table.states))}
    rules: dict[Any, int] = {}
    states = []
    for state in sorted(table.states):
        row = {}
        for name, (action, argument) in sorted(table.states[state].items()):
            reduces = action.name == "Reduce"
            row[str(name)] = (
                -1 - rules.setdefault(argument, len(rules)) if reduces else numbers[argument]
            )
        states.append(row)
    return {
        "grammar": digest(grammar),
        "start": numbers[table.start_states["start"]],
        "end": numbers[table.end_states["start"]],
        "rules": [_rule(rule) for rule in rules],
        "states": states,
    }


def digest(grammar: str) -> str:
    """What tells one version of the grammar from another."""
    return hashlib.sha256(grammar.encode()).hexdigest()


def _rule(rule: Any) -> tuple[int, str, str]:
    origin, size = str(rule.origin.name), len(rule.expansion)
    passes = size == 1 and rule.alias is None
    return size, "" if passes else str(rule.alias or origin), origin
