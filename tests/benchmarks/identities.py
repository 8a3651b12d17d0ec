"""How long the published identities take, here and by SymPy: a process for each order of a hash.

SymPy goes through sets of terms, in an order that is another one in each process: its time for one
identity may be half as long again. So it is measured in several processes, each with a hash of its
own that is the same in every run.

    python -m tests.benchmarks.identities    # one of them: pairs of seconds, as JSON
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from statistics import median
from typing import Any, NamedTuple

from sympy.core.cache import clear_cache

from closedform import verify
from closedform.algebra.assumptions import Assumptions
from closedform.algebra.search.written_out import written_out
from closedform.reading import read_claim
from tests.benchmarks.simplification import names, python_text, simplifies_to_zero
from tests.benchmarks.turns import least
from tests.test_claims_data import CLAIMS, load

#: The published identities: whole claims of one step without conditions, proven.
IDENTITIES: list[str] = [
    claim["text"]
    for claim in load(CLAIMS / "published.toml")["claim"]
    if not claim.keys() & {"is", "where", "names"} and claim.get("expect", "proven") == "proven"
    if read_claim(claim["text"]).relations == ("=",)
]
SEEDS = range(3)


class Seconds(NamedTuple):
    """How long a verdict takes for each identity, and how long SymPy's simplify."""

    ours: list[float]
    theirs: list[float]


def measured() -> Seconds:
    """The median of several processes, for each identity."""
    runs: list[list[tuple[float, float]]] = []
    for seed in SEEDS:
        command = [sys.executable, "-m", "tests.benchmarks.identities"]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        runs.append(json.loads(run.stdout))
    each = [tuple(map(median, zip(*pairs, strict=True))) for pairs in zip(*runs, strict=True)]
    return Seconds(*map(list, zip(*each, strict=True)))


def _pair(text: str) -> tuple[float, float]:
    """The shortest times of one identity in this process."""
    written = tuple(member.tree for member in read_claim(text).members)
    (left, right), _ = written_out(written, Assumptions())
    sides = (python_text(left), python_text(right), (names(left), names(right)))
    verify(text)
    simplifies_to_zero(*sides)
    # Each twice, in turns: a moment in which the machine is slow is one of both.
    turns = [
        (_best(partial(verify, text), 25), _best(partial(_without_cache, sides), 2))
        for _ in range(2)
    ]
    ours, theirs = map(min, zip(*turns, strict=True))
    return ours, theirs


def _best(work: Any, times: int) -> float:
    return least([work], rounds=(times, times))[0]


def _without_cache(sides: tuple[Any, ...]) -> bool:
    clear_cache()
    return simplifies_to_zero(*sides)


if __name__ == "__main__":
    print(json.dumps([_pair(text) for text in IDENTITIES]))
