"""The layers of a model that is read in, made from the shapes of its tensors.

A shape is a tuple of trees. What a layer costs is stated for one sample, and a batch multiplies it:
the first extent, whatever it is of, as it is to tools.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, repeat
from typing import TypeAlias

from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.tree import ONE, Number, Tree, product
from closedform.catalogue import LAYERS
from closedform.cost.layer import LayerSum, operation, step

Shape: TypeAlias = tuple[Tree, ...]

#: The letters of the sides of a map, by how many there are.
SIDES = {1: "L", 2: "HW", 3: "DHW"}
#: The whole factors by which maps are resized.
SCALES = (2, 3, 4, 8, 16, 32)


def convolution(
    source: Shape, weight: Shape, out: Shape, *, groups: int, bias: bool
) -> LayerSum | None:
    """A convolution in one, two or three dimensions; its weights are N, M/g and the kernel."""
    N, M, kernel = weight[0], weight[1] * groups, weight[2:]
    if len(kernel) not in SIDES:
        return None
    sizes = {"M": M, "B": product(out[: -len(kernel) - 1]), **_maps(source, out, len(kernel))}
    if len(kernel) == 2 and groups == 1 and kernel == (ONE, ONE):
        return LAYERS["pointwise_conv"](N=N, bias=bias, **sizes)
    sizes |= _by_axis("k", kernel)
    if len(kernel) != 2:
        return LAYERS[f"conv{len(kernel)}d"](N=N, g=groups, bias=bias, **sizes)
    if groups > 1 and weight[1] == ONE:
        return LAYERS["depthwise_conv"](m=N / M, bias=bias, **sizes)
    return LAYERS["conv"](N=N, g=groups, bias=bias, **sizes)


def transposed_convolution(
    source: Shape, weight: Shape, out: Shape, *, groups: int, bias: bool, strides: Sequence[int]
) -> LayerSum | None:
    """A transposed convolution; its weights are M, N/g and the kernel."""
    dims = len(weight) - 2
    if dims not in SIDES:
        return None
    sizes = {"M": weight[0], "N": weight[1] * groups, "B": product(out[: -dims - 1])}
    sizes |= {**_by_axis("k", weight[2:]), **_maps(source, out, dims)}
    sizes |= _by_axis("s", tuple(map(Number, strides)))
    return LAYERS["transposed_conv" + ("1d", "", "3d")[dims - 1]](g=groups, bias=bias, **sizes)


def linear(source: Shape, N: Tree, *, bias: bool) -> LayerSum:
    """A linear layer on the last extent, once for each of the others."""
    (*rows, M), B = _sample(source)
    return LAYERS["linear"](M=M, N=N, n=product(rows), B=B, bias=bias)


def bilinear(weight: Shape, out: Shape, *, bias: bool) -> LayerSum:
    """A bilinear layer; its weights are N, M and K."""
    N, M, K = weight
    n, B = product(out[1:-1]), product(out[:-1][:1])
    return LAYERS["bilinear"](M=M, K=K, N=N, n=n, B=B, bias=bias)


def matrix_product(left: Shape, right: Shape, out: Shape) -> LayerSum:
    """A product of two tensors, neither of which is a layer's weight."""
    if len(right) == 1:
        return LAYERS["matmul"](n=product(out), M=left[-1], N=ONE)
    if len(left) == 1:
        left, out = (ONE, *left), (*out[:-1], ONE, *out[-1:])
    axes = zip(reversed(out[:-2]), chain(reversed(left[:-2]), repeat(ONE)), strict=False)
    r = product(size for size, own in axes if own == ONE)  # the first matrices are used again
    sizes = {"n": out[-2], "M": left[-1], "N": out[-1], "B": product(left[:-2])}
    return LAYERS["matmul"](**sizes, **({} if r == ONE else {"r": r}))


def elementwise(name: str, out: Shape) -> LayerSum:
    """An activation or another layer of the catalogue that keeps its shape."""
    return LAYERS[name](**_map(out))


def prelu(out: Shape, slopes: Shape) -> LayerSum:
    """A PReLU; one that has one slope for all channels is that of one channel."""
    if product(slopes) == ONE:
        extents, B = _sample(out)
        return LAYERS["prelu"](N=1, H=product(extents), B=B)
    return elementwise("prelu", out)


def scalars(kinds: Sequence[str], out: Shape, over: Shape = (), name: str = "") -> LayerSum:
    """Scalar operations of some kinds for each output, or a sum or maximum over some extents."""
    made = (operation(kind, *(out or (ONE,)), over=over) for kind in kinds)
    return step(name or kinds[0], *made, ways=("functional",))


