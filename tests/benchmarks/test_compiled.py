"""Compiled formulas against the same written by hand, as ratios within one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

import closedform as cf

#: At most so many times the time of plain Python, and at least so many times the speed of NumPy.
TIMES_PYTHON, TIMES_NUMPY = 1.2, 0.9


def resnet152(R: Any) -> Any:
    a, b, c, d, e = -(-R // 2), -(-R // 4), -(-R // 8), -(-R // 16), -(-R // 32)
    conv = 9408 * a**2 + 245760 * b**2 + 2424832 * c**2 + 40894464 * d**2 + 14417920 * e**2
    return conv + 2048000


def llama(L: int, n: int, d: int, f: int, V: int) -> int:
    return L * n * (4 * d**2 + 3 * d * f) + 2 * d * L * n**2 + d * n * V


def ratio(work: Callable[[], Any], other: Callable[[], Any], rounds: int, times: int) -> float:
    """The time of one over that of the other, the best of many turns each, taken in turns."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, one in enumerate((work, other)):
            start = time.process_time()
            for _ in range(times):
                one()
            best[place] = min(best[place], time.process_time() - start)
    return best[0] / best[1]


def test_a_number_takes_as_long_as_plain_python() -> None:
    macs = cf.compile("macs(resnet152(R))")
    assert macs(225) == resnet152(225)
    faster = ratio(lambda: macs(225), lambda: resnet152(225), 200, 1000)
    print(f"{faster:.2f} times plain Python")
    assert faster <= TIMES_PYTHON


def test_several_sizes_take_as_long_as_plain_python() -> None:
    macs = cf.compile("macs(llama)")
    sizes = {"L": 32, "n": 4096, "d": 4096, "f": 11008, "V": 32000}
    given = [sizes[name] for name in macs.sizes]
    assert macs(*given) == llama(**sizes)
    faster = ratio(lambda: macs(*given), lambda: llama(32, 4096, 4096, 11008, 32000), 200, 1000)
    print(f"{faster:.2f} times plain Python")
    assert faster <= TIMES_PYTHON


@pytest.mark.parametrize("length", [1_000, 100_000])
def test_an_array_takes_as_long_as_numpy(length: int) -> None:
    np = pytest.importorskip("numpy")
    macs, sides = cf.compile("macs(resnet152(R))"), np.arange(1, length + 1)
    assert (macs(sides) == resnet152(sides)).all()
    turns = 100_000 // length
    found = 1 / ratio(lambda: macs(sides), lambda: resnet152(sides), 60, turns)
    print(f"{found:.2f} times as fast as NumPy by hand")
    assert found >= TIMES_NUMPY


def test_a_new_size_is_a_thousand_times_faster_than_the_network() -> None:
    macs = cf.compile("macs(resnet152(R))")
    sizes = iter(range(1, 10**6))
    again = ratio(lambda: cf.resnet152(R=next(sizes)).macs, lambda: macs(320), 3, 20)
    print(f"{again:.0f} times faster than building it anew")
    assert again >= 1000
