"""The laws of the algebra, one test each; the laws and their tables are beside this file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import laws_algebra, laws_tables

FILES = (laws_algebra, *laws_tables.FILES)


@pytest.mark.parametrize(
    "law", [law for laws in FILES for law in laws.LAWS], ids=lambda law: str(law.__name__)
)
def test_algebra(law: Callable[[], None]) -> None:
    law()
