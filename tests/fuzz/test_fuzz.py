"""Texts put together at random: nothing but a ClosedformError may come out of a reader."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from closedform import toml
from tests.fuzz.fragments import FORMULAS, STRANGE
from tests.fuzz.reading import READERS, printed_again, read

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())

#: About five seconds for all of this file; --hypothesis-profile=search looks for longer.
BOUNDED = settings(max_examples=2 * settings().max_examples)


def _published() -> list[str]:
    found: list[str] = []
    for path in sorted((ROOT / "docs" / "claims").glob("*.toml")):
        claims = toml.loads(path.read_text(encoding="utf-8"))["claim"]
        found += [claim["text"] for claim in claims]
    return found


PUBLISHED = _published()
PIECES = st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=14).map("".join)
ODD = st.lists(st.sampled_from(FORMULAS + STRANGE), min_size=1, max_size=10).map(" ".join)
BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape"))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A published text with a few places changed."""
    text = draw(st.sampled_from(PUBLISHED))
    chance = random.Random(draw(st.integers(0, 10**6)))
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.randint(0, 4))
        piece = chance.choice([*FORMULAS, "", text[start:end] * 2])
        text = text[:start] + piece + text[end:]
    return text


@BOUNDED
@given(text=st.one_of(PIECES, ODD, BYTES, st.text(max_size=30), mutated()))
def test_a_text_is_read_or_refused(text: str) -> None:
    for name in READERS:
        note(f"reader: {name}")
        read(name, text)


@BOUNDED
@given(text=st.one_of(PIECES, mutated()))
def test_what_is_read_is_printed_and_read_again(text: str) -> None:
    printed = printed_again(text)
    if printed is not None:
        once, again = printed
        assert once == again


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", READERS)
def test_the_inputs_that_once_broke_a_reader(name: str, path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    read(name, text)
    once, again = printed_again(text) or ("", "")
    assert once == again


def test_a_reader_that_crashes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "parse", int)
    with pytest.raises(ValueError, match="invalid literal"):
        read("parse", "k")


def test_the_pieces_make_formulas_too() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(FORMULAS, k=3)) for _ in range(300)]
    assert 15 < sum(printed_again(text) is not None for text in texts) < 285
