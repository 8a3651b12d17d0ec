"""Whether a tool's number is ours, or ours after a defect that is named."""

from __future__ import annotations

from collections.abc import Callable

from closedform.cost.conventions import CONVENTIONS
from closedform.cost.sums import LayerSum
from closedform.reading import parse_layers
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


#: What is read of a module is what it executes: a norm that is written out.
READ_APART = frozenset("rmsnorm_llama torchvision".split())


def differs(
    tool: str, line: str, shapes: str, count: int, params: int | None, read: LayerSum | None = None
) -> str:
    """How the tool's numbers differ from ours, of the catalogue or as ``read`` from the module."""
    written = layer_of(line, shapes)
    if written is None or tool not in CONVENTIONS:
        return ""
    layers = parse_layers(written) if read is None else read
    ours = int(layers.flops(tool))  # what a tool divides by the batch, its counter cuts off
    allowed = DEFECTS.get((tool, line.split()[0]), lambda _: 0)
    if abs(count - ours) > allowed(ours):
        return f"{tool} counts {count:,} for {line} on {shapes}, not {ours:,} as for {written}"
    known = layers._tree("params", tool).value
    if params is not None and params != known:
        return f"{tool} finds {params:,} parameters in {line}, not {known:,} as for {written}"
    return ""
