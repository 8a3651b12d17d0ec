"""The laws of the algebra, one test each; the laws and their tables are beside this file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import laws_algebra, laws_decide


@pytest.mark.parametrize(
    "law", [*laws_algebra.LAWS, *laws_decide.LAWS], ids=lambda law: str(law.__name__)
)
def test_algebra(law: Callable[[], None]) -> None:
    law()
