"""Whether somebody would read a sentence: how long it is once it is printed."""

from __future__ import annotations

from closedform.algebra.tree import Number, Symbol, walk
from closedform.typeset.prose import AsWritten, Code, Part, Sign, in_text

#: Characters that somebody reads.
READABLE = 400
#: What a node of a tree adds to its leaves at most: a sign with its spaces, and brackets.
_AROUND = 10
#: Binary digits, of which each decimal digit takes more.
_BITS = 3


def is_readable(*said: Part) -> bool:
    """Whether a sentence is short enough; of most that is seen without printing them.

    A longer formula or sentence is left out of what is told.

    >>> is_readable("the factor ", Symbol("M")), is_readable("M" * 500)
    (True, False)
    """
    return sum(map(_at_most, said)) <= READABLE or len(in_text(said)) <= READABLE


def _at_most(part: Part) -> int:
    """More characters than a part is printed in."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, Sign):
        return len(part.text)
    if isinstance(part, Code):
        return len(part.written)
    length = 0
    for node in walk(part.tree if isinstance(part, AsWritten) else part):
        length += _AROUND
        if isinstance(node, Symbol):
            length += len(node.name)
        elif isinstance(node, Number):
            above, below = node.value.as_integer_ratio()
            length += (above.bit_length() + below.bit_length()) // _BITS
        if length > READABLE:
            break
    return length
