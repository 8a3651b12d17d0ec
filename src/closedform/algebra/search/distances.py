"""The order in which small values are tried: all smallest ones, then by how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate


def by_distance(sizes: list[int | None], reach: int) -> Iterator[tuple[int, ...]]:
    """Tuples of steps by their sum, within the sizes."""
    for total in range(reach + 1):
        yield from _with_sum(total, sizes)


def _with_sum(total: int, sizes: list[int | None]) -> Iterator[tuple[int, ...]]:
    """In the order of a dictionary; without recursion, since there may be a thousand symbols."""
    most = [total if size is None else min(total, size - 1) for size in sizes]
    room = [*accumulate(reversed(most), initial=0)][::-1]  # of what stands from a place on
    if total > room[0] or -1 in most:
        return
    steps, place, left = [0] * len(sizes), 0, total
    while True:
        for later in range(place, len(sizes)):
            steps[later] = max(0, left - room[later + 1])
            left -= steps[later]
        yield tuple(steps)
        for place in range(len(sizes), 0, -1):
            if left and steps[place - 1] < most[place - 1]:
                break
            left += steps[place - 1]
        else:
            return
        steps[place - 1] += 1
        left -= 1
