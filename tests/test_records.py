"""Records: compared, hashed and printed by the fields that say so."""

from __future__ import annotations

import copy
import pickle

import pytest

from closedform.records import field, record, replace, slotted


@record
class Point:
    x: int
    table: dict[str, int] = field(default_factory=dict, hash=False)
    note: str = field(default="", compare=False, repr=False)


@slotted
class Pair:
    one: int
    two: int = 0


@record
class Other:
    x: int

    def __repr__(self) -> str:
        return "its own"


def test_fields_say_whether_they_are_compared_hashed_and_printed() -> None:
    assert Point(1, note="a") == Point(1, note="b") != Point(1, {"a": 1})
    assert hash(Point(1)) == hash(Point(1, {"a": 1})) != hash(Point(2))
    assert repr(Point(1, note="a")).endswith("Point(x=1, table={})")


@record
class Hidden:
    _said: str
    _kept: int

    @property
    def said(self) -> str:
        return self._said.upper()


def test_what_is_private_is_printed_in_its_public_form() -> None:
    assert repr(Hidden("a", 1)) == "Hidden(said='A')"
    assert Hidden("a", 1) != Hidden("a", 2)


def test_another_class_of_equal_values_is_another_value() -> None:
    assert Pair(1) != Point(1) and Point(1) != 1  # noqa: PT018 (one thought)
    assert {Pair(1): "a"}[Pair(1, 0)] == "a"


def test_what_a_class_says_itself_stays() -> None:
    assert repr(Other(1)) == "its own"


@pytest.mark.parametrize("one", [Point(1, {"a": 2}, "b"), Pair(3, 4)])
def test_records_are_copied_and_sent(one: object) -> None:
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 (our own)
    assert replace(one) == one  # type: ignore[type-var]
    assert not hasattr(Pair(1), "__dict__")
