"""Activations, element by element, and softmax; branches are all worked out, then chosen from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import pi
from typing import Any

from tests.oracle.number import Number, erf, exp, larger, log, smaller, tanh
from tests.oracle.running import executes
from tests.oracle.tensors import Row, Rows, data, delivers, each, greatest, learned, total

#: Klambauer et al., arXiv:1706.02515, eq. (14).
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
CELU_ALPHA = 2.0


def relu(x: Number) -> Number:
    """max(x, 0): Nair and Hinton 2010."""
    return larger(x, 0)


def relu6(x: Number) -> Number:
    """min(max(x, 0), 6): Sandler et al., arXiv:1801.04381, section 3."""
    return smaller(larger(x, 0), 6)


def leaky_relu(x: Number) -> Number:
    """x, or 0.01·x below 0: Maas et al. 2013, section 2."""
    return larger(0.01 * x, x)


def elu(x: Number) -> Number:
    """x, or α(e^x − 1) below 0: Clevert et al., arXiv:1511.07289, eq. (15)."""
    below = 1.0 * (exp(x) - 1)
    return below if x < 0 else x


def selu(x: Number) -> Number:
    """λx, or λα(e^x − 1) below 0: Klambauer et al., arXiv:1706.02515, eq. (2)."""
    below = SELU_ALPHA * (exp(x) - 1)
    return SELU_SCALE * (below if x < 0 else x)


def celu(x: Number) -> Number:
    """x, or α(e^(x/α) − 1) below 0: Barron, arXiv:1704.07483, eq. (2)."""
    below = CELU_ALPHA * (exp(x / CELU_ALPHA) - 1)
    return below if x < 0 else x


def sigmoid(x: Number) -> Number:
    """1/(1 + e^−x)."""
    return 1 / (1 + exp(-x))


def gelu(x: Number) -> Number:
    """x/2·(1 + erf(x/√2)): Hendrycks and Gimpel, arXiv:1606.08415, section 2."""
    return 0.5 * x * (1 + erf(x * 2**-0.5))


def gelu_tanh(x: Number) -> Number:
    """x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))): the same section."""
    return 0.5 * x * (1 + tanh((2 / pi) ** 0.5 * (x + 0.044715 * (x * x * x))))


def silu(x: Number) -> Number:
    """x·σ(x): Ramachandran et al., arXiv:1710.05941, section 3, at β = 1."""
    return x * sigmoid(x)


def hard_sigmoid(x: Number) -> Number:
    """ReLU6(x + 3)/6: Howard et al., arXiv:1905.02244, section 5.2."""
    return relu6(x + 3) / 6


def hard_swish(x: Number) -> Number:
    """x·ReLU6(x + 3)/6: the same section."""
    return x * relu6(x + 3) / 6


def softplus(x: Number) -> Number:
    """log(1 + e^x): Dugas et al. 2000, eq. (4)."""
    return log(1 + exp(x))


def mish(x: Number) -> Number:
    """x·tanh(softplus(x)): Misra, arXiv:1908.08681, eq. (1)."""
    return x * tanh(softplus(x))


def dropout(x: Number) -> Number:
    """Nothing at inference, where kept units were scaled before: Srivastava et al. 2014."""
    return x


FUNCTIONS: tuple[Callable[[Number], Number], ...] = (
    relu, relu6, leaky_relu, elu, selu, celu, sigmoid, tanh, gelu, gelu_tanh, silu, hard_sigmoid,
    hard_swish, softplus, mish, dropout,
)  # fmt: skip


def channels_of_an_image(N: int, H: int = 1, W: int = 1) -> tuple[Any, ...]:
    """N·H·W numbers, channel by channel, around 0."""
    return (each(lambda x: Number(5 * x.value), data(N, H, W)),)


def two_images(N: int, H: int = 1, W: int = 1) -> tuple[Any, ...]:
    """Two of the same shape."""
    return data(N, H, W), data(N, H, W)


@delivers
def mapped(function: Callable[..., Number], *tensors: Any) -> Any:
    """A layer that is a function of each element."""
    return each(function, *tensors)


for _function in FUNCTIONS:
    executes(channels_of_an_image, name=_function.__name__)(partial(mapped, _function))


@executes(channels_of_an_image)
@delivers
def prelu(x: Any) -> Any:
    """y, or a_i·y below 0, a_i of channel i: He et al., arXiv:1502.01852, eq. (1)."""

    def chosen(y: Number, slope: Number) -> Number:
        below = slope * y
        return below if y < 0 else y

    slopes = learned(len(x))
    return [each(lambda y, a=a: chosen(y, a), one) for one, a in zip(x, slopes, strict=True)]


@executes(channels_of_an_image)
@delivers
def layer_scale(x: Any) -> Any:
    """diag(λ)·x: Touvron et al., arXiv:2103.17239, section 2."""
    factors = learned(len(x))
    return [each(lambda y, a=a: a * y, one) for one, a in zip(x, factors, strict=True)]


@executes(two_images)
def product(x: Any, y: Any) -> Any:
    """Two maps, element by element: Shazeer, arXiv:2002.05202, eq. (5)."""
    return mapped(lambda one, other: one * other, x, y)


@executes(two_images)
def residual_add(x: Any, y: Any) -> Any:
    """F(x) + x: He et al., arXiv:1512.03385, eq. (1)."""
    return mapped(lambda one, other: one + other, x, y)


def rows_of_scores(n: int, m: int = 1) -> tuple[Rows, ...]:
    """Rows of n, m of them."""
    return (data(m, n),)


@executes(rows_of_scores)
@delivers
def softmax(x: Rows) -> Rows:
    """The stable form, of each row: Goodfellow et al. 2016, section 4.1."""
    return [softmax_of(row) for row in x]


@executes(rows_of_scores)
@delivers
def log_softmax(x: Rows) -> Rows:
    """X − max − log Σ e^(x − max), of each row."""
    output = []
    for row in x:
        top = greatest(row)
        centred = [one - top for one in row]
        below = log(total(exp(one) for one in centred))
        output.append([one - below for one in centred])
    return output


def softmax_of(row: Row) -> Row:
    """Of one row: less its maximum, the exponentials over their sum."""
    top = greatest(row)
    powers = [exp(one - top) for one in row]
    below = total(powers)
    return [one / below for one in powers]