def bias(out: Shape) -> LayerSum:
    """A bias on the last extent, once for each of the others."""
    (*rows, N), B = _sample(out)
    return LAYERS["bias"](N=N, H=product(rows), W=ONE, B=B)


def contraction(out: Shape, over: Shape) -> LayerSum:
    """A sum of products for each output, over some extents: an einsum."""
    return step("contraction", operation("contract", *(out or (ONE,)), over=over))


def reduced(kind: str, source: Shape, axes: Collection[int]) -> LayerSum:
    """A sum, mean or maximum over some axes, a variance, or the length of a vector.

    A variance is the mean, what is left of each, its square, and the mean of those; a length is the
    root of the sum of squares.
    """
    if kind == "mean" and len(source) == 4 and set(axes) == {2, 3}:
        return pool_to("avg", source, (*source[:2], ONE, ONE), 2)
    rest = tuple(size for axis, size in enumerate(source) if axis not in axes)
    rows, over = rest or (ONE,), tuple(source[axis] for axis in sorted(axes))
    square = operation("scale", *source)
    if kind == "variance":
        mean = operation("mean", *rows, over=over)
        return step(kind, mean, operation("add", *source), square, mean)
    if kind == "length":
        return step(kind, square, operation("sum", *rows, over=over), operation("root", *rows))
    return scalars([kind], rest, over)


def batch_norm(out: Shape, *, affine: bool, running: bool = True) -> LayerSum:
    """A batch norm of vectors, sequences, maps or volumes, by running statistics or the batch's."""
    of_batch: dict[str, Tree | bool] = {} if running else {"r": out[0], "batch_statistics": True}
    return LAYERS["batch_norm"](**_map(out), no_affine=not affine, **of_batch)


def grouped_norm(out: Shape, groups: int | None, *, affine: bool) -> LayerSum:
    """A group norm; an instance norm where there are no groups."""
    if groups is None:
        return LAYERS["instance_norm"](**_map(out), affine=affine)
    return LAYERS["group_norm"](g=groups, **_map(out), no_affine=not affine)


def local_response(out: Shape, q: int) -> LayerSum:
    """A local response norm over q channels."""
    return LAYERS["local_response_norm"](q=q, **_map(out))


def row_norm(kind: str, source: Shape, axes: int, without: str = "") -> LayerSum:
    """A layer norm or RMS norm over the last axes; ``without`` is a flag of what is not learned."""
    extents, B = _sample(source) if axes < len(source) else (source, ONE)
    sizes = {"N": product(source[-axes:]), "n": product(extents[: len(extents) - axes]), "B": B}
    return LAYERS[kind].at(sizes, [without] if without else [])


def softmax(source: Shape, axis: int, name: str = "softmax") -> LayerSum:
    """A softmax along an axis, as often as there are other places."""
    rows = [extent for place, extent in enumerate(source) if place != axis % len(source)]
    return LAYERS[name](n=source[axis], m=product(rows))


def pool(kind: str, source: Shape, out: Shape, kernel: Shape, stride: Tree) -> LayerSum:
    """Pooling over windows."""
    dims = len(kernel)
    if dims == 2 and kernel[0] == source[-2] == ONE:  # one row: a sequence
        line, after = ((*shape[:-2], shape[-1]) for shape in (source, out))
        return pool(kind, line, after, kernel[1:], stride)
    *lead, N = out[:-dims]
    name = kind if dims == 2 else f"{kind}{dims}d"
    sizes = {**_by_axis("k", kernel), **_maps(source, out, dims)}
    return LAYERS[name](N=N, s=stride, B=product(lead), **sizes)


def pool_to(kind: str, source: Shape, out: Shape, dims: int) -> LayerSum:
    """Pooling to a given map; an average to one place is the global one."""
    *lead, N = out[:-dims]
    if kind == "avg" and dims == 2 and out[-2:] == (ONE, ONE):
        return LAYERS["global_avg_pool"](N=N, H_in=source[-2], W_in=source[-1], B=product(lead))
    if dims == 3 and all(side == ONE for side in out[-dims:]):  # all of it: a map of as many places
        volume = (*lead, N, source[-3] * source[-2], source[-1])
        return pool_to(kind, volume, out[:-1], 2)
    if dims == 1:  # one row
        row, after = ((*shape[:-1], ONE, shape[-1]) for shape in (source, out))
        return pool_to(kind, row, after, 2)
    name = f"adaptive_{kind}_pool" + ("3d" if dims == 3 else "")
    return LAYERS[name](N=N, B=product(lead), **_maps(source, out, dims))


