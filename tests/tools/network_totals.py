"""Totals of whole networks at several sizes, as the catalogue counts them, in a file of the tests.

    python -m tests.tools.network_totals

A total that changed is a change that users see: read the diff before you commit it. That totals are
the published ones is held by ``test_networks.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from closedform.catalogue import LAYERS
from closedform.errors import ClosedformError
from closedform.reading import parse_layers

FILE = Path(__file__).parents[1] / "data" / "network_totals.csv"
#: What is counted of each, and how the catalogue is asked for it.
COUNTED = ("params", "macs", "flops", "activations", "cmp", "activation_memory")
#: Sizes of networks that have no number of their own.
SMALL = {"L": 3, "d": 24, "h": 6, "h_kv": 2, "f": 40, "V": 97, "T": 31, "n": 19, "w": 8, "R": 32}
SMALL |= {"k": 4, "K": 10, "E": 4, "a": 2, "d_h": 5, "m": 9, "P": 11}
SMALL |= {"d_c": 7, "d_q": 8, "d_r": 4, "L_d": 2, "f_d": 50, "E_s": 3}
#: Other sizes of networks that have a number: an odd side, widths, groups.
OTHERS = {"R": ("161",), "alpha": ("0.5", "2", "1.4, divisible"), "g": ("1", "2", "4", "8")}


def calls() -> Iterator[str]:
    """Each network as it is, with each of its flags, and at other sizes."""
    for name, one in LAYERS.items():
        if one.is_network:
            free = [f"{size}={SMALL[size]}" for size in one.free]
            yield _call(name, free)
            for flag in one.flags:
                yield _call(name, [*free, flag])
            for size in one.dims:
                for other in OTHERS.get(size, ()) if size not in one.free else ():
                    if set(other.split(", ")[1:]) <= set(one.flags):
                        yield _call(name, [*free, f"{size}={other}"])


def _call(name: str, arguments: list[str]) -> str:
    return f"{name}({', '.join(arguments)})" if arguments else name


def counted(call: str) -> tuple[str, ...]:
    """The numbers of a network, in the order of the columns."""
    layers = parse_layers(call)
    found = (
        layers.params,
        layers.macs,
        layers.flops(),
        layers.activations,
        layers.quantity("operations", kind="cmp"),
        layers.quantity("activation_memory"),
    )
    return tuple(map(str, found))


def _row(call: str) -> tuple[str, ...]:
    try:
        return call, *counted(call)
    except ClosedformError as error:
        print(f"{call}: {error.problem}")
        return ()


def main() -> None:
    """Write the file anew; a size that a network cannot have is told and left out."""
    rows = [("network", *COUNTED), *filter(None, map(_row, calls()))]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="|", lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
