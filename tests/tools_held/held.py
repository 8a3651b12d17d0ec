"""Whether a tool's number is ours, or ours after a defect that is named."""

from __future__ import annotations

from collections.abc import Callable

from closedform.cost.call import LayerCall
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.sums import LayerSum
from closedform.reading import parse_layers
from closedform.records import replace
from tests.tools_held.layers import layer_of

#: Defects that no closed form of sizes has: the tool, how its modules begin, and by how much its
#: number may then differ. A sum in floating point that is cut off; NumPy's count in 4 digits.
DEFECTS: dict[tuple[str, str], Callable[[int], float]] = {
    ("thop", "adaptiveavgpool2d"): lambda _: 1,
    **{
        (tool, "einsum"): lambda ours: 1 + ours / 2000
        for tool in ("fvcore", "calflops", "deepspeed")
    },
}


#: Tools that are run in another way: the convention, and what that way is called.
CALLED: dict[str, tuple[str, str]] = {"torch_nograd": ("torch", "no_grad")}

#: What is read of a module is what it executes: a norm that is written out.
_WRITTEN_OUT = frozenset("rmsnorm_llama torchvision".split())
#: A kernel that takes the place of a whole module, of which the parts are read.
_IN_PLACE = frozenset({("torch_nograd", "encoder_layer")})


def is_read(tool: str, line: str) -> bool:
    """Whether a module is read as the tool takes it."""
    kind = line.split()[0]
    return kind not in _WRITTEN_OUT and (tool, kind) not in _IN_PLACE


def differs(
    tool: str, line: str, shapes: str, count: int, params: int | None, read: LayerSum | None = None
) -> str:
    """How the tool's numbers differ from ours, of the catalogue or as ``read`` from the module."""
    written = layer_of(line, shapes)
    convention, way = CALLED.get(tool, (tool, ""))
    if written is None or convention not in CONVENTIONS:
        return ""
    layers = _called(parse_layers(written) if read is None else read, way)
    ours = int(layers.flops(convention))  # what a tool divides by the batch, its counter cuts off
    allowed = DEFECTS.get((tool, line.split()[0]), lambda _: 0)
    if abs(count - ours) > allowed(ours):
        return f"{tool} counts {count:,} for {line} on {shapes}, not {ours:,} as for {written}"
    known = layers._tree("params", convention).value
    if params is not None and params != known:
        return f"{tool} finds {params:,} parameters in {line}, not {known:,} as for {written}"
    return ""


def _called(layers: LayerSum, way: str) -> LayerSum:
    """The layers, each called in a way if it can be."""
    return LayerSum(tuple(term._replace(call=_so(term.call, way)) for term in layers.terms))


def _so(call: LayerCall, way: str) -> LayerCall:
    words = {*call.flags, way}
    return replace(call, flags=tuple(word for word in call.type.words if word in words))
