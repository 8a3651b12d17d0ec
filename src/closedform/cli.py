"""The program: a command line in, an exit code out.

What can be typed is a table in :mod:`closedform.commands.usage`, and each command a file beside it.
Nothing here imports SymPy, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from closedform._version import __version__
from closedform.commands import command
from closedform.commands.terminal import columns_of
from closedform.commands.usage import COMMANDS, arguments_of, options_of
from closedform.errors import ClosedformError, printable, suggestion
from closedform.later import Later
from closedform.typeset.escapes import PLAIN

if TYPE_CHECKING:
    from closedform import catalogue, own_layers
else:  # few mistype a command, or have layers of their own
    catalogue = Later("closedform.catalogue")
    own_layers = Later("closedform.own_layers")

#: What stands without a command.
_ALONE = ("-h", "--help", "--version")
EPILOG = "exit codes: 0 all as expected, 1 something refuted, 2 bad input, 3 something undecided"


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
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    code = main()
    # What the command made goes with the process: nothing is looked through at its end.
    gc.freeze()
    sys.exit(max([code, *map(_flushed, streams)]))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    name = argv[0] if argv else ""
    if name not in COMMANDS:
        return _without_command(argv)
    parser = _parser(name)
    args, unknown = parser.parse_known_args(argv[1:])
    if unknown:
        parser.error(_not_taken(name, unknown[0], sorted(options_of(name))))
    run = command(name)
    # The imports make many objects and no garbage: they are not looked through for any.
    gc.freeze()
    gc.enable()
    try:
        if files := getattr(args, "own", None):
            own_layers.load_files(files)
        return run(args)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except UnicodeDecodeError as error:
        at = error.start
        sys.stderr.write(
            f"error: standard input is not UTF-8: byte {at} is 0x{error.object[at]:02x}\n"
        )
        return 2
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _unwritten(error)


def _not_taken(command: str, given: str, options: Sequence[str]) -> str:
    """Why an argument is none of a command's options, and what takes it."""
    if not given.startswith("-"):
        return f'{given!r} is one argument too many; quotes hold together what is one: "k=3, M=64"'
    option = given.partition("=")[0]
    others = ", ".join(other for other in COMMANDS if option in options_of(other))
    said = f"{command} takes no {given}" + (f", an option of {others}" if others else "")
    hint = suggestion(option, options)
    return f"{said}; {hint}" if hint else said


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


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal is: argparse loads shutil to ask for it, for every command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=(columns_of(sys.stdout) or 80) - 2)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are of one line, hold nothing live, and name what is near."""

    def __init__(self, **given: Any) -> None:
        # An option by its whole name: --for would be read as --format where there is none.
        super().__init__(formatter_class=_Help, allow_abbrev=False, **given)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            near = suggestion(str(value), map(str, action.choices))
            if action.dest == "command" and catalogue.is_layer(str(value)):
                near = f"it is a layer: closedform show {value}"
            if action.dest == "command" and value == "help":
                near = "closedform COMMAND --help says what a command takes"
            raise argparse.ArgumentError(action, f"unknown {str(value)!r}; {near}")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        more = "" if " " in self.prog else f"`{self.prog} --help` says what each command does\n"
        self.exit(2, f"error: {printable(message)}\n{more}")


class _Once(argparse.Action):
    """An option with one value: of two that are given, the first would be lost in silence."""

    def __call__(
        self,
        _: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        given: set[str] = vars(namespace).setdefault("given", set())
        if option_string and self.dest in given:
            raise argparse.ArgumentError(self, "given twice; give it once, with all in it")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


def _parser(command: str) -> argparse.ArgumentParser:
    """The arguments of a command."""
    summary = COMMANDS[command][0]
    parser = _Parser(prog=f"closedform {command}", description=summary, epilog=EPILOG)
    parser.register("action", None, _Once)
    for names, options in arguments_of(command):
        parser.add_argument(*names, **options)  # type: ignore[arg-type]
    return parser


def _without_command(argv: Sequence[str]) -> int:
    """Say what there is, or that a command is unknown."""
    parser = _Parser(
        prog="closedform",
        description="Closed forms of what neural-network layers cost, and verdicts on formulas.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"closedform {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (summary, _) in COMMANDS.items():
        commands.add_parser(name, help=summary)
    if not argv:
        parser.print_help(sys.stderr)
    elif argv[0].startswith("-") and argv[0] not in _ALONE:
        parser.error(_not_taken("closedform", argv[0], _ALONE))
    else:
        parser.parse_args(argv)
    return 2
