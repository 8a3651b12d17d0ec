"""Settings of all tests: Hypothesis tries the same examples in every run.

SymPy is loaded here, so that no test that looks at a clock pays for it.
"""

from __future__ import annotations

import os

import pytest
import sympy  # noqa: F401
from hypothesis import settings

# Outputs are as wide as they are, but where a test says how wide the terminal is.
os.environ.pop("COLUMNS", None)

settings.register_profile("same", derandomize=True, deadline=None, max_examples=60)
# New examples each time: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", metavar="K/N", help="the K-th of N parts of the tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the other parts out: tests that take long are run part by part, commit after commit."""
    if not config.getoption("part"):
        return
    own, parts = map(int, config.getoption("part").split("/"))
    part = items[own % parts :: parts]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(part)])
    items[:] = part
