"""Claims about sequences that conditions define step by step; truth is the sequence worked out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from closedform import verify
from closedform.errors import ClosedformError
from tests.read_formula import formula
from tests.soundness.values import Value, value

#: How a term follows from n, the one before it, and what it may be said to be at the place i.
STEPS = (
    "{a} n", "n + {d}", "{a} n + {d}", "n + {d} i", "n + i^2 + {d}", "{a} (n + {d})", "n^2 + {d}",
    "i n", "{a} n + {d} i",
)  # fmt: skip
CLOSED = (
    "{c} * {a}^i", "{c} + {d} i", "{c} * {a}^i + {d} ({a}^i - 1)/({a} - 1)",
    "{c} + {d} i (i + 1)/2", "{c} + i (i + 1)(2 i + 1)/6 + {d} i", "({c} + {a}) {a}^(i - 1)",
    "{c} i + {d}",
)  # fmt: skip
#: At so many places two of these are compared: they agree at all places or differ by then.
PLACES = 7


@dataclass(frozen=True)
class Said:
    """What is said of a sequence, and whether it is true."""

    text: str
    true: bool


def sequences(seed: int, count: int) -> Iterator[Said]:
    """So many claims, the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        numbers = {"a": rng.randint(2, 4), "d": rng.randint(1, 5), "c": rng.randint(1, 4)}
        number = rng.randrange(len(STEPS))
        rule = STEPS[number].format(**numbers)
        likely = rng.random() < 0.6 and number < len(CLOSED)
        closed = (CLOSED[number] if likely else rng.choice(CLOSED)).format(**numbers)
        terms: list[Value] = [numbers["c"]]
        for place in range(1, PLACES + 1):
            terms.append(value(formula(rule), {"n": terms[-1], "i": place}))
        right = terms[1:] == [value(formula(closed), {"i": i + 1}) for i in range(PLACES)]
        yield _said(rng, closed, _given(rng, STEPS[number], numbers), terms, right=right)


def _given(rng: random.Random, rule: str, numbers: dict[str, int]) -> str:
    """The rule and the first term as conditions; a number may be that of another sequence."""
    given = [f"n_0 = {numbers['c']}"]
    names: dict[str, object] = {**numbers}
    if rng.random() < 0.4:
        number = rng.choice("ad")
        names[number] = rng.choice(("s_i", "s_{i-1}", "s_{i+1}"))
        given.append(f"s_i = {numbers[number]}")
    counts = "i" in rule
    rule = rule.format(**names)
    if counts or rng.random() < 0.7:
        given.append("n_i = " + rule.replace("n", "n_{i-1}"))
    else:
        given.append("n_{i+1} = " + rule.replace("n", "n_i"))
    rng.shuffle(given)
    return ", ".join(given)


def _said(rng: random.Random, closed: str, given: str, terms: list[Value], *, right: bool) -> Said:
    match rng.randrange(4):
        case 0:
            place = rng.randint(1, PLACES - 2)
            shown = terms[place] + rng.choice((0, 0, 1))
            return Said(f"n_{place} = {shown} where {given}", terms[place] == shown)
        case 1:
            text = f"n_i = {closed}"
        case 2:
            text = f"n_L = {closed.replace('i', 'L')}"
        case _:
            body = closed.replace("i", "j")
            text = f"sum(j=1..L, n_j) = sum(j=1..L, {body})"
    return Said(f"{text} where {given}", right)


def judged(said: Said) -> str:
    """The verdict on what is said.

    Raises:
        AssertionError: a false proof or a false refutation.
    """
    try:
        verdict = verify(said.text).verdict
    except ClosedformError:
        return "error"
    assert verdict != "proven" or said.true, ("false proof", said)
    assert verdict != "refuted" or not said.true, ("false refutation", said)
    return verdict
