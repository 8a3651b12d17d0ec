"""ONNX operators that compute no number: where the extents of a tensor go, and sizes as values.

Source: onnx/docs/Operators.md. Sizes that the graph works out itself are followed as values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from closedform.algebra.tree import ONE, ZERO, Number, Tree, factors_of, product, total
from closedform.cost.shapes import floor
from closedform.models.onnx_graph import SMALL, Graph, number
from closedform.models.reading import UnknownShape

Shaper = Callable[[Graph, Any], None]

#: An end of a slice past every size: the slice goes on to the end.
FAR = 2**30


def same(graph: Graph, node: Any) -> None:
    """The output is shaped as the first input."""
    graph.set(node, graph.source(node))


def _copied(graph: Graph, node: Any) -> None:
    graph.set(node, graph.source(node), graph.values.get(node.input[0]))


def _negated(graph: Graph, node: Any) -> None:
    given = graph.values.get(node.input[0])
    graph.set(node, graph.source(node), None if given is None else [-1 * size for size in given])


def _reshaped(graph: Graph, node: Any) -> None:
    source, wanted = graph.source(node), graph.integers(node, 1) or []
    out = [source[i] if size == ZERO else size for i, size in enumerate(wanted)]
    if Number(-1) in out:
        rest = _left_over(source, [size for size in out if size != Number(-1)])
        out = [rest if size == Number(-1) else size for size in out]
    else:
        graph.fixed.alike(source, out)
    graph.set(node, tuple(out), graph.values.get(node.input[0]))


def _left_over(extents: Sequence[Tree], taken: Sequence[Tree]) -> Tree:
    """A product of extents over others, what both have left out."""
    above, below = _factors(extents), _factors(taken)
    for factor in list(below):
        if factor in above:
            above.remove(factor)
            below.remove(factor)
    return floor(product(above) / product(below))


def _factors(extents: Sequence[Tree]) -> list[Tree]:
    return [factor for tree in extents for factor in factors_of(tree)]


def _flattened(graph: Graph, node: Any) -> None:
    source, axis = graph.source(node), graph.get(node, "axis", 1)
    graph.set(node, (product(source[:axis]), product(source[axis:])))


def _transposed(graph: Graph, node: Any) -> None:
    source = graph.source(node)
    order = graph.get(node, "perm", list(reversed(range(len(source)))))
    graph.set(node, tuple(source[place] for place in order))


def _joined(graph: Graph, node: Any) -> None:
    shapes = [graph.source(node, place) for place in range(len(node.input))]
    axis = graph.get(node, "axis") % max(1, len(shapes[0]))
    given = [graph.values.get(name) for name in node.input]
    known = None if None in given else [x for values in given for x in values or []]
    if known is None:  # no sizes, which are joined whatever they are
        kept = (shape[:axis] + shape[axis + 1 :] for shape in shapes)
        graph.fixed.broadcast(zip(*kept, strict=True))
    joined = total(shape[axis] for shape in shapes)
    graph.set(node, (*shapes[0][:axis], joined, *shapes[0][axis + 1 :]), known)


def _shape(graph: Graph, node: Any) -> None:
    source = graph.source(node)
    sizes = list(source[graph.get(node, "start", 0) : graph.get(node, "end", len(source))])
    graph.set(node, (Number(len(sizes)),), sizes)


def _gathered(graph: Graph, node: Any) -> None:
    source, indices = graph.source(node), graph.source(node, 1)
    axis = graph.get(node, "axis", 0) % max(1, len(source))
    values, places = graph.values.get(node.input[0]), graph.values.get(node.input[1])
    known = None
    if values is not None and places is not None and len(source) < 2:
        known = [values[number(place)] for place in places]
    graph.set(node, (*source[:axis], *indices, *source[axis + 1 :]), known)


def _gathered_by_places(graph: Graph, node: Any) -> None:
    source, places = graph.source(node), graph.source(node, 1)
    beyond = graph.get(node, "batch_dims", 0) + number(places[-1])
    graph.set(node, (*places[:-1], *source[beyond:]))


def _constant(graph: Graph, node: Any) -> None:
    if (tensor := graph.get(node, "value")) is not None:
        graph.constant(node.output[0], tensor)
        return
    (given,) = node.attribute
    value = graph.attribute(given)
    several = value if isinstance(value, (list, tuple)) else [value]
    graph.set(node, (Number(len(several)),) if given.name.endswith("s") else ())
    if "int" in given.name:
        graph.values[node.output[0]] = [Number(int(entry)) for entry in several]
    elif "float" in given.name:
        graph.floats[node.output[0]] = list(several)


def _unsqueezed(graph: Graph, node: Any) -> None:
    source, axes = list(graph.source(node)), graph.integers(node, 1, "axes") or []
    for axis in sorted(number(place) % (len(source) + len(axes)) for place in axes):
        source.insert(axis, ONE)
    graph.set(node, tuple(source), graph.values.get(node.input[0]))


def _squeezed(graph: Graph, node: Any) -> None:
    source, axes = graph.source(node), graph.integers(node, 1, "axes")
    gone = [number(axis) % len(source) for axis in axes or []]
    kept = (size for i, size in enumerate(source) if not (i in gone if axes else size == ONE))
    graph.set(node, tuple(kept), graph.values.get(node.input[0]))


def _sliced(graph: Graph, node: Any) -> None:
    source = list(graph.source(node))
    starts, ends = graph.integers(node, 1, "starts") or [], graph.integers(node, 2, "ends") or []
    axes = graph.integers(node, 3, "axes") or [Number(i) for i in range(len(starts))]
    steps = graph.integers(node, 4) or [ONE] * len(starts)
    values = graph.values.get(node.input[0])
    for start, end, axis, step in zip(starts, ends, map(number, axes), steps, strict=True):
        source[axis] = _cut(source[axis], start, end, number(step))
        if values is not None:
            values = values[number(start) : number(end) : number(step)]
    graph.set(node, tuple(source), values)


def _cut(whole: Tree, start: Tree, end: Tree, step: int) -> Tree:
    """How many places a slice has: Python's, for an open size as long as it is in range."""
    if all(isinstance(size, Number) for size in (whole, start, end)):
        return Number(len(range(number(whole))[number(start) : number(end) : step]))
    if step < 1:
        raise UnknownShape("a slice that runs backwards is open")
    first, last = (
        bound if not isinstance(bound, Number) else whole if bound.value > FAR else
        whole + number(bound) if bound.value < 0 else bound
        for bound in (start, end)
    )  # fmt: skip
    return floor((last - first + (step - 1)) / step)


