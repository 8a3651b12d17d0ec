"""How long several works take, in turns: a machine that slows down does so for all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Any


def least(
    works: Sequence[Callable[[], Any]],
    bound: Callable[..., bool] = lambda *_: True,
    *,
    rounds: tuple[int, int],
    before: Callable[[], Any] = lambda: None,
) -> list[float]:
    """The shortest time of each, in seconds of this process: what else runs only adds to it.

    There are at least and at most so many ``rounds``, and no more than it takes until the times
    are within the ``bound``. ``before`` is done before each work.
    """
    seconds = [float("inf")] * len(works)
    fewest, most = rounds
    gc.disable()  # as timeit does
    gc.freeze()  # and what ``before`` collects is what the works have left
    try:
        for turn in range(most):
            for place, work in enumerate(works):
                before()
                start = time.process_time()
                work()
                seconds[place] = min(seconds[place], time.process_time() - start)
            if turn + 1 >= fewest and bound(*seconds):
                break
    finally:
        gc.unfreeze()
        gc.enable()
    return seconds
