"""The server, asked by the official SDK's own client over the standard streams."""

from __future__ import annotations

import json
import sys
from typing import Any

import anyio
from mcp import Client, StdioServerParameters, stdio_client

from closedform.commands.mcp import TOOLS, answered

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("verify", {"claims": ["params(conv) = k^2 M N", "params(conv) = k M N"]}),
    ("verify", {"claims": ["-"]}),
    ("count", {"layers": ["resnet50(R=224)"]}),
    ("derive", {"layers": "depthwise_separable / conv"}),
    ("explain", {"number": "4.1G", "subject": "resnet50"}),
    ("scan", {"text": "$k^2 M N$ 个参数"}),
    ("count", {"layers": ["cnv"]}),
    ("nothing", {}),
]


def test_a_client_lists_the_tools_and_gets_what_they_answer() -> None:
    anyio.run(_ask)


async def _ask() -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "closedform", "mcp"])
    async with Client(stdio_client(server)) as client:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == list(TOOLS)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        for tool, given in CALLS:
            result = await client.call_tool(tool, given)
            answer, code = answered(tool, given)
            assert [part.text for part in result.content] == [answer]
            assert result.is_error == (code == 2)
            assert result.is_error or json.loads(answer)