def _split(graph: Graph, node: Any) -> None:
    source = graph.source(node)
    axis = graph.get(node, "axis", 0) % len(source)
    equal = [floor(source[axis] / len(node.output)) for _ in node.output]
    parts = graph.integers(node, 1, "split") or equal
    for name, part in zip(node.output, parts, strict=True):
        graph.shapes[name] = (*source[:axis], part, *source[axis + 1 :])


def _split_to_sequence(graph: Graph, node: Any) -> None:
    source = graph.source(node)
    axis = graph.get(node, "axis", 0) % len(source)
    parts = graph.integers(node, 1) or [ONE] * number(source[axis])
    if not graph.shapes[node.input[1]]:  # one number: the size of all but the last
        whole, part = number(source[axis]), number(parts[0])
        parts = [Number(min(part, whole - start)) for start in range(0, whole, part)]
    shapes = [(*source[:axis], part, *source[axis + 1 :]) for part in parts]
    graph.sequences[node.output[0]] = shapes


def _from_sequence(graph: Graph, node: Any) -> None:
    (place,) = graph.integers(node, 1) or []
    graph.set(node, graph.sequences[node.input[0]][number(place)])


def _padded(graph: Graph, node: Any) -> None:
    source, pads = graph.source(node), graph.integers(node, 1, "pads") or []
    axes = [
        number(dim) % len(source)
        for dim in graph.integers(node, 3) or map(Number, range(len(source)))
    ]
    out = list(source)
    for place, axis in enumerate(axes):
        out[axis] = out[axis] + pads[place] + pads[place + len(axes)]
    graph.set(node, tuple(out))


def _expanded(graph: Graph, node: Any) -> None:
    wanted, source = graph.integers(node, 1) or [], graph.source(node)
    pairs = zip_longest(reversed(source), reversed(wanted), fillvalue=ONE)
    graph.set(node, tuple(a if b == ONE else b for a, b in pairs)[::-1])


def _filled(graph: Graph, node: Any) -> None:
    shape, tensor = tuple(graph.integers(node, 0) or ()), graph.get(node, "value")
    values: list[Tree] | None = None
    if tensor is not None and all(isinstance(size, Number) for size in shape):
        (value,) = graph.array(tensor).ravel().tolist()
        count = number(product(shape))
        values = [Number(value)] * count if isinstance(value, int) and count <= SMALL else None
    graph.set(node, shape, values)


def _tiled(graph: Graph, node: Any) -> None:
    pairs = zip(graph.source(node), graph.integers(node, 1) or [], strict=True)
    graph.set(node, tuple(side * times for side, times in pairs))


def _depth_to_space(graph: Graph, node: Any) -> None:
    (B, N, H, W), s = graph.source(node), graph.get(node, "blocksize")
    if node.op_type == "DepthToSpace":
        graph.set(node, (B, floor(N / s**2), H * s, W * s))
    else:
        graph.set(node, (B, N * s**2, floor(H / s), floor(W / s)))


def _range(graph: Graph, node: Any) -> None:
    (start,), (end,), (step,) = (graph.integers(node, place) or [] for place in range(3))
    count = floor((end - start + (step - 1)) / step)
    known = isinstance(count, Number) and number(count) <= SMALL
    values = [start + step * i for i in range(number(count))] if known else None
    graph.set(node, (count,), values)


#: How the shape of each follows.
ARRANGING: dict[str, Shaper] = {
    **dict.fromkeys("Identity Dropout Cast CastLike".split(), _copied),
    **dict.fromkeys("Abs Not Trilu IsNaN IsInf ScatterND ScatterElements".split(), same),
    "Neg": _negated,
    "Flatten": _flattened,
    "Reshape": _reshaped,
    "Transpose": _transposed,
    "Concat": _joined,
    "Shape": _shape,
    "Gather": _gathered,
    "GatherND": _gathered_by_places,
    "GatherElements": lambda graph, node: graph.set(node, graph.source(node, 1)),
    "Constant": _constant,
    "ConstantOfShape": _filled,
    "Unsqueeze": _unsqueezed,
    "Squeeze": _squeezed,
    "Slice": _sliced,
    "Split": _split,
    "SplitToSequence": _split_to_sequence,
    "SequenceAt": _from_sequence,
    "Pad": _padded,
    "Expand": _expanded,
    "Tile": _tiled,
    "Range": _range,
    **dict.fromkeys(("DepthToSpace", "SpaceToDepth"), _depth_to_space),
}
