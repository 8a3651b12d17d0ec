"""``closedform verify``: the verdict on each claim."""

from __future__ import annotations

import argparse

from closedform.commands.output import BAD_INPUT, EXPECTED, REFUTED, UNDECIDED, emit, formula
from closedform.errors import ClosedformError, printable
from closedform.typeset.escapes import markdown_code, markdown_words
from closedform.typeset.prose import Code, in_latex
from closedform.verdicts.verdict import Verdict
from closedform.verdicts.verify import verify


def run(args: argparse.Namespace) -> int:
    """Print a verdict for every claim; one that cannot be read does not stop the others."""
    names = dict(_name(pair) for pair in args.name or [])
    results = [_result(formula(claim), args, names) for claim in args.claims]
    emit(
        args,
        text=lambda: "\n\n".join(_text(claim, result) for claim, result in results),
        latex=lambda: "\n\n".join(
            result.to_latex()
            if isinstance(result, Verdict)
            else in_latex(("Error in ", Code(claim), f": {result.problem}."))
            for claim, result in results
        ),
        markdown=lambda: "\n\n".join(
            result.to_markdown()
            if isinstance(result, Verdict)
            else f"**error**: {markdown_code(claim)}\n\n- {markdown_words(result.problem)}"
            for claim, result in results
        ),
        data=lambda: _data(*results[0]) if len(results) == 1 else [_data(*r) for r in results],
    )
    verdicts = [r.verdict if isinstance(r, Verdict) else "error" for _, r in results]
    for kind, code in (("refuted", REFUTED), ("error", BAD_INPUT), ("undecided", UNDECIDED)):
        if kind in verdicts:
            return code
    return EXPECTED


def _result(
    claim: str, args: argparse.Namespace, names: dict[str, str]
) -> tuple[str, Verdict | ClosedformError]:
    try:
        return claim, verify(claim, target=args.target, where=args.where, names=names)
    except ClosedformError as error:
        return claim, error


def _name(pair: str) -> tuple[str, str]:
    word, equals, symbol = pair.rpartition("=")
    if not (word.strip() and equals and symbol.strip()):
        raise ClosedformError(f"--name {pair!r} is no pair", "write --name WORD=SYMBOL")
    return word.strip(), symbol.strip()


def _text(claim: str, result: Verdict | ClosedformError) -> str:
    if isinstance(result, Verdict):
        return str(result)
    return f"error: {printable(claim)}\n" + "\n".join(
        f"  {line}" for line in str(result).splitlines()
    )


def _data(claim: str, result: Verdict | ClosedformError) -> dict[str, object]:
    if isinstance(result, Verdict):
        return result.to_json()
    return {"claim": claim, "error": str(result)}
