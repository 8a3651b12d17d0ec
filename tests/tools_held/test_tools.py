"""Each tool run on PyTorch modules: every number is ours, to the unit.

Not among the usual tests: it needs torch, fvcore, thop, ptflops, torchinfo and calflops; DeepSpeed
is run where it is installed, and torchvision's classifiers are where that is.
"""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path

import pytest

from closedform.cost.sums import LayerSum
from closedform.models.torch import read
from tests.models_read.networks import torchvision
from tests.tools_held.counters import TOOLS, counted
from tests.tools_held.held import differs, is_read
from tests.tools_held.modules import built, inputs

FILES = ["grid.txt"]
if importlib.util.find_spec("torchvision"):
    torchvision()  # as it can be imported, before a tool does
    FILES.append("networks.txt")
GRID = [
    row
    for name in FILES
    for row in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
]
INSTALLED = [tool for tool in TOOLS if tool != "deepspeed" or importlib.util.find_spec("deepspeed")]


@pytest.mark.parametrize("tool", INSTALLED)
@pytest.mark.parametrize("row", GRID)
@pytest.mark.filterwarnings("ignore")
def test_a_tool_counts_what_its_convention_says(row: str, tool: str) -> None:
    line, _, shapes = row.partition(" @ ")
    found = counted(tool, line, shapes)
    assert not differs(tool, line, shapes, found.count, found.params)
    if is_read(tool, line):
        assert not differs(tool, line, shapes, found.count, None, as_read(line, shapes))


@functools.cache
def as_read(line: str, shapes: str) -> LayerSum:
    """The module of a line, read in."""
    given = inputs(line, shapes)
    kind = "" if given[0].is_floating_point() else "int64"
    return read(built(line), x=[tuple(one.shape) for one in given], dtype=kind)
