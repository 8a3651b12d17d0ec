"""What is known of the values of a symbol or an atom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What is known of a generator's values.

    ``integer``: all are integers. ``nonnegative``: none is below 0. ``least``: none is below this
    integer (0 where nothing better is known, or where the generator may be negative). ``above``:
    none is ``least`` itself.
    """

    integer: bool = True
    nonnegative: bool = True
    least: int = 0
    above: bool = False


#: What is known of a symbol without a condition: it is a positive integer.
SIZE = Known(least=1)
