"""The command line: what can be typed, as tables; each command is a file in
:mod:`closedform.commands`.

Nothing here imports SymPy, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from closedform._version import __version__
from closedform.errors import ClosedformError

Argument = tuple[tuple[str, ...], dict[str, object]]

FORMATS = ("text", "latex", "markdown", "json")
MEASURES = ("params", "macs", "flops", "activations")


def _argument(*names: str, **options: object) -> Argument:
    return names, options


_LAYERS = _argument(
    "layers",
    nargs="+",
    metavar="LAYER",
    help="a layer or sum: conv(k=3, bias) + 2 linear; - is stdin",
)
_CONVENTION = _argument(
    "--convention", default="exact", metavar="NAME", help="how FLOPs are counted (list conventions)"
)
_NOTATION = _argument(
    "--notation",
    default="source",
    metavar="NAME",
    help="letters of a paper, or a TOML file of your own",
)
_STEPS = _argument("--steps", action="store_true", help="with the derivation, every step proven")

#: Every command: what it does, and its arguments.
COMMANDS: dict[str, tuple[str, tuple[Argument, ...]]] = {
    "show": ("closed forms of layers", (_LAYERS, _CONVENTION, _NOTATION)),
    "ratio": (
        "one layer over another, simplified",
        (
            _argument("numerator", metavar="A", help="a layer or sum of layers"),
            _argument("denominator", metavar="B", help="a layer or sum of layers"),
            _STEPS,
            _CONVENTION,
            _NOTATION,
        ),
    ),
    "derive": (
        "a closed form or a saving, step by step, every step proven",
        (
            _argument("layers", metavar="LAYER", help='a layer, or a quotient such as "A / B"'),
            _argument("--measure", choices=(*MEASURES, "all"), help="which cost is derived"),
            _CONVENTION,
            _NOTATION,
        ),
    ),
    "solve": (
        "for which sizes a cost meets a budget, or two designs break even",
        (
            _argument("claim", metavar="RELATION", help='such as "macs(conv(k=3, M=64)) <= 100M"'),
            _argument("--for", dest="symbol", required=True, metavar="SYMBOL", help="the unknown"),
            _argument("--where", metavar="CONDITIONS", help='such as "k = 3, g | M"'),
            _NOTATION,
        ),
    ),
    "count": (
        "exact numbers",
        (
            _LAYERS,
            _CONVENTION,
            _argument(
                "--measure",
                action="append",
                choices=MEASURES,
                help="only this one; may be repeated",
            ),
        ),
    ),
    "verify": (
        "a verdict on each claim",
        (
            _argument(
                "claims", nargs="+", metavar="CLAIM", help="a = b, a chain, or a quoted text"
            ),
            _argument(
                "--is", dest="target", metavar="TARGET", help="what the quoted text claims to be"
            ),
            _argument("--where", metavar="CONDITIONS", help='such as "N = M, g | M, k >= 2"'),
            _argument(
                "--name",
                action="append",
                metavar="WORD=SYMBOL",
                help="a word of the text is this symbol",
            ),
        ),
    ),
    "check": (
        "the claims of TOML, Markdown and LaTeX files",
        (
            _argument(
                "files", nargs="+", metavar="FILE", help="*.toml, *.md, *.tex, or - for stdin"
            ),
            _argument("--watch", action="store_true", help="check again whenever a file is saved"),
        ),
    ),
    "list": (
        "what there is",
        (_argument("what", choices=("layers", "conventions", "notations", "networks")),),
    ),
}

EPILOG = "exit codes: 0 all as expected, 1 something refuted, 2 bad input, 3 something undecided"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    command = importlib.import_module(f"closedform.commands.{args.command}")
    try:
        return int(command.run(args))
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="closedform",
        description="Closed forms of what neural-network layers cost, and verdicts on formulas.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"closedform {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (summary, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary, epilog=EPILOG)
        for names, options in arguments:
            command.add_argument(*names, **options)  # type: ignore[arg-type]
        command.add_argument("--format", choices=FORMATS, default="text", help="how it is printed")
    return parser
