"""``closedform verify``: the verdict on each claim."""

from __future__ import annotations

import argparse

from closedform.commands.output import (
    emit_results,
    exit_code,
    formula,
    in_columns,
)
from closedform.errors import ClosedformError, printable
from closedform.records import NamedTuple, replace
from closedform.typeset.displayed import indented
from closedform.typeset.escapes import markdown_code, markdown_words
from closedform.typeset.prose import Code, in_latex
from closedform.verdicts.verdict import Verdict
from closedform.verdicts.verify import verify


def run(args: argparse.Namespace) -> int:
    """Print a verdict for every claim; one that cannot be read does not stop the others."""
    pairs = [_name(pair) for pair in args.name or []]
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ClosedformError("two --name are of one word", "give each word one symbol")
    results = [_result(formula(claim), args, names) for claim in args.claims]
    emit_results(args, results)
    return exit_code(result.verdict for result in results if result.verdict != "proven")


class _Unread(NamedTuple):
    """A claim that cannot be read, told in the place of its verdict."""

    claim: str
    error: ClosedformError
    verdict: str = "errors"

    def to_text(self) -> str:
        return f"error: {printable(self.claim)}\n{indented(str(self.error))}"

    def to_latex(self) -> str:
        return in_latex(("Error in ", Code(self.claim), f": {self.error.problem}."))

    def to_markdown(self) -> str:
        said = markdown_words(self.error.problem)
        return f"**error**: {markdown_code(self.claim)}\n\n- {said}"

    def to_json(self) -> dict[str, object]:
        return {"claim": self.claim, "error": str(self.error)}


def _result(claim: str, args: argparse.Namespace, names: dict[str, str]) -> Verdict | _Unread:
    try:
        verdict = verify(claim, target=args.target, where=args.where, names=names)
        return replace(verdict, notation=in_columns(args, verdict.notation))
    except ClosedformError as error:
        return _Unread(claim, error)


def _name(pair: str) -> tuple[str, str]:
    word, equals, symbol = pair.rpartition("=")
    if not (word.strip() and equals and symbol.strip()):
        raise ClosedformError(f"--name {pair!r} is no pair", "write --name WORD=SYMBOL")
    return word.strip(), symbol.strip()
