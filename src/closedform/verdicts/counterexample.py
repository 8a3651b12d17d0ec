"""A counterexample as data: integers at which a claim fails."""

from __future__ import annotations

from typing import TypedDict


class Witness(TypedDict):
    """Integers at which a claim fails, and the values of both sides there."""

    values: dict[str, int | str]
    left: str
    right: str
