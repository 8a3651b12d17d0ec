"""What was typed behind a command: its arguments, or the sentence that says what is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

from closedform.commands.terminal import columns_of
from closedform.commands.usage import COMMANDS, arguments_of, options_of
from closedform.errors import ClosedformError, UnknownName, suggestion

EPILOG = "exit codes: 0 all as expected, 1 something refuted, 2 bad input, 3 something undecided"


def arguments(command: str, words: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command.

    Raises:
        ClosedformError: an option that is none, one too many, too few, or an unknown value.
    """
    parser = Parser(prog=f"closedform {command}", description=COMMANDS[command][0])
    parser.register("action", None, _Once)
    for names, options in arguments_of(command):
        parser.add_argument(*names, **options)  # type: ignore[arg-type]
    args, unknown = parser.parse_known_args(words)
    if unknown:
        if "/" in words:
            together = " ".join(word for word in words if not word.startswith("-"))
            hint = f'quotes hold together what is one: "{together}"'
            raise ClosedformError(f"{unknown[0]!r} is one argument too many", hint)
        raise not_taken(command, unknown[0], sorted(options_of(command)))
    return args


def not_taken(command: str, given: str, options: Sequence[str]) -> ClosedformError:
    """Why an argument is none of a command's options, and what takes it."""
    if not given.startswith("-"):
        hint = 'quotes hold together what is one: "k=3, M=64"'
        return ClosedformError(f"{given!r} is one argument too many", hint)
    option = given.partition("=")[0]
    others = ", ".join(other for other in COMMANDS if option in options_of(other))
    said = f"{command} takes no {given}" + (f", an option of {others}" if others else "")
    hint = suggestion(option, options) or f"`closedform {command} --help` says what it takes"
    return ClosedformError(said, hint)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are those of everything else, and name what is near."""

    def __init__(self, **given: Any) -> None:
        # As wide as the terminal is: argparse loads shutil to ask for it, for every command.
        given["formatter_class"] = partial(
            argparse.HelpFormatter, width=(columns_of(sys.stdout) or 80) - 2
        )
        # An option by its whole name: --for would be read as --format where there is none.
        super().__init__(allow_abbrev=False, epilog=EPILOG, **given)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            raise UnknownName(action.dest, value, map(str, action.choices))

    def error(self, message: str) -> NoReturn:
        """Raise what argparse says."""
        raise ClosedformError(message, f"`{self.prog} --help` says what it takes")


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
