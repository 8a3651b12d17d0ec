"""A layer executed from the operations it declares: for layers without an execution of their own.

It says whether the table of kinds counts what the textbook algorithm of each kind does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from closedform.algebra.exact import value
from closedform.algebra.tree import Tree
from closedform.cost.call import Term
from closedform.cost.operations import Operation
from tests.oracle import number
from tests.oracle.activations import FUNCTIONS, leaky_relu, log_softmax, softmax_of
from tests.oracle.kan import spline_step
from tests.oracle.linear_time import of_length_1
from tests.oracle.norms import normalized, responded, rms_normed
from tests.oracle.number import COUNTS, Number
from tests.oracle.tensors import (
    Row,
    contract,
    data,
    greatest,
    learned,
    mean,
    start,
    total,
)

TWO = Number(2)


class Uneven(Exception):
    """Windows that are shorter at an edge are declared by their mean; they are not executed so."""


#: One output, of one element.
ONE_BY_ONE: dict[str, Callable[[Number], Any]] = {
    **{function.__name__: function for function in FUNCTIONS},
    **dict.fromkeys(("bias", "add"), lambda x: x + TWO),
    **dict.fromkeys(("scale", "rescale", "product"), lambda x: x * TWO),
    "divide": lambda x: x / TWO,
    "batch_norm": lambda x: x * TWO + TWO,
    "rotate": lambda x: x * 0.6 - x * 0.8,
    "exp": number.exp,
    "log": lambda x: number.log(Number(abs(x.value))),
    "erf": number.erf,
    "sine": number.sine,
    "root": lambda x: number.sqrt(Number(abs(x.value))),
    "power": lambda x: Number(abs(x.value)) ** 0.75,
    "compare": lambda x: x < 0,
    "prelu": leaky_relu,
    "spline_step": lambda x: spline_step(x, TWO, TWO, (0, 1, 2, 3)),
    "gather": lambda x: x,
}
#: One output, of what it is taken over.
OVER: dict[str, Callable[[Row], Any]] = {
    "contract": lambda row: contract(row, row),
    "sum": total,
    "mean": mean,
    "maximum": greatest,
    "interpolate": lambda row: total(x * 0.5 for x in row),
    "local_response": lambda row: responded(row[0], [row[0] * row[0], *row[1:]]),
}
#: All outputs that share one mean or maximum.
ROW_BY_ROW: dict[str, Callable[[Row], Any]] = {
    "softmax": softmax_of,
    "log_softmax": lambda row: log_softmax([row]),
    "norm": lambda row: [x * TWO + TWO for x in normalized(row)],
    "scaled_norm": lambda row: [x * TWO for x in normalized(row)],
    "plain_norm": normalized,
    "rms_norm": lambda row: rms_normed(row, row),
    "plain_rms_norm": lambda row: rms_normed(row, []),
    "l2_norm": of_length_1,
}


def declared_counts(terms: Iterable[Term]) -> Counter[str]:
    """What the operations of layers and of their parts count, executed one after the other.

    Raises:
        Uneven: an operation whose windows are not all of one length.
    """
    found: Counter[str] = Counter()
    for term in terms:
        start(term.call.layer)
        for operation in term.call.operations:
            walk(operation)
        own = Counter(COUNTS)
        own += declared_counts(term.call.parts or ())
        for name, count in own.items():
            found[name] += whole(term.times(name if name == "params" else "flops")) * count
    return found


def walk(operation: Operation) -> None:
    """The scalar operations of one operation."""
    for shape in operation.weights:
        learned(*map(whole, shape))
    outputs, kind = whole(operation.output), operation.kind
    if kind in ONE_BY_ONE:
        for _ in range(outputs):
            ONE_BY_ONE[kind](data())
    elif kind in OVER:
        length = whole(operation.products / operation.output)
        for _ in range(outputs):
            OVER[kind](data(length))
    else:
        length = whole(operation.output / operation.rows)
        for _ in range(whole(operation.rows)):
            ROW_BY_ROW[kind](data(length))


def whole(tree: Tree) -> int:
    """The value of an extent.

    Raises:
        Uneven: a fraction.
    """
    found = Fraction(value(tree, {}))
    if found.denominator != 1:
        raise Uneven
    return int(found)
