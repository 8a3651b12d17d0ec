"""Texts made to be slow: within the bounds of the language each is answered in half a second."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from closedform.language.scanning.state import LENGTH
from closedform.reading import parse
from tests.fuzz.reading import READERS, read

#: Repeated up to the longest text.
REPEATED = [
    "(", ")", "{", "}", "(a", "a)", "()", "\\left(", "\\frac", "\\frac{", "\\frac12", "\\sqrt{",
    "\\sqrt[", "\\sqrt[3]", "_", "^", "a_", "a^", "a_{", "a^{", "a^b^", "-", "--", "a-", "a+", "a*",
    "a/", "//", "=", "a=", "a=b,", "<", "~", ".", "...", ";", "a,", "1,", "1,111,", "1,1111", "1",
    "12 ", "1.1.", "1e9e", "x", "ax", "3x", "x1", "ab ", "abcd ", "word(a) ", "(word) ",
    "a (word) ",
    "Para = ", "Para: ", "词", "a词", "（词）", "词=", "é", "\\", "\\\\", "\\a", "\\text{",
    "\\text{a b}",
    "\\mathrm\\text", "\\hat{", "\\underbrace{a}_", "\\boxed{", "\\stackrel{a}{", "\\begin{align}",
    "\\sum_{i=1}^", "\\sum_{i=1}^{L}", "sum(i=1..", "sum_(", "\\log_2", "log ", "log_2 ", "log2(",
    "min(a,", "⌊", "⌈a", "√", "|", "a|", ":", "!", "'", "²", "aₐ", "½", "%", "1%", "&", "&a;",
    "<sub>", "<sup>", "$", "#", "@", "\x00", "\ud800", "\u202e", "\u200b", "\u0301",
    "a\u0302", "😀",
    "اب", "٣", "𝑘", "\n", "a\n", "where ", "where a=b,", "a if b = ", "and ", "params(", "conv+",
    "conv(", "conv(k=3,", "O(a", "n_{l-", "a_1", "alpha", "αβ", "a[0]", "^{(l)}", "a'^", "a^2_",
    "{\\rm ", "{}", "{\\times}", "a\\_b", "K-K", "1 MFLOPs ", "569M = ",
]  # fmt: skip

#: Deep nests: (before, inside, after).
NESTED = [
    ("(", "a", ")"), ("{", "a", "}"), ("\\frac{", "a", "}{b}"), ("\\sqrt{", "a", "}"),
    ("⌊", "a", "⌋"), ("floor(", "a", ")"), ("a^{", "a", "}"), ("a^(", "a", ")"), ("a_{", "a", "}"),
    ("\\sum_{i=1}^{", "a", "}n"), ("sum(i=1..n,", "a", ")"), ("\\boxed{", "a", "}"),
    ("\\text{", "a", "}"), ("\\underbrace{", "a", "}_{b}"), ("-(", "a", ")"), ("a/", "a", ""),
    ("a*-", "a", ""), ("√", "a", ""), ("a^-", "a", ""), ("log ", "a", ""),
]  # fmt: skip

#: Seconds of processor time; the machine that counts them may be a slow one.
QUICK = 0.5


def _timed(name: str, text: str) -> float:
    start = time.process_time()
    read(name, text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", REPEATED, ids=ascii)
def test_a_long_text_is_quick(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    for name in ("claim", "quoted", "where"):
        assert _timed(name, text) < QUICK, name


@pytest.mark.parametrize(("before", "inside", "after"), NESTED)
@pytest.mark.parametrize("depth", [59, 61, 1500])
def test_a_deep_text_is_quick(depth: int, before: str, inside: str, after: str) -> None:
    text = (before * depth + inside + after * depth)[:LENGTH]
    for name in ("parse", "quoted"):
        assert _timed(name, text) < QUICK, name


@pytest.mark.parametrize("name", READERS)
def test_a_text_past_the_bound_is_refused_at_once(name: str) -> None:
    assert _timed(name, "k" + "+k" * LENGTH * 10) < QUICK


@pytest.mark.parametrize("unit", ["a+", "\\frac12", "k^2 M ", "word ", "词", "{", "½", "1,111,"])
def test_a_long_text_needs_little_memory(unit: str) -> None:
    tracemalloc.start()
    try:
        read("quoted", (unit * LENGTH)[:LENGTH])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100e6


@pytest.mark.parametrize(
    "unit", ["a+", "k^2 M N + ", r"\frac{a}{b}+", "3*x_1+", "(a+b)c+", "2a(b)+"]
)
def test_reading_grows_with_the_length(unit: str) -> None:
    """Four times the text, less than eight times the time: sixteen times would be a square."""
    short, long = (unit * (length // len(unit)) + "k" for length in (1_500, 6_000))
    parse(short)
    times = {text: min(_measured(text) for _ in range(5)) for text in (short, long)}
    assert times[long] < 8 * times[short]


def _measured(text: str) -> float:
    start = time.process_time()
    parse(text)
    return time.process_time() - start
