"""The one printer: a result in the format that was asked for, and formulas from standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any

from closedform.commands.terminal import coloured, columns_of, takes_colour
from closedform.errors import ClosedformError, printable
from closedform.files import MAX_BYTES, decoded, is_file
from closedform.later import json, regex
from closedform.records import replace
from closedform.typeset.notation import Notation
from closedform.typeset.own_notation import lookup
from closedform.typeset.width import COLUMN
from closedform.typeset.wrapping import fitted

if TYPE_CHECKING:
    from closedform.typeset.tables import Table

# Signs that a terminal obeys and JSON lets stand.
_CONTROL, _NOT_ASCII = regex("[\x7f-\x9f]"), regex("[\x7f-\U0010ffff]")
#: So many pieces are printed at once.
AT_ONCE = 1024
#: Exit codes: all as expected, something refuted, bad input, something undecided.
EXPECTED, REFUTED, BAD_INPUT, UNDECIDED = 0, 1, 2, 3


def exit_code(unexpected: Iterable[str]) -> int:
    """1 where a verdict other than the expected one is definite, then 2 for what is not read."""
    codes = {
        "refuted": REFUTED, "proven": REFUTED, "errors": BAD_INPUT, "undecided": UNDECIDED,
    }  # fmt: skip
    return min((codes[kind] for kind in unexpected), default=EXPECTED)


def emit(
    args: argparse.Namespace,
    *,
    text: Callable[[], str],
    latex: Callable[[], str],
    markdown: Callable[[], str],
    data: Callable[[], object],
) -> None:
    """Print the result in ``args.format``; only that form is made."""
    forms = {"text": text, "latex": latex, "markdown": markdown, "json": data}
    _emit_made(args, forms[args.format]())


def _emit_made(args: argparse.Namespace, made: Any) -> None:
    if args.format == "json":
        emit_pieces(args, json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(made))
    else:
        emit_pieces(args, [made.rstrip("\n")])


def emit_pieces(args: argparse.Namespace, pieces: Iterable[str]) -> None:
    """Print a text in ``args.format`` piece by piece, and the end of its last line.

    A hundred thousand verdicts are longer as a text than they are.
    """
    plain = _escaped if args.format in ("json", "sarif") else _fitting(args)
    left, end = iter(pieces), ""
    while block := [*islice(left, AT_ONCE)]:
        sys.stdout.write(plain("".join(block)))
        end = "\n"
    sys.stdout.write(end)


def _escaped(written: str) -> str:
    """JSON without signs that a terminal obeys, and without those that the stream lacks."""
    lacks = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    signs = _NOT_ASCII if lacks else _CONTROL
    return signs.sub(lambda sign: json.dumps(sign[0])[1:-1], written)


def _fitting(args: argparse.Namespace) -> Callable[[str], str]:
    """How a text is changed for where it is printed."""
    room = columns_of(sys.stdout) if args.format == "text" else None
    in_colour = args.format == "text" and takes_colour(sys.stdout)

    def fitting(shown: str) -> str:
        shown = "\n".join(map(printable, shown.split("\n")))
        shown = fitted(shown, room) if room else shown
        return coloured(shown) if in_colour else shown

    return fitting


def emit_results(args: argparse.Namespace, results: Sequence[Any], *given: Notation) -> None:
    """Print results that know every form; in JSON several are a list.

    ``given`` is the notation, for those that take one.
    """
    made = [getattr(result, f"to_{args.format}")(*given) for result in results]
    if args.format != "json":
        _emit_made(args, "\n\n".join(made))
    else:
        _emit_made(args, made[0] if len(made) == 1 else made)


def emit_table(args: argparse.Namespace, made: Table) -> None:
    """Print a table, which knows every form.

    Raises:
        ClosedformError: a label for a tabular alone, either of them for what is no LaTeX.
    """
    alone, label = vars(args).get("tabular", False), vars(args).get("label", "")
    if alone and label:
        raise ClosedformError("--label has no place in a tabular alone", "leave one of them out")
    if (alone or label) and args.format != "latex":
        option = "--tabular" if alone else "--label"
        raise ClosedformError(f"{option} is for LaTeX alone", "add --format latex, or leave it out")
    forms = {
        "text": lambda: made.to_text(columns_of(sys.stdout) or inf),
        "latex": made.to_tabular if alone else lambda: made.to_latex(label=label),
    }
    _emit_made(args, forms.get(args.format, getattr(made, f"to_{args.format}"))())


def letters(args: argparse.Namespace) -> Notation:
    """The notation that was asked for, in lines of the paper."""
    return in_columns(args, lookup(args.notation))


def in_columns(args: argparse.Namespace, notation: Notation) -> Notation:
    """The notation; its lines are as wide as those of the paper."""
    return replace(notation, line=COLUMN) if vars(args).get("columns") == "two" else notation


def formula(argument: str) -> str:
    """The formula itself, or standard input where the argument is ``-``.

    Raises:
        ClosedformError: the name of a document, which other commands read; no UTF-8.
    """
    if argument == "-":
        return decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input").strip()
    _, point, suffix = argument.rpartition(".")
    if point and suffix.isalpha() and suffix != "onnx" and is_file(argument):
        raise ClosedformError(
            f"{argument} is a file, where a layer or a formula is expected",
            "`closedform check` checks the claims in it, `closedform scan` lists its formulas",
        )
    return argument
