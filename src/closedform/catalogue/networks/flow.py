"""A map on its way through a network: its shape, and the layers that it went through.

A network is written as its paper's table is read: each call puts one layer on the tape and changes
the shape. Output sides are exact floors. Branches start from the same shape and write on the same
tape; they are joined by addition or side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Number, Tree, wrap
from closedform.catalogue.activation import relu, residual_add
from closedform.catalogue.convolution import conv, depthwise_conv, patch_embedding, pointwise_conv
from closedform.catalogue.linear import linear
from closedform.catalogue.normalization import batch_norm
from closedform.catalogue.pooling import adaptive_avg_pool, avg_pool, global_avg_pool, max_pool
from closedform.catalogue.transposed_convolution import transposed_conv
from closedform.cost.call import Term
from closedform.cost.layer import LayerSum, LayerType, Size, out
from closedform.cost.shapes import ceil_out, floor
from closedform.errors import ClosedformError, SizeError
from closedform.typeset.text import text


class Flow:
    """A map of ``channels`` × ``H`` × ``W``, and the tape of layers behind it."""

    def __init__(self, channels: Size, H: Size, W: Size = None) -> None:
        self.channels = channels
        self.H = H
        self.W = H if W is None else W
        self.tape: list[Term] = []
        self.place: tuple[str, ...] = ()
        self.taken: set[str] = set()
        #: The number of the next module, where modules have numbers for names.
        self.numbers: Iterator[int] | None = None
        self.reads = "input"  # The name of the map that it holds, which several paths may read.

    @property
    def layers(self) -> LayerSum:
        """Everything on the tape."""
        return LayerSum(tuple(self.tape))

    def within(self, place: str) -> Flow:
        """The same map, on the same tape, in a part of the network."""
        inner = self.branch()
        inner.place = (*self.place, place)
        return inner

    def numbered(self, place: str) -> Flow:
        """The same map in a part whose modules are numbered, as in an nn.Sequential."""
        inner = self.within(place)
        inner.numbers = count()
        return inner

    def next(self) -> Flow:
        """The same map in the next module of a part whose modules are numbered."""
        return self.within(str(next(self.numbers or count())))

    def skip(self) -> Flow:
        """Leave a number out: a batch norm behind its convolution, a dropout."""
        next(self.numbers or count())
        return self

    def blocks(self, repeats: Iterable[int], place: str) -> Iterator[tuple[Flow, int, int]]:
        """The map at each block, so many a stage, with the numbers of the stage and the block.

        In ``place`` they stand as ``layer{}.{}``, stages from 1; the network goes on behind each.
        """
        for stage, times in enumerate(repeats):
            for block in range(times):
                yield self.within(place.format(stage + 1, block)), stage, block

    def branch(self) -> Flow:
        """Another path from here, on the same tape."""
        other = Flow(self.channels, self.H, self.W)
        other.tape, other.place, other.reads = self.tape, self.place, self.reads
        other.taken = self.taken
        return other

    def goto(self, other: Flow) -> Flow:
        """Go on where another path ends."""
        self.channels, self.H, self.W = other.channels, other.H, other.W
        self.reads = other.reads
        return self

    def window(
        self, kind: LayerType, at: str, k: tuple[int, int], s: int, p: int | None,
        sizes: dict[str, Size], side: Callable[..., Tree] = out,
    ) -> Flow:  # fmt: skip
        """A layer that looks through windows; without ``p`` the padding keeps sides at stride 1.

        Raises:
            ClosedformError: a size that no layer can have, with the place and the map before it.
        """
        at, shown, before = self._at(at), _shown(self), {"H_in": self.H, "W_in": self.W}
        self.H, self.W = (
            side(n, wide, s, wide // 2 if p is None else p)
            for n, wide in zip((self.H, self.W), k, strict=True)
        )
        try:
            layers = kind(**sizes, **before, H=self.H, W=self.W)
        except SizeError as error:
            where, left = ".".join((*self.place, at)), _shown(self)
            window = f"a window of {' × '.join(map(str, k))}, stride {s}, leaves {left}"
            said = f"{where} on a map of {shown}: {window}: {error.problem}"
            raise SizeError(said, "choose larger sizes") from error
        return self._write(layers, at)

    def _at(self, place: str) -> str:
        """What a layer is called here: its number, where modules have numbers."""
        return place if self.numbers is None else str(next(self.numbers))

    def put(self, layers: LayerSum, place: str) -> Flow:
        """Write layers on the tape; the shape stays.

        Raises:
            ValueError: another layer stands at that place already.
        """
        return self._write(layers, self._at(place))

    def _write(self, layers: LayerSum, place: str) -> Flow:
        whole = ".".join((*self.place, place))
        if whole in self.taken:
            raise ValueError(f"two layers stand at {whole}")
        self.taken.add(whole)
        self.tape += layers.at(whole, reads=self.reads).terms
        self.reads = str(len(self.tape))
        return self

    def conv(
        self, N: Size, k: int = 1, s: int = 1, p: int | None = None, *, g: Size = 1,
        k_w: int | None = None, bias: bool = False, bn: bool = False, at: str = "conv",
        act: LayerType | None = None, functional: bool = False,
    ) -> Flow:  # fmt: skip
        """A convolution; without ``p`` the padding keeps the side at stride 1."""
        wide = k if k_w is None else k_w
        kind, further = conv, {"k": k, "g": g, **({} if wide == k else {"k_h": k, "k_w": wide})}
        if k == wide == 1 and g == 1:
            kind, further = pointwise_conv, {}
        sizes = {"M": self.channels, "N": N, "bias": bias, "bn": bn, **further}
        self.window(kind, at, (k, wide), s, p, sizes).channels = N
        return self._and(act, at, bn=bn, functional=functional)

    def doubled(self, N: Size, at: str = "up") -> Flow:
        """A transposed convolution of side 2 and stride 2."""
        sizes = {"M": self.channels, "N": N, "H_in": self.H, "W_in": self.W}
        self.put(transposed_conv(k=2, s=2, bias=True, **sizes), at)
        self.channels, self.H, self.W = N, 2 * self.H, 2 * self.W
        return self

    def depthwise(
        self, k: int = 3, s: int = 1, *, bias: bool = False, bn: bool = False,
        at: str = "depthwise", act: LayerType | None = None, p: int | None = None,
    ) -> Flow:  # fmt: skip
        """A depthwise convolution."""
        sizes = {"k": k, "M": self.channels, "bias": bias, "bn": bn}
        self.window(depthwise_conv, at, (k, k), s, p, sizes)
        return self._and(act, at, bn=bn)

    def _and(
        self, act: LayerType | None, at: str, *, bn: bool = False, functional: bool = False
    ) -> Flow:
        """The activation behind a layer, if it has one, and the number of its batch norm."""
        if bn and self.numbers is not None:
            self.skip()
        return self if act is None else self.act(act, f"{at}.act", functional=functional)

    def act(self, layer: LayerType = relu, at: str = "act", *, functional: bool = False) -> Flow:
        """An activation."""
        return self.put(layer(N=self.channels, H=self.H, W=self.W, functional=functional), at)

    def norm(self, at: str = "norm") -> Flow:
        """A batch norm by itself."""
        return self.put(batch_norm(N=self.channels, H=self.H, W=self.W), at)

    def pool(
        self, k: int, s: int, p: int = 0, *, mean: bool = False, ceiling: bool = False,
        functional: bool = False, at: str = "pool",
    ) -> Flow:  # fmt: skip
        """Pooling by the maximum or the mean; ``ceiling`` lets the last window stick out."""
        kind, side = avg_pool if mean else max_pool, ceil_out if ceiling else out
        sizes = {"k": k, "N": self.channels, "s": s, "functional": functional}
        return self.window(kind, at, (k, k), s, p, sizes, side)

    def adaptive(self, side: int, at: str = "pool") -> Flow:
        """Adaptive average pooling to a side."""
        sizes = {"H_in": self.H, "W_in": self.W, "H": side, "W": side}
        self.put(adaptive_avg_pool(N=self.channels, **sizes), at)
        self.H = self.W = Number(side)
        return self

    def mean(self, at: str = "pool", *, called: str = "") -> Flow:
        """Global average pooling, called in a way of that layer."""
        way = {called: True} if called else {}
        self.put(global_avg_pool(N=self.channels, H_in=self.H, W_in=self.W, **way), at)
        self.H = self.W = Number(1)
        return self

    def flat(self) -> Flow:
        """The map as one vector."""
        self.channels = self.channels * self.H * self.W
        self.H = self.W = Number(1)
        return self

    def linear(
        self, N: Size, *, bias: bool = True, at: str = "fc", act: LayerType | None = None
    ) -> Flow:
        """A fully connected layer on the vector."""
        self.put(linear(M=self.channels, N=N, bias=bias), at)
        self.channels = N
        return self._and(act, at)

    def add(self, other: Flow, at: str = "add") -> Flow:
        """This path and another one, added.

        Raises:
            ClosedformError: they have not the same shape.
        """
        if self.shape != other.shape:
            where = ".".join((*self.place, at))
            problem = f"{where} adds {_shown(self)} and {_shown(other)}"
            raise ClosedformError(problem, "both paths must have the same channels and sides")
        return self.put(residual_add(N=self.channels, H=self.H, W=self.W), at)

    @property
    def shape(self) -> tuple[Size, Size, Size]:
        """Channels, height and width."""
        return self.channels, self.H, self.W

    def beside(self, *others: Flow) -> Flow:
        """This path and others side by side; open sides are those of the others, to be joined.

        Raises:
            ClosedformError: their sides are other numbers.
        """
        for other in others:
            if not all(map(_may_be, (other.H, other.W), (self.H, self.W))):
                problem = f"{'.'.join(self.place)} joins {_shown(self)} and {_shown(other)}"
                raise ClosedformError(problem, "paths that are joined have the same sides")
            self.channels, self.H, self.W = self.channels + other.channels, other.H, other.W
        self.reads = f"{len(self.tape)} joined"
        return self


def _may_be(one: Size, other: Size) -> bool:
    """Whether two sides are the same, or may be at some sizes: 2⌊R/16⌋ and ⌊R/8⌋."""
    known = [known_value(wrap(side)) for side in (one, other)]
    return None in known or known[0] == known[1]


def patches(at: str, R: Size, k: Size, N: Size) -> LayerSum:
    """The embedding of an image's patches of k × k, which is the first layer of a transformer.

    Raises:
        SizeError: the image is smaller than a patch.
    """
    side = floor(R / k)
    try:
        return patch_embedding(k=k, M=3, N=N, H=side, W=side, bias=True).at(at)
    except SizeError as error:
        shown, left, k = _shown(Flow(3, R)), _shown(Flow(N, side)), text(wrap(k))
        window = f"patches of {k} × {k} leave {left}"
        said = f"{at} on a map of {shown}: {window}: {error.problem}"
        raise SizeError(said, "choose larger sizes") from error


def residual(x: Flow, inner: Callable[[Flow], Flow], shortcut: Callable[[Flow], Flow]) -> Flow:
    """``inner`` and the shortcut, added; the result is where ``x`` goes on."""
    straight = shortcut(x.branch())
    return x.goto(inner(x.branch()).add(straight))


def kept(x: Flow, inner: Callable[[Flow], Flow], N: Size, s: int) -> Flow:
    """``inner``, added to what came in where that is of its N channels and sides."""
    if s == 1 and wrap(x.channels) == wrap(N):
        return residual(x, inner, lambda y: y)
    return x.goto(inner(x.branch()))


def _shown(flow: Flow) -> str:
    sides = (text(side) if isinstance(side, Tree) else str(side) for side in flow.shape)
    return " × ".join(sides)
