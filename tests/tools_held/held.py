"""Whether a tool's number is ours, or ours after a defect that is named."""

from __future__ import annotations

from closedform.cost.conventions import CONVENTIONS
from closedform.reading import parse_layers
from tests.tools_held.layers import layer_of

#: Defects that no closed form of sizes has: the tool, how its modules begin, and what it does.
DEFECTS: list[tuple[str, str, str]] = [
    ("thop", "adaptiveavgpool2d", "worked out in floating point and cut off, which may lose 1"),
    ("thop", "lstm in=24 hid=36 proj=12 layers=2", "layers above take the hidden width for input"),
]


def differs(tool: str, line: str, shapes: str, count: int, params: int | None) -> str:
    """How the tool's numbers differ from ours; nothing where they are equal."""
    written = layer_of(line, shapes)
    if written is None or tool not in CONVENTIONS:
        return ""
    layers = parse_layers(written)
    ours = layers.flops(tool)
    defect = any(tool == one and line.startswith(kind) for one, kind, _ in DEFECTS)
    if count != ours and not (defect and (count < ours + 1 or "layers=2" in line)):
        return f"{tool} counts {count:,} for {line} on {shapes}, not {ours:,} as for {written}"
    known = layers.tree("params", tool).value
    if params is not None and params != known:
        return f"{tool} finds {params:,} parameters in {line}, not {known:,} as for {written}"
    return ""