def attention(query: Shape, key: Shape, value: Shape, *, causal: bool, masked: bool) -> LayerSum:
    """The core of attention on tensors of (batch, heads, tokens, width)."""
    (*lead, n, d_h), (m, d_v) = query, value[-2:]
    if masked:
        core = attention(query, key, value, causal=causal, masked=False)
        return core + scalars(["add"], (*lead, n, m))
    if d_h != d_v:
        scores, mixed = (*lead, n, m), (*lead, n, d_v)
        inner = matrix_product(query, (*key[:-2], d_h, m), scores) + scalars(["scale"], scores)
        return inner + softmax(scores, -1) + matrix_product(scores, value, mixed)
    h_kv, (*batch, h) = key[-3] if len(key) > 3 else ONE, lead if len(query) > 3 else (*lead, ONE)
    sizes = {"h": h, "n": n, "d_h": d_h, "m": m, "h_kv": h_kv, "B": product(batch)}
    return LAYERS["attention"](**sizes, causal=causal and n == m)


def multi_head_attention(
    query: Shape, key: Shape, value: Shape, heads: int, words: Sequence[str]
) -> LayerSum:
    """PyTorch's module of attention, of (batch, tokens, width), or the tokens first."""
    (n, B), m = (query[:2], key[0]) if "seq_first" in words else (query[1::-1], key[1])
    sizes = {"d": query[2], "h": heads, "n": n, "m": m, "d_kv": key[2], "d_v": value[2], "B": B}
    return LAYERS["multi_head_attention"].at(sizes, words)


def embedding(table: Shape, tokens: Shape) -> LayerSum:
    """A look-up in a table."""
    extents, B = _sample((*tokens, ONE))
    return LAYERS["embedding"](V=table[0], d=table[1], n=product(extents), B=B)


def recurrent(
    kind: str, source: Shape, N: Tree, fed_back: Tree, *, seq_first: bool, bias: bool, upper: bool,
    relu: bool = False,
) -> LayerSum:  # fmt: skip
    """One direction of one recurrent layer; an LSTM that feeds back fewer than N is projected."""
    n, B = source[0 if seq_first else 1], source[1 if seq_first else 0]
    sizes = {"M": source[-1], "N": N, "n": n, "B": B}
    if fed_back != N:
        kind, sizes["r"] = "lstmp", fed_back
    flags = {"two_biases": bias, "seq_first": seq_first, "upper": upper}
    return LAYERS[kind](**sizes, **flags, **({"relu": True} if relu else {}))


def upsampled(name: str, source: Shape, out: Shape, dims: int) -> LayerSum:
    """Resizing of sequences, maps or volumes, by a whole factor where there is one."""
    *lead, N = out[:-dims]
    sides = list(zip(SIDES[dims], source[-dims:], out[-dims:], strict=True))
    sizes = {"N": N, "B": product(lead), **{f"{letter}_in": before for letter, before, _ in sides}}
    for s in SCALES:
        if all(surely_equal(after, s * before) for _, before, after in sides):
            return LAYERS[name](**sizes, s=s)
    return LAYERS[name](**sizes, **{letter: after for letter, _, after in sides})


def parameter(shape: Shape) -> LayerSum:
    """A learned tensor that is no layer's weight, such as positions or a class token."""
    return step("parameter", operation("gather", 0, weights=(shape,)))


def _sample(shape: Shape) -> tuple[Shape, Tree]:
    """The shape for one sample, and how many there are: the first extent, where there are more."""
    return (shape[1:], shape[0]) if len(shape) > 1 else (shape or (ONE,), ONE)


def _map(shape: Shape) -> dict[str, Tree]:
    """The channels and sides of a map, a row or a volume, and how many there are."""
    (N, *sides), B = _sample(shape)
    H, W = sides if len(sides) == 2 else (product(sides), ONE)
    return {"N": N, "H": H, "W": W, "B": B}


def _by_axis(letter: str, sizes: Shape) -> dict[str, Tree]:
    """The sides of a kernel or window, or strides, by the letters of the catalogue."""
    letters = [f"{letter}_{axis}" for axis in "dhw"][-len(sizes) :] if len(sizes) > 1 else ()
    return {letter: sizes[-1], **dict(zip(letters, sizes, strict=bool(letters)))}


def _maps(source: Shape, out: Shape, dims: int) -> dict[str, Tree]:
    """The sides of a map after and before, by the letters of the catalogue."""
    after = dict(zip(SIDES[dims], out[-dims:], strict=True))
    before = zip(SIDES[dims], source[-dims:], strict=True)
    return after | {f"{letter}_in": side for letter, side in before}
