"""A verdict as a LaTeX sentence, for a referee's report."""

from __future__ import annotations

from closedform.errors import ClosedformError
from closedform.language.parser import parse
from closedform.typeset.latex import latex
from closedform.verbs.verdict import Verdict


def verdict_latex(verdict: Verdict) -> str:
    """One paragraph: the verdict, the difference, a counterexample and when the claim would hold."""
    sentences = [rf"\textbf{{{verdict.verdict.capitalize()}.}}"]
    if verdict.method:
        sentences.append(f"Method: {_prose(verdict.method)}.")
    if verdict.difference:
        sentences.append(f"Left minus right is ${_math(verdict.difference)}$.")
    if verdict.witness:
        values = ", ".join(f"${_math(n)} = {x}$" for n, x in verdict.witness["values"].items())
        at = f"For {values} the" if values else "The"
        left, right = _math(verdict.witness["left"]), _math(verdict.witness["right"])
        sentences.append(f"{at} left side is ${left}$ and the right side is ${right}$.")
    if verdict.holds_when:
        ways = " or ".join(_equations(way) for way in verdict.holds_when)
        sentences.append(f"It holds only when {ways}.")
    sentences += [f"{_prose(line)}." for line in verdict.diagnosis]
    if verdict.reason:
        sentences.append(f"{_prose(verdict.reason)}.")
    return "\n".join(sentences)


def _equations(way: str) -> str:
    return " and ".join(
        "$" + " = ".join(_math(side) for side in equation.split(" = ")) + "$"
        for equation in way.split(" and ")
    )


def _math(written: str) -> str:
    """The LaTeX of a formula that closedform printed as text."""
    try:
        return latex(parse(written))
    except ClosedformError:
        return rf"\text{{{_prose(written)}}}"


def _prose(written: str) -> str:
    """Text with LaTeX's own signs escaped, and the signs that fonts lack in maths."""
    signs = {
        "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "²": "$^2$", "³": "$^3$", "−": "$-$", "·": r"$\cdot$", "×": r"$\times$", "≈": r"$\approx$",
        "≠": r"$\neq$", "⌊": r"$\lfloor$", "⌋": r"$\rfloor$", "⌈": r"$\lceil$", "⌉": r"$\rceil$",
    }
    return "".join(signs.get(c, c) for c in written)
