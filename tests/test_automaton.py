"""The tables beside the grammar are those that Lark makes of it."""

from __future__ import annotations

from importlib.resources import files

from closedform.language.automaton import Automaton, automaton, compiled, digest

GRAMMAR = files("closedform.language").joinpath("grammar.lark").read_text(encoding="utf-8")
SENTENCES = (
    "NAME",
    "NUMBER NAME PLUS LPAR NAME MINUS NUMBER RPAR",
    "FRACTION LPAR NAME RPAR LPAR NUMBER NAME RPAR",
    "QUANTITY LPAR LAYER LPAR KEY EQUALS NUMBER COMMA FLAG RPAR PLUS LAYER RPAR",
    "FUNCTION LPAR NAME COMMA NAME COMMA NAME RPAR POWER NUMBER",
)


def derivation(tables: Automaton, kinds: list[str]) -> list[tuple[int, str, str]]:
    """The reductions by which a sentence is read."""
    states, steps = [tables.start], []
    for kind in [*kinds, "$END"]:
        while True:
            size, what, rule = tables.actions[states[-1]][kind]
            if not size:
                states.append(what)
                break
            steps.append((size, what, rule))
            del states[-size:]
            states.append(tables.actions[states[-1]][rule][1])
            if kind == "$END" and states[-1] == tables.end:
                return steps
    return steps


def test_the_tables_are_those_of_the_grammar() -> None:
    text = files("closedform.language").joinpath("grammar.json").read_text(encoding="utf-8")
    assert digest(GRAMMAR) in text, "run python -m tests.tools.compile_grammar"


def test_fresh_tables_read_sentences_in_the_same_way() -> None:
    kept = automaton()
    fresh_data = compiled(GRAMMAR)
    rules = [tuple(rule) for rule in fresh_data["rules"]]
    fresh = Automaton(
        [
            {name: rules[-1 - to] if to < 0 else (0, to, "") for name, to in state.items()}
            for state in fresh_data["states"]
        ],
        fresh_data["start"],
        fresh_data["end"],
    )
    for sentence in SENTENCES:
        kinds = sentence.split()
        steps = derivation(kept, kinds)
        assert steps
        assert steps == derivation(fresh, kinds)


def test_another_grammar_has_another_digest() -> None:
    assert digest(GRAMMAR) != digest(GRAMMAR + "\n")
