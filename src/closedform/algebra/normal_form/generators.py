"""Which generators polynomials hold."""

from __future__ import annotations

from itertools import chain, zip_longest

from closedform.algebra.normal_form.polynomials import Polynomial


def places_in(*polys: Polynomial) -> list[int]:
    """The places of the generators that polynomials of one field hold, in order.

    >>> from closedform.algebra.normal_form.polynomials import ring_of
    >>> x, y = map(ring_of(3).gen, (0, 2))
    >>> places_in(x * y + 1, y)
    [0, 2]
    """
    columns = zip_longest(*chain(*polys), fillvalue=0)  # the ring may have grown between two
    return [place for place, exponents in enumerate(columns) if any(exponents)]
