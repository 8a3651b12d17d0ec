"""A claim from text to verdict: against SymPy's simplify, by its length, and by the thousand."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import log
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from closedform import verify
from closedform.documents.checking import Tally, check_file
from closedform.errors import ParseError
from closedform.reading import read_claim
from tests.benchmarks.identities import IDENTITIES, measured
from tests.benchmarks.turns import least
from tests.test_claims_data import CLAIMS, load

#: How many times faster than simplify a claim has to be, in the median.
TIMES_FASTER = 85


def test_a_claim_is_faster_than_simplify(benchmark: BenchmarkFixture) -> None:
    ours, theirs = measured()
    benchmark(lambda: [verify(text) for text in IDENTITIES])
    ratio = median(theirs) / median(ours)
    benchmark.extra_info["times faster in the median"] = round(ratio)
    benchmark.extra_info["ms of a verdict, median"] = round(median(ours) * 1e3, 3)
    benchmark.extra_info["ms of simplify, median"] = round(median(theirs) * 1e3, 1)
    each = sorted(their / our for our, their in zip(ours, theirs, strict=True))
    benchmark.extra_info["times faster, least and most"] = [round(each[0]), round(each[-1])]
    print(benchmark.extra_info)
    assert len(IDENTITIES) >= 15
    assert ratio >= TIMES_FASTER


#: How many times as long as a proven claim in the median a refuted one may take, and the longest.
TIMES_REFUTED, TIMES_LONGEST = 5, 45


def test_a_refuted_claim_takes_a_few_times_a_proven_one() -> None:
    works: dict[str, list[Callable[[], Any]]] = {"proven": [], "refuted": [], "undecided": []}
    for path in sorted(CLAIMS.glob("*.toml")):
        for claim in load(path)["claim"]:
            given = {"target": claim.get("is"), "where": claim.get("where")}
            read = partial(verify, claim["text"], names=claim.get("names"), **given)
            works[read().verdict].append(read)
    count = len(works["proven"])

    def compared(*seconds: float) -> tuple[float, float]:
        proven, refuted = median(seconds[:count]), seconds[count:]
        return median(refuted) / proven, max(refuted) / proven

    def within(*seconds: float) -> bool:
        times, longest = compared(*seconds)
        return times <= TIMES_REFUTED and longest <= TIMES_LONGEST

    # Each several times in a row, as somebody asks who changes a formula.
    every = [*works["proven"], *works["refuted"]]
    seconds = [float("inf")] * len(every)
    for _ in range(4):
        seconds = [
            min(known, *least([read], rounds=(7, 7)))
            for known, read in zip(seconds, every, strict=True)
        ]
        if within(*seconds):
            break
    print("{:.2f} and {:.1f} times a proven one".format(*compared(*seconds)))
    assert within(*seconds)


@pytest.mark.parametrize("factor", [16, 64])
def test_the_time_grows_no_faster_than_the_length(benchmark: BenchmarkFixture, factor: int) -> None:
    short, long = _long_claim(4), _long_claim(4 * factor)
    length = len(long) / len(short)
    works = [partial(verify, short), partial(verify, long)]
    unit, taken = least(works, lambda unit, taken: taken < length * unit, rounds=(5, 20))
    benchmark(verify, long)
    benchmark.extra_info["times the length"] = round(length, 1)
    benchmark.extra_info["times the time"] = round(taken / unit, 1)
    print(benchmark.extra_info)
    assert taken < length * unit


#: Texts of so many parts, each of a kind that was once read again for every part.
LONG: dict[str, Callable[[int], str]] = {
    "letters": lambda n: " + ".join(f"{i + 1}ab" for i in range(n)) + " = 1",
    "words": lambda n: " + ".join(f"{i + 1}abc{'defgh'[i % 5]}" for i in range(n)) + " = abcdefgh",
    "factors": lambda n: " ".join("k" * n) + " = k",
    "units": lambda n: "5 " + " ".join(["abc"] * n) + " = 5",
    "layers": lambda n: "params(" + " + ".join(["conv"] * n) + ") = k",
    "quantities": lambda n: " + ".join(["params(conv)"] * n) + " = k",
    "sums": lambda n: " + ".join([r"\sum_{i=1}^{L} n_i"] * n) + " = 1",
    "rounded numbers": lambda n: " + ".join(f"{i}.5M k" for i in range(n)) + " = 1",
    "glosses": lambda n: "k = k where " + ", ".join(f"c_{i} is the size of k" for i in range(n)),
    "unknown words": lambda n: " + ".join(["5 foo k"] * n) + " = 1",
}

#: Claims of so many parts, each of a kind that once took much longer to prove for twice the parts.
PROVEN: dict[str, Callable[[int], str]] = {
    "roots": lambda n: _both_ways("sqrt(a_{0})".format, n, " + "),
    "floors": lambda n: _both_ways("floor(a_{0}/2)".format, n, " + "),
    "quotients": lambda n: _both_ways("1/a_{0}".format, n, " + "),
    "maxima": lambda n: _called("max", _both_ways("a_{0}".format, n, ", ")),
    "minima": lambda n: _called("min", _both_ways("a_{0}".format, n, ", ")),
    "products": lambda n: _both_ways("(a_{0} + 1)".format, n, " "),
    "larger products": lambda n: " > ".join(
        " ".join(form.format(i) for i in range(n)) for form in ("(a_{0} + 1)", "a_{0}")
    ),
}


def _called(function: str, equation: str) -> str:
    return " = ".join(f"{function}({side})" for side in equation.split(" = "))


def _both_ways(part: Callable[[int], str], count: int, sign: str) -> str:
    """Parts put together, and the same in reverse."""
    parts = [part(10 + i) for i in range(count)]
    return f"{sign.join(parts)} = {sign.join(reversed(parts))}"


@pytest.mark.parametrize("kind", PROVEN)
def test_a_proof_is_linear(kind: str) -> None:
    short, long = (partial(verify, PROVEN[kind](n)) for n in (8, 32))
    assert short().verdict == long().verdict == "proven"
    assert _grows(short, long, 1.2) < 1.2


@pytest.mark.parametrize("kind", LONG)
def test_reading_is_linear(kind: str) -> None:
    short, long = (partial(_read, LONG[kind](n)) for n in (100, 400))
    assert _grows(short, long, 1.1) < 1.1


def _grows(short: Callable[[], Any], long: Callable[[], Any], exponent: float) -> float:
    """The exponent with which the time grows for four times the length; measured till it is met."""

    def grown(short_time: float, long_time: float) -> float:
        return log(long_time / short_time, 4)

    times = least([short, long], lambda *both: grown(*both) < exponent, rounds=(4, 30))
    return grown(*times)


def _read(text: str) -> None:
    with suppress(ParseError):
        read_claim(text)


def test_a_file_of_10_000_claims(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    parts = ['title = "many"', 'source = "made for this test"']
    for i in range(10_000):
        wrong = i % 100 == 99
        right = f"{i + 1 + wrong}*k*k*M*N + N"
        parts += ["[[claim]]", f'text = "{i + 1} k^2 M N + N = {right}"']
        parts += ['expect = "refuted"'] if wrong else []
    path.write_text("\n".join(parts), encoding="utf-8")
    single = _best(lambda: verify("3 k^2 M N + N = 3*k*k*M*N + N"), 9)
    start = time.process_time()
    claims = benchmark.pedantic(check_file, (path,), rounds=1)
    taken = time.process_time() - start
    benchmark.extra_info["claims a second"] = round(10_000 / taken)
    benchmark.extra_info["times a single claim"] = round(taken / single)
    print(benchmark.extra_info)
    counts = Tally(claims).counts
    assert (counts["proven"], counts["refuted"], counts["unexpected"]) == (9_900, 100, 0)
    assert taken < 2 * 10_000 * single


def _long_claim(terms: int) -> str:
    """A sum of so many terms against the same in reverse."""
    parts = [f"{i + 1}k^2 M_{i} N" for i in range(terms)]
    return " + ".join(parts) + " = " + " + ".join(reversed(parts))


def _best(work: Callable[[], Any], times: int) -> float:
    """The shortest of some runs."""
    return least([work], rounds=(times, times))[0]
