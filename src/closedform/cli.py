"""The program: a command line in, an exit code out.

What can be typed is a table in :mod:`closedform.commands.usage`, and each command a file beside it.
Nothing here imports SymPy, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from closedform._version import __version__
from closedform.commands import command
from closedform.commands.terminal import coloured, takes_colour
from closedform.commands.typed import Parser, arguments, not_taken
from closedform.commands.usage import ALONE, COMMANDS
from closedform.errors import ClosedformError, UnknownName
from closedform.later import Later
from closedform.typeset.escapes import PLAIN

if TYPE_CHECKING:
    from closedform import catalogue, own_layers
else:  # few mistype a command, or have layers of their own
    catalogue = Later("closedform.catalogue")
    own_layers = Later("closedform.own_layers")


def entry() -> None:
    """The ``closedform`` program: run the command of this process and leave with its exit code."""
    gc.disable()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    streams = [
        stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, io.TextIOWrapper)
    ]
    for stream in streams:
        stream.reconfigure(errors=PLAIN)
    code = main()
    # What the command made goes with the process: nothing is looked through at its end.
    gc.freeze()
    sys.exit(max([code, *map(_flushed, streams)]))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    name = argv[0] if argv else ""
    try:
        if name not in COMMANDS:
            return _without_command(argv)
        args, run = arguments(name, argv[1:]), command(name)
        # The imports make many objects and no garbage: they are not looked through for any.
        gc.freeze()
        gc.enable()
        if files := getattr(args, "own", None):
            own_layers.load_files(files)
        return run(args)
    except ClosedformError as error:
        said = f"error: {error}\n"
        sys.stderr.write(coloured(said) if takes_colour(sys.stderr) else said)
        return 2
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _unwritten(error)


def _flushed(stream: TextIO) -> int:
    try:
        stream.flush()
    except (BrokenPipeError, ValueError):  # its reader has left, or it is closed
        code = 0
    except OSError as error:  # a full device
        code = _unwritten(error)
    else:
        return 0
    # What could not be written is not tried again when Python leaves.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _unwritten(error: OSError) -> int:
    with contextlib.suppress(OSError):
        what = f"{error.filename} cannot" if error.filename else "cannot"
        sys.stderr.write(f"error: {what} be written: {error.strerror or error}\n")
        sys.stderr.flush()
    return 2


def _without_command(argv: Sequence[str]) -> int:
    """Say what there is, or that a command is unknown."""
    parser = Parser(
        prog="closedform",
        description="Closed forms of what neural-network layers cost, and verdicts on formulas.",
    )
    parser.add_argument("--version", action="version", version=f"closedform {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (summary, _) in COMMANDS.items():
        commands.add_parser(name, help=summary)
    if not argv:
        parser.print_help(sys.stderr)
        return 2
    given = argv[0]
    if given in ALONE:
        parser.parse_args([given])
    if given.startswith("-"):
        raise not_taken("closedform", given, ALONE)
    if given == "help":
        raise ClosedformError("unknown command 'help'", "write closedform COMMAND --help")
    if catalogue.is_layer(given):
        raise ClosedformError(f"{given} is a layer", f"write closedform show {given}")
    raise UnknownName("command", given, COMMANDS)
