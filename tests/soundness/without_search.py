"""Proofs by themselves: without the search that hides a wrong one behind a counterexample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from closedform.algebra import thorough
from closedform.algebra.proofs import prover
from closedform.algebra.search.witness import Search


@contextmanager
def without_search() -> Iterator[None]:
    """Decisions that look for no counterexample, and ask no solver."""

    def nothing(*_: object, **__: object) -> Search:
        return Search(None, complete=False, tried=0)

    searches = patch.multiple(thorough, search=nothing, search_few_terms=nothing)
    with searches, patch.object(prover, "available", lambda: False):
        yield
