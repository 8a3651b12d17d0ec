"""Whether somebody would read a sentence: how long it is once it is printed."""

from __future__ import annotations

from closedform.typeset.prose import Part, in_text

#: Characters that somebody reads.
READABLE = 400


def is_readable(*said: Part) -> bool:
    """Whether a sentence is short enough; a longer one is left out of what is told.

    >>> from closedform.algebra.tree import Symbol
    >>> is_readable("the factor ", Symbol("M")), is_readable("M" * 500)
    (True, False)
    """
    return len(in_text(said)) <= READABLE
