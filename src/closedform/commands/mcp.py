"""``closedform mcp``: commands as tools of the Model Context Protocol, on standard streams.

A tool is a command of :mod:`closedform.commands.usage`: its arguments are the tool's, what it
prints with ``--format json`` is the answer. Files may be read where a command reads some; none is
written.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from closedform._version import __version__
from closedform.commands import command
from closedform.commands.output import BAD_INPUT, EXPECTED
from closedform.commands.typed import arguments
from closedform.commands.usage import COMMANDS, Argument
from closedform.errors import ClosedformError, MissingExtra, UnknownName

#: The commands that are offered.
TOOLS = ("verify", "derive", "count", "explain", "scan")
#: A property of tools that read files: a text instead, which stands at standard input.
_TEXT, _STDIN = "text", "-"
#: Options that say how a page looks; the answer is JSON.
_FOR_PAGES = ("--format", "--columns")
_INSTRUCTIONS = (
    "Formulas of what neural-network layers cost, and verdicts on them. Sizes: k kernel, M input "
    "and N output channels, g groups, H and W output height and width. A layer is written "
    "conv(k=3, M=64, N=128, H=56, W=56), a quantity params(conv), macs(conv), flops(conv)."
)


def run(_: argparse.Namespace) -> int:
    """Serve until the client leaves.

    Raises:
        MissingExtra: the SDK is not installed.
    """
    try:
        import anyio  # noqa: PLC0415  (optional)
        from mcp.server import Server  # noqa: PLC0415
        from mcp.server.stdio import stdio_server  # noqa: PLC0415
        from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtra("the server", "the SDK mcp", "pip install 'closedform[mcp]'") from error

    async def tools(*_: object) -> ListToolsResult:
        return ListToolsResult(tools=[Tool(**described(name)) for name in TOOLS])

    async def called(_: object, call: Any) -> CallToolResult:
        answer, code = answered(call.name, call.arguments or {})
        return CallToolResult(content=[TextContent(text=answer)], is_error=code == BAD_INPUT)

    server = Server(
        "closedform",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=tools,
        on_call_tool=called,
    )

    async def serve() -> None:
        async with stdio_server() as (requests, answers):
            await server.run(requests, answers, server.create_initialization_options())

    anyio.run(serve)
    return EXPECTED


def described(tool: str) -> dict[str, Any]:
    """A tool as the protocol wants it: name, description, schema of its arguments.

    >>> described("explain")["input_schema"]["required"]
    ['number', 'subject']
    """
    summary, _ = COMMANDS[tool]
    properties = {name: _schema(argument) for name, argument in _arguments(tool).items()}
    required = [name for name, argument in _arguments(tool).items() if _required(argument)]
    if "files" in properties:
        properties[_TEXT] = {"type": "string", "description": "a document itself, without a file"}
        required.remove("files")
    schema = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    only_reads = {"read_only_hint": True}
    return {"name": tool, "description": summary, "input_schema": schema, "annotations": only_reads}


def answered(tool: str, given: Mapping[str, Any]) -> tuple[str, int]:
    """What the command prints as JSON, or the sentence that says what is wrong, and its exit code.

    >>> answered("verify", {"claims": ["params(conv) = k^2 M N"]})[1]
    0
    """
    printed, told = io.StringIO(), io.StringIO()
    try:
        args = arguments(tool, _typed(tool, given))
        with _standard_streams(str(given.get(_TEXT, "")), printed, told):
            code = command(tool)(args)
    except ClosedformError as error:
        return f"error: {error}", BAD_INPUT
    return printed.getvalue() + told.getvalue(), code


def _typed(tool: str, given: Mapping[str, Any]) -> list[str]:
    """The arguments as they are typed; a text is read from standard input."""
    if tool not in TOOLS:
        raise UnknownName("tool", tool, TOOLS)
    takes, known = _arguments(tool), described(tool)["input_schema"]["properties"]
    own = {other.lstrip("-"): name for name, (names, _) in takes.items() for other in names}
    line, places = ["--format=json"], {_TEXT: [_STDIN]} if _TEXT in given else {}
    for asked, value in given.items():
        name, texts = own.get(asked, asked), value if isinstance(value, list) else [value]
        if name not in known:
            raise UnknownName("argument", asked, known)
        if not all(isinstance(text, str) for text in texts):
            raise ClosedformError(f"{asked} is no text", "give a text, or a list of texts")
        if name != _TEXT:
            option = takes[name][0][0]
            line += [f"{option}={text}" for text in texts if option.startswith("-")]
            places[name] = [text for text in texts if not option.startswith("-")]
    return [*line, "--", *(text for name in (_TEXT, *takes) for text in places.get(name, ()))]


def _arguments(tool: str) -> dict[str, Argument]:
    """What a tool takes: the command's arguments by the names that it reads them by."""
    arguments = COMMANDS[tool][1]
    return {
        str(options.get("dest", names[-1].lstrip("-"))): (names, options)
        for names, options in arguments
        if names[0] not in _FOR_PAGES
    }


def _schema(argument: Argument) -> dict[str, Any]:
    _, options = argument
    text: dict[str, Any] = {"type": "string"}
    if "choices" in options:
        text["enum"] = list(options["choices"])  # type: ignore[call-overload]
    several = options.get("nargs") == "+" or options.get("action") == "append"
    made = {"type": "array", "items": text, "minItems": 1} if several else text
    return {**made, "description": options.get("help", "")}


def _required(argument: Argument) -> bool:
    names, options = argument
    by_place = not names[0].startswith("-") and options.get("nargs") != "?"
    return by_place or bool(options.get("required"))


@contextlib.contextmanager
def _standard_streams(text: str, printed: TextIO, told: TextIO) -> Iterator[None]:
    """Streams of a command's own: the process's are the client's."""
    outer = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told):
            yield
    finally:
        sys.stdin = outer
