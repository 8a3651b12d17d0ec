"""The readers of documents: what is a claim, where it stands, and what is none."""

from __future__ import annotations

import errno
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closedform.cli import main
from closedform.documents import directive
from closedform.documents.checking import Checked, Heading, check_claim, check_file
from closedform.documents.claim import Problem, QuotedClaim, place_of
from closedform.documents.formats import latex, markdown, notebook, rst, toml_claims
from closedform.documents.plain.rows import equations
from closedform.documents.reader import read_file, read_text
from closedform.documents.reports.table import markdown_row, report_markdown, report_text, text_row
from closedform.documents.scanning import plain_formulas
from closedform.documents.suffixes import SUFFIXES
from closedform.documents.watch import saved
from closedform.errors import ClosedformError, TooLarge, UnknownName
from closedform.files import UnreadableFile
from closedform.language.macros import MAX_LENGTH, Macros

DATA = Path(__file__).parent / "data" / "documents"

#: A directive with a short target, and the row that a claim is compared by.
A, B, C = (f"<!-- closedform: {target} -->" for target in "ABC")
CODE = "<!-- closedform: C; in code -->"
Row = tuple[str, str | None, int, int] | tuple[str, int, int]


def rows(found: list[QuotedClaim | Problem]) -> list[Row]:
    """Claims as (text, target, line, end), problems as (first line of message, line, end)."""
    return [
        (one.text, one.target, one.line, one.end)
        if isinstance(one, QuotedClaim)
        else (one.message.split("\n")[0], one.line, one.end)
        for one in found
    ]


LEFT_OVER = "no formula comes after this directive, which stands before its formula"


# Directives


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("params(conv(bias))", ("params(conv(bias))", None, "proven")),
        ("", (None, None, "proven")),
        ("; expect refuted", (None, None, "refuted")),
        ("where N = M", (None, "N = M", "proven")),
        (
            "macs(conv) where k = 3, g | M; expect undecided",
            ("macs(conv)", "k = 3, g | M", "undecided"),
        ),
        ("f(a where b; c) where d = 1", ("f(a where b; c)", "d = 1", "proven")),
        ("whereabouts + expected", ("whereabouts + expected", None, "proven")),
        ("a\n  + b；expect refuted", ("a + b", None, "refuted")),
        ("a; expect: refuted", ("a", None, "refuted")),
        ("(a ; expect refuted", ("(a ; expect refuted", None, "proven")),
    ],
)
def test_directive(body: str, expected: tuple[str | None, str | None, str]) -> None:
    said = directive.parse(body)
    assert (said.target, said.where, said.expect) == expected


def test_options_of_a_directive() -> None:
    said = directive.parse("≈ A; in code; names Cin = M, 输入 = N; expect refuted")
    assert (said.target, said.in_code, said.expect) == ("≈ A", True, "refuted")
    assert said.names == {"Cin": "M", "输入": "N"}
    assert directive.parse("A; names = {Cin = M, Cout = N}").names == {"Cin": "M", "Cout": "N"}
    with pytest.raises(ClosedformError, match="'Cin' names nothing"):
        directive.parse("A; names Cin")
    with pytest.raises(ClosedformError, match="'D' stands for two symbols"):
        directive.parse("A; names D = H, D = W")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a; expect refutd", "did you mean refuted?"),
        ("a; expect", "known: proven, refuted, undecided"),
        ("a; expect disproven", "did you mean refuted?"),
        ("a; expect true", "did you mean proven?"),
        ("a; expect Proven", "did you mean proven?"),
        ("a expect refuted", "write a; expect refuted"),
        (" a, expect refuted", "write a; expect refuted"),
        (
            "a; exepct refuted",
            "behind `;` stands `expect VERDICT`, `names …` or `in code`, not 'exepct",
        ),
        ("a; where N = M", "behind `;` stands"),
        ("a where ; expect refuted", "no condition after `where`"),
    ],
)
def test_misspelt_directive(body: str, said: str) -> None:
    with pytest.raises(ClosedformError) as error:
        directive.parse(body)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("comment", "count"),
    [
        ("closedform: a", 1),
        ("closedform", 1),
        ("Closedform : a", 1),
        ("closedform：a", 1),
        ("closedform; expect refuted", 1),
        ("closedform params(conv)", 1),  # no colon: a problem, not a silence
        ("closdform: params(conv)", 1),
        ("closed-form: params(conv)", 1),
        ("closed form: params(conv)", 1),
        ("closedform = params(conv)", 1),
        ("closedform - params(conv)", 1),
        ("closedform.: params(conv)", 1),
        ("closedform is macs(conv)", 1),
        ("closedform kv_cache(attention)", 1),
        ("closedform:: params(conv)", 1),
        ("close form: params(conv)", 1),
        ("@closedform: a", 1),
        ("- closedform: a", 1),
        ("a remark\nclosedform: a\n closedform: b", 2),
        ("closedform is a tool", 0),
        ("closedform - a tool", 0),
        ("open-form: params(conv)", 0),
        ("closedform: a % closedform: b %% closedform", 3),
        ("closedform checks these formulas", 0),
        ("closed form: k^2", 0),
        ("see closedform: a", 0),
        ("closedforms", 0),
        ("", 0),
    ],
)
def test_which_comments_are_directives(comment: str, count: int) -> None:
    assert len(directive.read(comment, line=1, end=1)) == count


# Markdown

MARKDOWN: list[tuple[str, list[Row]]] = [
    # every way to write a formula
    (f"{A}\n$k^2 M$", [("k^2 M", "A", 2, 2)]),
    (f"{A}\n$$k^2 M$$", [("k^2 M", "A", 2, 2)]),
    (f"{A}\n\n$$\nk^2\n+ M\n$$\n", [("k^2\n+ M", "A", 3, 6)]),
    (f"{A}\n$$\nk^2\nM~N\n$$\n", [("k^2\nM~N", "A", 2, 5)]),
    (rf"{A} \(k^2\)", [("k^2", "A", 1, 1)]),
    (f"{A}\n\\[\nk^2\n\\]", [("k^2", "A", 2, 4)]),
    (rf"{A} \\(k^2\\) \\[x\\]", [("k^2", "A", 1, 1)]),
    (f"{A}\n\\begin{{equation}}\nk\n\\end{{equation}}", [("k", "A", 2, 4)]),
    (
        f"{A}\n\\begin{{cases}}\nk & M = 1\n\\end{{cases}}",
        [("\\begin{cases}\nk & M = 1\n\\end{cases}", "A", 2, 4)],
    ),
    (f"{A}\n```math\nk^2\n```\n", [("k^2", "A", 2, 4)]),
    (f"{A}\n```{{math}}\n:label: x\n\nk^2\n```\n", [("k^2", "A", 2, 6)]),
    (f"{A} $`k^2`$", [("k^2", "A", 1, 1)]),
    (f"{A} $ k * M $", [("k * M", "A", 1, 1)]),
    # a directive governs the next formula, in order
    (f"$x$ {A} and $y$, $z$", [("y", "A", 1, 1)]),
    (f"{A} {B} $x$\n$y$, $z$", [("x", "A", 1, 1), ("y", "B", 2, 2)]),
    (f"{A}\n{B}\n\n$x$, $y$", [("x", "A", 4, 4), ("y", "B", 4, 4)]),
    (f"{A} $x$ {B} $y$", [("x", "A", 1, 1), ("y", "B", 1, 1)]),
    (f"$x$ {A}", [(LEFT_OVER, 1, 1)]),
    # one without a formula is an error at its own line, and the next keeps its own
    *(
        (f"{A} {other}\n\n{B}\n$y$", [(LEFT_OVER, 1, 1), ("y", "B", 4, 4)])
        for other in ("`x`", "x = y", "$ x$", "$x $", ":::{maths}", "![x](x.png)")
    ),
    # nor does it reach past the next paragraph, to which its display belongs
    (f"{A}\n\none\n\nother $y$", [(LEFT_OVER, 1, 1)]),
    (f"{A} one\n\nother $y$", [("y", "A", 3, 3)]),
    (f"{A}\n\none\n\n$$y$$", [("y", "A", 5, 5)]),
    (f"{A}\n\none\n\ntwo\n\n$$y$$", [(LEFT_OVER, 1, 1)]),
    (f"{A} $x$ {B}\n\none $y$\n\n$z$", [("x", "A", 1, 1), ("y", "B", 3, 3)]),
    (f"{A} {B}\n\n$x$\n\none $y$", [("x", "A", 3, 3), ("y", "B", 5, 5)]),
    # MyST and Quarto
    (f"{A} {{math}}`n_hd_h`", [("n_hd_h", "A", 1, 1)]),
    (f"{A}\n:::{{math}}\n:label: x\nk^2\n:::\n", [("k^2", "A", 2, 5)]),
    ("% closedform: A\n$x$", [("x", "A", 2, 2)]),
    ("% remark $x$\n% closdform: A\n$x$", [("no directive is called 'closdform'", 2, 2)]),
    (f"{A}\n$$\nk^2\n$$ {{#eq-k}}", [("k^2", "A", 2, 4)]),
    (f"{A}\n```{{math}} k^2\n```\n", [("k^2", "A", 2, 3)]),
    (f"{A}\n```{{math}}\n---\nlabel: x\n---\nk^2\n```\n", [("k^2", "A", 2, 7)]),
    (rf"{A} \ensuremath{{k^{{2}}}}", [("k^{2}", "A", 1, 1)]),
    (f"```{{=latex}}\n\\newcommand{{\\x}}{{k}}\n```\n{A} $\\x$", [("k", "A", 4, 4)]),
    # comments in other forms
    ("[//]: # (closedform: A)\n$x$", [("x", "A", 2, 2)]),
    ("{/* closedform: A */}\n$x$", [("x", "A", 2, 2)]),
    ("<!--- closedform: A --->\n$x$", [("x", "A", 2, 2)]),
    (f"{A} <a href='$x$' title=\"$y$\">$z$</a>", [("z", "A", 1, 1)]),
    (f"{A} if x <y and $z=1$, or y >0", [("z=1", "A", 1, 1)]),
    (f"::: {{.callout}}\n{A}\n$k$\n:::", [("k", "A", 3, 3)]),
    # code, for a directive that asks for it
    (f"{CODE} $y$ `k*M`", [("k*M", "C", 1, 1)]),
    (f"{CODE} {A} `k*M` $y$", [("k*M", "C", 1, 1), ("y", "A", 1, 1)]),
    (f"{CODE}\n$y$", [(LEFT_OVER, 1, 1)]),
    (f"{CODE}\n```python\np = k*M\n```\n`k`", [("p = k*M", "C", 2, 4)]),
    (
        f"> {CODE}\n> {CODE}\n> ~~~\n> a = (k +  # area\n>   M)\n>\n> # area\n> return b;\n> ~~~",
        [("a = (k + M)", "C", 3, 5), ("b", "C", 8, 8)],
    ),
    (
        f"{CODE}\n```python\nimport math\n\n@cache\ndef f(k, M):\n    'Area'\n    return k*M\n```",
        [("k*M", "C", 2, 9)],
    ),
    (
        f'{CODE}\n```python\ndef f(k, M):\n    """Area\n    of it"""\n    p: int = k*M\n```',
        [("p = k*M", "C", 2, 7)],
    ),
    (f"{CODE}\n```\nconst p = k*M;\n```", [("p = k*M", "C", 2, 4)]),
    (f"{CODE}\n```python\nassert p == k*M\n```", [("p == k*M", "C", 2, 4)]),
    (f"{CODE}\n```python\nprint(k*(M))\n```", [("k*(M)", "C", 2, 4)]),
    (f"{CODE}\n```python\nf = lambda k, M: k*M\n```", [("k*M", "C", 2, 4)]),
    (f"{A} one\n\n```\nk\n```\n\n$y$", [("y", "A", 7, 7)]),
    (f"> {A}\n> {B}\n> $x$, $y$", [("x", "A", 3, 3), ("y", "B", 3, 3)]),
    (f"{A}\n<!-- a remark -->\n{B}\n$x$, $y$", [("x", "A", 4, 4), ("y", "B", 4, 4)]),
    (f"$x$\n{A}\n{B} $y$", [("y", "A", 3, 3), (LEFT_OVER, 3, 3)]),
    ("<!-- closedform:\n  A\n  where k = 3 -->\n$x$", [("x", "A", 4, 4)]),
    ("<!-- closedform -->$a = b$", [("a = b", None, 1, 1)]),
    ("$x$ and $y$", []),
    # a misspelt directive is spent on its formula, so that the others keep theirs
    (
        f"<!-- closedform: A; expect refutd --> {B}\n$x$ $y$",
        [("no verdict is called 'refutd'", 1, 1), ("y", "B", 2, 2)],
    ),
    ("$x$\n<!-- closedform: A", [("this directive is never closed: no -->", 2, 2)]),
    # prices are prices
    (f"{A} costs $5 and $10 for $k$", [("k", "A", 1, 1)]),
    (f"{A} costs $5, in all US$10; $k$", [("k", "A", 1, 1)]),
    (f"{A} 5 $ and 10 $ for $k$", [("k", "A", 1, 1)]),
    (rf"{A} \$x$ then $k$", [("k", "A", 1, 1)]),
    (rf"{A} $a\$b$", [(r"a\$b", "A", 1, 1)]),
    (rf"{A} $k \text{{ for $k=3$}}$", [(r"k \text{ for $k=3$}", "A", 1, 1)]),
    (f"{A} costs $5\n\nand x$ for $k$", [("k", "A", 3, 3)]),
    (rf"{A} \[1\] and \(see below\) $k$", [("k", "A", 1, 1)]),
    # what holds no formula and no directive
    (f"{A} `$x$` ``a ` $y$`` $z$", [("z", "A", 1, 1)]),
    (f"{A} ` $x$", [("x", "A", 1, 1)]),
    (f"`{A}` $x$", []),
    (f"```\n{A}\n$x$\n```\n$y$", []),
    (f"{A}\n```python\n$x$\n```\n$y$", [("y", "A", 5, 5)]),
    (f"{A}\n~~~\n$x$\n```\n$x$\n~~~~\n$y$", [("y", "A", 7, 7)]),
    (f"{A}\n````\n```\n$x$\n````\n$y$", [("y", "A", 6, 6)]),
    (f"{A}\n- item\n\n  ```\n  $x$\n  ```\n\n  $y$", [("y", "A", 8, 8)]),
    (f"{A}\n```\n$x$", [(LEFT_OVER, 1, 1)]),
    (f"{A}\n``` not a `fence` ``` $x$", [("x", "A", 2, 2)]),
    (f"{A}\n> ```\n> $x$\n\n$y$", [("y", "A", 5, 5)]),
    (f"{A} <!-- $x$ --> $y$", [("y", "A", 1, 1)]),
    (f"{A} <code>$x$</code> <pre>\n$x$</pre> $y$", [("y", "A", 2, 2)]),
    (f"---\na: $x$ {A}\n---\n$y$", []),
    (f"---\n\n{A} $x$\n\n---\n", [("x", "A", 3, 3)]),  # a rule, no front matter
    (f"+++\na = '{A}'\n+++\n{B}$y$", [("y", "B", 4, 4)]),
    (f"{A} one\n\n    $x$\n\n$y$", [("y", "A", 5, 5)]),
    (f"{A}\n\n\t$x$\n\n    $z$\n\n$y$", [("y", "A", 7, 7)]),
    (f"{CODE} one\n\n    k*M\n", [("k*M", "C", 3, 3)]),
    (f"{A} a$b$c $y$", [("y", "A", 1, 1)]),
    # indented, and no code: lists, notes, tabs
    (f"{A} one\n    $x$", [("x", "A", 2, 2)]),
    (f"- {A} one\n\n    $x$", [("x", "A", 3, 3)]),
    (f"1. one\ntwo\n\n    {A}\n\n    $x$", [("x", "A", 6, 6)]),
    (f"!!! note\n\n    {A} $x$", [("x", "A", 3, 3)]),
    (f"[^1]: one\n\n    {A}\n\n    $x$", [("x", "A", 5, 5)]),
    # quotations, tables, lists
    (f"> {A}\n> $$\n> a\n> > b\n> $$", [("a\n> b", "A", 2, 5)]),
    (f"| {A} $x$ | {B} $y$ |", [("x", "A", 1, 1), ("y", "B", 1, 1)]),
    # an opening without an end takes nothing else with it
    (
        f"{A} {B}\n$$ k^2\n\n$y$",
        [("the formula that begins here with $$ is never closed", 2, 2), ("y", "B", 4, 4)],
    ),
    (f"{A}\n$$\na\n\n= b\n$$", [("a\n= b", "A", 2, 6)]),
    (f"{A} $$$$ $$ $$ $x$", [("x", "A", 1, 1)]),
    # any script, any line end
    (f"参数量 {A}\r\n\r\n$输入 \\times k$\r\n", [("输入 \\times k", "A", 3, 3)]),
    (f"\ufeff{A}\r$x$", [("x", "A", 2, 2)]),
    # abbreviations
    (rf"$\newcommand{{\x}}{{k^2}}$ {A} $\x M$", [("k^2 M", "A", 1, 1)]),
    (rf"{A} $\newcommand{{\x}}{{k}}$ $\x M$", [("k M", "A", 1, 1)]),
    (
        rf"\def\x{{\y}}\def\y{{\x}} {A} {B} $\x$ $y$",
        [(r"\x is defined by itself", 1, 1), ("y", "B", 1, 1)],
    ),
    (f"---\nheader-includes: \\newcommand{{\\x}}{{k}}\n---\n{A} $\\x$", [("k", "A", 4, 4)]),
    # rows
    (
        f"{A} {B}\n$$\n\\begin{{align}}\na &= b \\\\\n&= c \\\\\nd &= e\n\\end{{align}}\n$$",
        [("a &= b \\\\\n&= c", "A", 2, 5), ("d &= e", "B", 6, 6)],
    ),
    (f"{A}\n$$\na \\\\\n% closedform: B\nb\n$$", [("a", "A", 2, 3), ("b", "B", 5, 5)]),
    (f"{A} $k &middot; M$", [("k &middot; M", "A", 1, 1)]),
    (f"{A} $81% M$", [("81% M", "A", 1, 1)]),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown(text: str, expected: list[Row]) -> None:
    assert rows(markdown.read(text)) == expected


# LaTeX

ENVIRONMENTS: list[tuple[str, list[Row]]] = [
    (f"% closedform: A\n\\begin{{{name}}}{columns}\nk\n\\end{{{name}}}", [("k", "A", 2, 4)])
    for name, columns in [
        *((name, "") for name in "equation equation* align align* gather multline".split()),
        *((name, "") for name in "eqnarray displaymath math flalign".split()),
        ("alignat", "{2}"),
        ("IEEEeqnarray", "{rCl}"),
    ]
]

UNTOUCHED: list[tuple[str, list[Row]]] = [
    (
        f"\\begin{{{name}}}\n% closedform: B\n$x$\n\\end{{{name}}}\n% closedform: A\n$y$",
        [("y", "A", 6, 6)],
    )
    for name in ("verbatim", "lstlisting", "minted", "comment", "Verbatim")
]

LATEX: list[tuple[str, list[Row]]] = [
    ("% closedform: A\n$k^2$", [("k^2", "A", 2, 2)]),
    ("%closedform: A\n$ k^2 $, 5", [("k^2", "A", 2, 2)]),
    ("% closedform\n$$ a = b $$", [("a = b", None, 2, 2)]),
    ("% closedform: A\n\\(k\\) \\[x\\]", [("k", "A", 2, 2)]),
    ("text % closedform: A\n\\[\n k\n\\]", [("k", "A", 2, 4)]),
    ("% closedform: A % closedform: B\n$x$ $y$", [("x", "A", 2, 2), ("y", "B", 2, 2)]),
    ("% closedform: A\n% closedform: B\n$x$\n$y$", [("x", "A", 3, 3), ("y", "B", 4, 4)]),
    ("$x$ % closedform: A\n", [(LEFT_OVER, 1, 1)]),
    ("% closedform: A\n\\ensuremath{k^{2}}, $y$", [("k^{2}", "A", 2, 2)]),
    # code, for a directive that asks for it
    ("% closedform: A; in code\n$x$ \\verb|k*M| ", [("k*M", "A", 2, 2)]),
    (
        "% closedform: A; in code\n\\begin{lstlisting}[language=Python]\nk*M\n\\end{lstlisting}",
        [("k*M", "A", 2, 4)],
    ),
    # what holds no formula
    ("% closedform: A\n% $x$\n100\\% $y$", [("y", "A", 3, 3)]),
    ("% closedform: A\n\\verb|$x$| \\verb*!$! $y$", [("y", "A", 2, 2)]),
    ("% closedform: A\n\\lstinline|$x$| \\lstinline{$x$} $y$", [("y", "A", 2, 2)]),
    ("% closedform: A\n\\mintinline{c}|$x$| $y$", [("y", "A", 2, 2)]),
    ("% closedform: A\n\\url{a%20b} $y$", [("y", "A", 2, 2)]),
    ("% closedform: A\n\\iffalse $x$ \\if a \\fi $x$ \\fi $y$", [("y", "A", 2, 2)]),
    ("% closedform: A\n\\iffalse $x$ \\else $y$ \\fi", [("y", "A", 2, 2)]),
    ("% closedform: A\n$a \\iff b$", [("a \\iff b", "A", 2, 2)]),
    ("% closedform: A\n\\end{document}\n$x$", [(LEFT_OVER, 1, 1)]),
    ("% closedform: A\n\\$x \\\\$y$", [("y", "A", 2, 2)]),
    # inside a formula
    ("% closedform: A\n$a % $x$\n+ b$", [("a\n+ b", "A", 2, 3)]),
    ("% closedform: A\n$a \\text{ if $b$}$", [("a \\text{ if $b$}", "A", 2, 2)]),
    ("% closedform: A\n\\[ a \\\\[2pt] = b \\]", [("a \\\\\n= b", "A", 2, 2)]),
    (
        "\\begin{align}\n% closedform: A\na &= b \\\\\n% closedform: B\nc &= d\n\\end{align}",
        [("a &= b", "A", 1, 3), ("c &= d", "B", 5, 5)],
    ),
    (
        "\\begin{align}\na &= b \\\\ % closedform: A\nc &= d % closedform: B\n\\end{align}",
        [("a &= b", "A", 1, 2), ("c &= d", "B", 3, 3)],
    ),
    ("\\begin{equation}\nk % closedform: A\n\\end{equation}", [("k", "A", 1, 3)]),
    (
        "% closedform: A\n\\begin{align}\na &= b \\\\ c &= d\n\\end{align}\n$x$",
        [("a &= b", "A", 2, 3)],
    ),
    (
        "% closedform\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n$x$",
        [("a &= b", None, 2, 3), ("c &= d", None, 4, 4)],
    ),
    # an opening without an end
    (
        "% closedform: A\n% closedform: B\n\\begin{equation}\nx\n\\begin{equation}y\\end{equation}",
        [
            ("the formula that begins here with \\begin{equation} is never closed", 3, 3),
            ("y", "B", 5, 5),
        ],
    ),
    (
        "% closedform: A\n% closedform: B\nA $ sign\n\n$x$",
        [("the formula that begins here with $ is never closed", 3, 3), ("x", "B", 5, 5)],
    ),
    # abbreviations
    ("\\newcommand{\\x}{C_{in}}\n% closedform: A\n$2\\x k$", [("2C_{in} k", "A", 3, 3)]),
    ("\\newcommand\\x{$y$}\n% closedform: A\n$k$", [("k", "A", 3, 3)]),
    ("\\newcommand{\\x}[1]{#1^2}\n% closedform: A\n$\\x k M$", [("k^2 M", "A", 3, 3)]),
    (
        "\\def\\be{\\begin{equation}}\\def\\ee{\\end{equation}}\n% closedform: A\n\\be\nk\n\\ee",
        [("k", "A", 3, 5)],
    ),
    (
        "\\newenvironment{q}{\\begin{math}}{\\end{math}}\n% closedform: A\n\\begin{q}k\\end{q}",
        [("k", "A", 3, 3)],
    ),
    (
        "% closedform: A\n\\begin{empheq}[box=\\fbox]{align}\nk\n\\end{empheq}\n$x$",
        [("k", "A", 2, 4)],
    ),
    (
        "% closedform: A\n\\begin{numcases}{f=}\nk & M > 1 \\\\ M & M = 1\n\\end{numcases}\n$x$",
        [("f=\\begin{cases}\nk & M > 1 \\\\ M & M = 1\n\\end{cases}", "A", 2, 4)],
    ),
    (
        "% closedform: A\n\\begin{cases}\nk & \\text{if $M = 1$}\n\\end{cases}\n$x$",
        [("\\begin{cases}\nk & \\text{if $M = 1$}\n\\end{cases}", "A", 2, 4)],
    ),
    ("% 参数 \r\n% closedform: A\r\n$k$\r\n", [("k", "A", 3, 3)]),
]


@pytest.mark.parametrize(("text", "expected"), [*LATEX, *ENVIRONMENTS, *UNTOUCHED])
def test_latex(text: str, expected: list[Row]) -> None:
    assert rows(latex.read(text)) == expected


# reStructuredText and notebooks

RST: list[tuple[str, list[Row]]] = [
    (".. closedform: A\n\nSee :math:`k^2`.", [("k^2", "A", 3, 3)]),
    (".. closedform: A\n\n.. math:: k\n   + M\n\nx", [("k\n+ M", "A", 3, 4)]),
    (".. closedform: A\n.. math::\n   :label: x\n\n   k\n", [("k", "A", 2, 5)]),
    (
        ".. closedform: A\n.. closedform: B\n\n.. math::\n\n   k\n\n   M\n\nN",
        [("k", "A", 4, 6), ("M", "B", 8, 8)],
    ),
    (".. closedform: A\n   where k = 3\n\n.. math:: k", [("k", "A", 4, 4)]),
    (".. note::\n\n   .. closedform: A\n\n   :math:`k`", [("k", "A", 5, 5)]),
    (".. closedform: A\n\n.. math:: k\n   :label: x\n", [("k", "A", 3, 3)]),
    (".. closedform: A\n\n.. Math::\n\n   k\n", [("k", "A", 3, 5)]),
    (".. closedform: A\n\nSee `k^2`:math:.", [("k^2", "A", 3, 3)]),
    (".. closedform: A; in code\n\n>>> k*M\n>>> 1\n", [("k*M", "A", 3, 4)]),
    # what holds no formula
    (".. closedform: A\n\n.. image:: a.png\n   :alt: :math:`x`\n\n:math:`k`", [("k", "A", 6, 6)]),
    (".. closedform: A\n\n``:math:`x``` :math:`k`", [("k", "A", 3, 3)]),
    (".. closedform: A\n\nAs follows::\n\n   :math:`x`\n\n:math:`k`", [("k", "A", 7, 7)]),
    (".. closedform: A\n\n.. a remark\n   :math:`x`\n\n:math:`k`", [("k", "A", 6, 6)]),
    (".. raw:: latex\n\n   :math:`x`\n\n.. closedform: A\n\nx", [(LEFT_OVER, 5, 5)]),
    (".. closdform: A", [("no directive is called 'closdform'", 1, 1)]),
    (".. closedform:: A", [("a comment has one colon: .. closedform: …", 1, 1)]),
    # code
    (".. closedform: A; in code\n\nSee ``k*M``.", [("k*M", "A", 3, 3)]),
    (".. closedform: A; in code\n\n.. code:: python\n\n   p = k*M\n", [("p = k*M", "A", 3, 5)]),
]


@pytest.mark.parametrize(("text", "expected"), RST)
def test_rst(text: str, expected: list[Row]) -> None:
    assert rows(rst.read(text)) == expected


def cells(*found: tuple[str, object]) -> str:
    held = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in found]
    return json.dumps({"cells": held, "nbformat": 4}, indent=1)


NOTEBOOKS: list[tuple[str, list[Row]]] = [
    (cells(("markdown", ["# T\n", f"{A}\n", "$k$"])), [("k", "A", 9, 9)]),
    (cells(("markdown", f"{A}\n$k$")), [("k", "A", 6, 6)]),
    (cells(("markdown", [A]), ("raw", "$x$"), ("markdown", ["$k$"])), [("k", "A", 19, 19)]),
    (cells(("markdown", [CODE]), ("code", ["# $x$\n", "k*M\n"])), [("k*M", "C", 14, 15)]),
    (cells(("markdown", [A]), ("code", ["'$x$'"])), [(LEFT_OVER, 7, 7)]),
    ("{}", [("a notebook without cells", 1, 1)]),
    ('{"cells": [1, {"source": 2}, {"cell_type": "code", "source": [3]}]}', []),
    ("[" * 99_999, [("not the JSON of a notebook", 1, 1)]),
]


@pytest.mark.parametrize(("text", "expected"), NOTEBOOKS)
def test_notebook(text: str, expected: list[Row]) -> None:
    assert rows(notebook.read(text)) == expected


# Rows and abbreviations


@pytest.mark.parametrize(
    ("body", "environment", "expected"),
    [
        (r"a &= b \\ &= c", "align", [r"a &= b \\| &= c"]),
        (r"a &= b \\ c &= d", "align", ["a &= b", "c &= d"]),
        (r"a &= b + \\ & c", "align", [r"a &= b + \\| & c"]),
        (r"a &= b \\ &\quad + c", "align", [r"a &= b \\| &\quad + c"]),
        (r"a &= \left( b \right. \\ c )", "align", [r"a &= \left( b \right. \\| c )"]),
        (r"a &= (b \\ c) \\ d &= e", "align", [r"a &= (b \\| c)", "d &= e"]),
        (r"a &\leq b \\ &\left(c\right)", "align", [r"a &\leq b \\| &\left(c\right)"]),
        (r"a &\leq b \\ \left(c\right) &= d", "align", [r"a &\leq b", r"\left(c\right) &= d"]),
        (r"a &= b & c &= d \\ &= e & &= f", "align", [r"a &= b \\| &= e", r"c &= d \\| &= f"]),
        (r"a &= b & \text{if } c = d", "align", [r"a &= b & \text{if } c = d"]),
        (r"a & = & b \\ & = & c", "eqnarray", [r"a & = & b \\| & = & c"]),
        (r"a = b \\ c \\ d", "multline", [r"a = b \\| c \\| d"]),
        (r"k^2 \\ M N \\", "gather", ["k^2", "M N"]),
        (r"\sum_{i=1}^n i \\ x", "gather", [r"\sum_{i=1}^n i", "x"]),
        (r"\begin{aligned}[t] a &= b \\ &= c \end{aligned}.", "", [r"a &= b \\| &= c"]),
        (r"\begin{array}{rcl} a & = & b \end{array}", "", ["a & = & b"]),
        (r"&& k^2 &&", "flalign", ["&& k^2 &&"]),
        (
            r"\left\{\begin{aligned} a &= b \\ c &= d \end{aligned}\right.",
            "",
            ["a &= b", "c &= d"],
        ),
        (
            r"\begin{split}a\end{split} + \begin{split}b\end{split}",
            "",
            [r"\begin{split}a\end{split} + \begin{split}b\end{split}"],
        ),
        (r"f = \begin{cases} a \\ b \end{cases}", "", [r"f = \begin{cases} a \\ b \end{cases}"]),
        (r" \label{x} \nonumber", "align", []),
    ],
)
def test_rows(body: str, environment: str, expected: list[str]) -> None:
    found = [part.text.replace("\\\\\n", "\\\\| ") for part in equations(body, environment)]
    assert found == expected


def test_label_names_the_claim() -> None:
    text = "% closedform: A\n\\begin{equation}\\label{eq:x} k \\end{equation}"
    assert [(one.id, one.line) for one in latex.read(text)] == [("eq:x", 2)]


@pytest.mark.parametrize(
    ("definitions", "formula", "expected"),
    [
        (r"\newcommand{\x}{M}", r"\cdot\x", r"\cdot M"),
        (r"\newcommand*\x {M}", r"2\x_1", r"2M_1"),
        (r"\renewcommand{\x}{a+b}", r"\frac1\x \sqrt\x \x", r"\frac1{a+b} \sqrt{a+b} a+b"),
        (r"\def\x{k}\def\x{M}", r"\x \xx", r"M \xx"),
        (r"\DeclareMathOperator{\x}{params}", r"\x(a)", r"\operatorname{params}(a)"),
        (r"\newcommand{\x}{\ensuremath{k^2}\xspace}", r"\x", r"\ensuremath{k^2}"),
        (r"\newcommand{\x}{\ensuremath{C_{in}}}", r"\x", r"C_{in}"),
        (r"\newcommand{\x}[1]{#1}", r"\x k", r"k"),
        (r"\newcommand{\x}[2]{#1^2\cdot#2}", r"\x{k_h}M \x {k} {N}", r"k_h^2\cdot M k^2\cdot N"),
        (r"\newcommand{\x}[2][k]{#1#2}", r"\x{M} \x[a_{[b]}]{M}", r"kM a_{[b]}M"),
        (
            r"\def\x#1#2{\y{#2}{#1}}\def\y#1#2{\frac{#1}{#2}}",
            r"\x{\x12}3",
            r"\frac{3}{\frac{2}{1}}",
        ),
        (r"\def\x#1.{#1}", r"\x k.", r"\x k."),
        (r"\NewDocumentCommand{\x}{}{k}", r"\x M", "k M"),
        (r"\NewDocumentCommand\x{O{2} m}{#2^{#1}}", r"\x{k}\x[3]{k}", "k^{2}k^{3}"),
        (r"\DeclareDocumentCommand\x{s o m}{#3}", r"\x*[a]{k}\x{M}", "kM"),
        (r"\NewDocumentCommand\x{d() m}{#2}", r"\x{k}", r"\x{k}"),
        (r"\let\x=\times \let\y k", r"\y\x M", r"k\times M"),
        (r"\newcommand{\y}{k}\let\x\y\renewcommand{\y}{M}", r"\x\y", "kM"),
        (r"\DeclarePairedDelimiter\x\lfloor\rfloor", r"\x*{k}", r"\lfloor k \rfloor"),
        ("\\newcommand{\\x}{%\nk% a remark\n + M%\n}", r"\x N", "k+ M N"),
        ("\\newcommand{\\x}% a remark\n{50\\% k}", r"\x", r"50\% k"),
        (r"\newcommand{\x}[2]{#1}", r"\x k", r"\x k"),
        (r"\newcommand{x}{k}", r"x", r"x"),
        (r"\newcommand{\x", r"\x", r"\x"),
    ],
)
def test_abbreviations(definitions: str, formula: str, expected: str) -> None:
    macros = Macros()
    macros.take(definitions)
    assert macros.expand(formula) == expected


def test_abbreviations_of_files_beside(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/names.tex").write_text("% \\newcommand{\\x}{M}\n\\newcommand{\\x}{k}\n")
    (tmp_path / "own.sty").write_text("\\input{lib/names}\n\\newcommand{\\y}{\\x^2}\n")
    (tmp_path.parent / "outside.tex").write_text("\\newcommand{\\z}{k}\n")
    paper = tmp_path / "paper.tex"
    paper.write_text(
        "\\usepackage[a]{amsmath,own}\n\\input{../outside}\n\\input{missing}\n"
        "% closedform: A\n$\\y M \\z$\n"
    )
    assert rows(list(read_file(paper).claims)) == [("k^2 M \\z", "A", 5, 5)]


def test_a_part_knows_the_abbreviations_of_the_document_around_it(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    part = tmp_path / "sections/cost.tex"
    part.write_text("% closedform: A\n$\\y \\z$\n")
    preamble = "\\documentclass{article}\n\\input{names}\n\\newcommand{\\y}{k}\n"
    (tmp_path / "names.tex").write_text("\\newcommand{\\z}{M}\n")
    (tmp_path / "other.tex").write_text(f"{preamble}% \\input{{sections/cost}}\n")
    assert rows(list(read_file(part).claims)) == [("\\y \\z", "A", 2, 2)]
    (tmp_path / "paper.tex").write_text(f"{preamble}\\input{{sections/cost}}\n")
    assert rows(list(read_file(part).claims)) == [("k M", "A", 2, 2)]


def test_abbreviations_are_bounded() -> None:
    macros = Macros()
    for name, below in zip("abcdefghijklmn", "bcdefghijklmno", strict=True):
        macros.take(rf"\def\{name}{{{f'{chr(92)}{below} ' * 9}}}")
    macros.take(r"\def\o{k}")
    assert len(macros.expand(r"\l")) < MAX_LENGTH
    with pytest.raises(TooLarge):
        macros.expand(r"\a")
    macros.take(r"\def\o#1{#1}")
    with pytest.raises(TooLarge):
        macros.expand(r"\o{" * 100 + "}" * 100)


# Claims files

CLAIMS = '''title = "T"
# [[claim]]
source = """
[[claim]]
text = "no"
"""

[[claim]]
id = "one"
text = "a # b"   # remark
is = "params(conv)"

[[ "claim" ]]
note = \'\'\'
[[claim]]\'\'\'
text = """
b
"""
expect = "refuted"
where = "N = M"
target = "macs(conv)"
[claim.names]
"输入" = "M"
'''


def test_claims_file() -> None:
    document = toml_claims.read(CLAIMS)
    assert (document.title, document.source) == ("T", '[[claim]]\ntext = "no"')
    assert rows(list(document.claims)) == [
        ("a # b", "params(conv)", 10, 10),
        ("b", "macs(conv)", 16, 18),
    ]
    first, second = document.claims
    assert isinstance(first, QuotedClaim)
    assert isinstance(second, QuotedClaim)
    assert (first.id, first.expect, first.where, dict(first.names)) == ("one", "proven", None, {})
    assert (second.note, second.expect, second.where) == ("[[claim]]", "refuted", "N = M")
    assert dict(second.names) == {"输入": "M"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[claim]]\ntext = "a"\nwheer = "N = M"', 3, "did you mean where?"),
        ("[[claim]]\n\ntext = 3", 3, "`text` is a number"),
        ('[[claim]]\ntext = ["a"]', 2, "`text` is a list"),
        ('[[claim]]\nis = "a"', 1, "a claim without text"),
        ('[[claim]]\ntext = "a"\nis = "a"\ntarget = "a"', 4, "are one key"),
        ('[[claim]]\ntext = "  "', 2, "a claim without text"),
        ('[[claim]]\ntext = "a"\nexpect = "refutd"', 3, "did you mean refuted?"),
        ('[[claim]]\ntext = "a"\nexpect = true', 3, "`expect` is true or false"),
        ('[[claim]]\ntext = "a"\nnames = {a = 1}', 3, "`names` maps words to symbols"),
        ('[[claim]]\ntext = "a"\nnames = "a"', 3, "`names` maps words to symbols"),
        ('\n[[claims]]\ntext = "a"', 2, "did you mean claim?"),
        ('[claim]\ntext = "a"', 1, "[[claim]], in double brackets"),
        ('claim = ["a"]', 1, "a claim is a table, begun with [[claim]], not text"),
        ("title = 3", 1, "`title` is a number"),
        ("a = 1\nb = \n", 2, "not TOML, line 2"),
        ('a = "', 1, "not TOML"),
    ],
)
def test_claims_file_problem(text: str, line: int, said: str) -> None:
    (found,) = toml_claims.read(text).claims
    assert isinstance(found, Problem)
    assert said in found.message
    assert found.line == line


def test_a_broken_claim_leaves_the_others() -> None:
    text = '[[claim]]\ntext = 1\n[[claim]]\ntext = "b"\r\n[[claim]]\r\nid = "c"'
    claims = toml_claims.read(text).claims
    assert [type(one) for one in claims] == [Problem, QuotedClaim, Problem]
    assert [one.line for one in claims] == [2, 4, 5]
    assert claims[2].id == "c"


@pytest.mark.parametrize(
    ("text", "eaten"),
    [
        (r'text = "\frac{1}{N}"', True),
        (r'text = "\rho M"', True),
        (r'text = "k \times M"', True),
        (r'text = "\\frac{1}{N}"', False),
        (r"text = '\frac{1}{N}'", False),
        ('text = """\nk^2\n\tM"""', False),
    ],
)
def test_commands_that_toml_reads_itself_are_told(text: str, eaten: bool) -> None:
    [claim] = toml_claims.read(f"[[claim]]\n{text}\n").claims
    assert isinstance(claim, Problem) == eaten
    if isinstance(claim, Problem):
        assert claim.line == 2
        assert "write LaTeX in single quotes: text = '…'" in claim.message


@pytest.mark.parametrize(
    "text",
    [
        CLAIMS,
        '[[claim]]\ntext = "a"\n\n[[ claim ]] # c\ntext = "b"\n[claim.names]\nCin = "M"',
        '[[claim]]\ntext = "a"\nnote = """\n[[claim]]\ntext = "b"\n"""\n[[claim]]\ntext = "c"',
        '[[claim]]\ntext = "a"\n[other]\nx = 1\n[[claim]]\ntext = "b"\nid = 3',
        '[[claim]]\ntext = "a"\n[[claim.more]]\nx = 1\n[[claim]]\ntext = "b"\ntext = "c"',
        'titel = "T"\n[[claim]]\ntext = "a"\n[[claim]]\ntext = b',
        'claim = [{text = "a"}]\n[[claim]]\ntext = "b"',
        '[claim]\ntext = "a"\n[[claim]]\ntext = "b"',
    ],
)
def test_claims_read_in_parts_are_those_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    with monkeypatch.context() as unsliced:
        unsliced.setattr(toml_claims, "_slices", lambda text: [toml_claims._Slice(text, 1)])
        whole = toml_claims.read(text)
    monkeypatch.setattr(toml_claims, "TOGETHER", 1)
    read = toml_claims.read(text)
    assert (read.title, read.source, read.claims) == (whole.title, whole.source, whole.claims)


def test_a_file_of_many_claims_is_not_read_as_one() -> None:
    text = 'title = "T"' + '\n[[claim]]\ntext = "a"' * (2 * toml_claims.TOGETHER + 1)
    assert len(toml_claims.read(text).parts) == 3


def test_inline_claims() -> None:
    claims = toml_claims.read('title = "T"\nclaim = [{text = "a"}, {text = "b"}]').claims
    assert rows(list(claims)) == [("a", None, 2, 2), ("b", None, 2, 2)]


# Files


def test_articles() -> None:
    sheet = rows(list(read_file(DATA / "article.md").claims))
    assert [row[1:] for row in sheet] == [
        ("params(conv(bias))", 13, 16),
        ("params(linear(bias))", 18, 18),
        (None, 29, 35),
        ("params(depthwise_conv)", 40, 43),
        ("params(conv(M=C_in, k=3))", 47, 49),
    ]
    assert sheet[3][0] == "k \\times k \\times M\n\\times M"
    assert sheet[4][0] == "9 C_{\\text{in}} N"
    paper = rows(list(read_file(str(DATA / "article.tex")).claims))
    assert [row[1:] for row in paper] == [
        ("params(conv(bias))", 8, 8),
        ("macs(conv)", 12, 13),
        ("params(pointwise_conv)", 14, 15),
        (None, 24, 31),
        ("params(conv(M=C_in, k=3))", 39, 39),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [(f"a{suffix}", kind) for kind, suffixes in SUFFIXES.items() for suffix in suffixes],
)
def test_suffix_decides(tmp_path: Path, name: str, kind: str) -> None:
    texts = {
        "markdown": f"{A}\n$x$",
        "latex": "% closedform: A\n$x$",
        "rst": ".. closedform: A\n:math:`x`",
        "notebook": '{"cells": [{"cell_type": "markdown", "source":\n"' + A + '\\n$x$"}]}',
        "toml": '[[claim]]\ntext = "x"\nis = "A"',
    }
    file = tmp_path / name
    file.write_bytes(b"\xef\xbb\xbf" + texts[kind].replace("\n", "\r\n").encode())
    assert rows(list(read_file(file).claims)) == [("x", "A", 2, 2)]
    stdin = io.BytesIO(texts[kind].encode())
    assert rows(list(read_file("-", stdin=stdin).claims)) == [("x", "A", 2, 2)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.odt", b"", "readable: .toml, .md,"),
        ("a.tx", b"", "did you mean .tex"),
        ("a.html", b"", "readable: .toml, .md,"),
        ("a.txt", b"", "`closedform scan` reads plain text"),
        ("a", b"", "no suffix"),
        ("a.md", b"ab\r\nc\xff", "byte 5 (line 2) is 0xff"),
        ("a.md", "\ufeffab".encode("utf-16-le"), "this is UTF-16"),
        ("missing.md", None, "cannot be read: No such file"),
        ("missing", None, "cannot be read: No such file"),
    ],
)
def test_unreadable_file(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(UnreadableFile) as error:
        read_file(file)
    assert said in str(error.value)
    assert str(file) in str(error.value)


def test_a_file_without_claims_is_not_called_as_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("$k$")
    assert main(["check", str(empty)]) == 0
    said = capsys.readouterr().out
    assert "`closedform scan` lists the formulas" in said
    assert said.endswith("no claims\n")
    (tmp_path / "empty.toml").write_text("")
    assert main(["check", str(tmp_path / "empty.toml")]) == 0
    assert "no claims: each is a [[claim]]" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "missing.md")]) == 2
    said = capsys.readouterr()
    assert (said.out, "cannot be read" in said.err) == ("", True)


def test_an_unreadable_file_is_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_bytes(b"\xe9")
    (tmp_path / "ok.md").write_text(f"{A}\n$A$\n", encoding="utf-8")
    assert main(["check", str(tmp_path / "ok.md"), str(tmp_path / "a.tex"), "--format=json"]) == 2
    good, bad = json.loads(capsys.readouterr().out)["files"]
    assert "error" not in good
    assert "not UTF-8" in bad["error"]


def test_a_folder_is_its_documents(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("b/x.qmd", "a.MD", "c.mdx", ".hidden/y.md", "b/z.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{A}\n$A$\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert main(["check", str(tmp_path), "--format=json"]) == 0
    files = [one["file"] for one in json.loads(capsys.readouterr().out)["files"]]
    assert files == [str(tmp_path / name) for name in ("a.MD", "b/x.qmd", "c.mdx")]
    (tmp_path / "empty").mkdir()
    assert main(["check", str(tmp_path / "empty")]) == 2
    assert "no document is in this folder" in capsys.readouterr().err


def test_a_folder_that_cannot_be_opened_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(f"{A}\n$A$\n", encoding="utf-8")
    closed = str(tmp_path / "closed")
    Path(closed).mkdir()

    # Root may open any folder: what the system would say stands here.
    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), closed)
        return scan(path)

    scan = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    assert main(["check", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert "1 proven" in out
    assert f"error: {closed}: " in err


def test_a_name_that_no_file_can_have_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "x" * 5000 + ".md"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["show", "x." + "y" * 5000]) == 2


def test_annotations(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a,b.md"
    path.write_text(f"{A}\n$A$\n\n{A}\n$2A$\n", encoding="utf-8")
    assert main(["check", str(path), "--format=github"]) == 1
    found, counts = capsys.readouterr().out.splitlines()
    place = f"file={tmp_path}/a%2Cb.md,line=5,endLine=5"
    assert found.startswith(f"::error {place},title=expected proven%2C found refuted::")
    assert "%0A" in found
    assert counts.startswith("2 claims")


def test_sarif(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a b.md"
    path.write_text(f"{A}\n$A$\n\n{A}\n$2A$\n", encoding="utf-8")
    note = tmp_path / "c.ipynb"
    note.write_text(cells(("markdown", f"{A} $B$")), encoding="utf-8")
    files = [str(path), str(tmp_path / "none.md"), str(note)]
    assert main(["check", *files, "--format=sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    refuted, unreadable, in_cell = log["runs"][0]["results"]
    # By the schema of SARIF 2.1.0 logicalLocations are of a location, not of its physicalLocation.
    (location,) = in_cell["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "cell 1, line 1"}]
    assert location["physicalLocation"].keys() == {"artifactLocation", "region"}
    place = refuted["locations"][0]["physicalLocation"]
    assert (refuted["ruleId"], place["region"]) == ("refuted", {"startLine": 5, "endLine": 5})
    assert place["artifactLocation"]["uri"].endswith("a%20b.md")
    assert (unreadable["ruleId"], unreadable["level"]) == ("errors", "error")
    assert {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]} >= {"refuted"}


def test_a_text_report_marks_what_is_not_as_expected(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{A} $A$\n{A} $2A$\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[2:6] == [
        "    1  A   A  proven",
        "  ! 2  2A  A  refuted  (expected: proven)",
        "       A \N{MINUS SIGN} the formula = \N{MINUS SIGN}A",
        "       counterexample: A = 1: A is 1, the formula is 2",
    ]


@pytest.mark.parametrize("form", ["json", "text"])
def test_processes_say_the_same(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setattr("closedform.commands.check.ENOUGH", 1)
    path = tmp_path / "a.md"
    path.write_text(
        "\n\n".join(f"{A}\n${text}$" for text in ("A", "2A", "(", "B A / B", "A^n")),
        encoding="utf-8",
    )
    said = set()
    for jobs in (["--jobs=1"], ["--jobs=2"], []):
        assert main(["check", str(path), *jobs, "--format", form]) == 1
        said.add(capsys.readouterr().out)
    assert len(said) == 1
    assert main(["check", str(path), "--jobs=-1"]) == 2


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("<!-- closedform: m n_h -->\n$mn_h$", "proven"),
        ("<!-- closedform: 4 s b h_a -->\n$4sbh_a$", "proven"),
        ("<!-- closedform: 3 m n -->\n$3~m~n$", "proven"),
        ("<!-- closedform: m n_h -->\n$$\n\\begin{align}\n&& mn_h &&\n\\end{align}\n$$", "proven"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n$25.6M$", "proven"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n$25.5M$", "refuted"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n$25.6$M parameters", "proven"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n$25.6$ million", "proven"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n约 $2556$ 万个参数", "proven"),
        ("<!-- closedform: ≈ params(resnet-50) -->\n$25.6$ K parameters", "refuted"),
        ("<!-- closedform: 1/N where N = 128 -->\n$\\approx 0.78$\\%", "proven"),
        ("<!-- closedform: 192 -->\n$192$ K-means, $192$ kernels", "proven"),
        ("<!-- closedform: params(conv); names Cin = M, Cout = N -->\n$k^2 Cin Cout$", "proven"),
        ("<!-- closedform: params(conv); names Cin = N, Cout = N -->\n$k^2 Cin Cout$", "refuted"),
        ("<!-- closedform: params(conv); in code -->\n`k**2*M*N`", "proven"),
        ("<!-- closedform: ceil(M/N); in code -->\n`-(-M//N)`", "proven"),
    ],
)
def test_what_is_read_of_a_formula(text: str, verdict: str) -> None:
    [one] = map(check_claim, read_text(text).claims)
    assert one.outcome == verdict


#: What stands between a definition of M and a formula that means it, and what then comes out.
GROUPS = [
    (r"{\renewcommand{\x}{N}}", "proven"),
    (r"\begingroup\def\x{N}\endgroup", "proven"),
    (r"\begin{center}\renewcommand{\x}{N}\end{center}", "proven"),
    (r"{\gdef\x{N}}", "refuted"),
    (r"{\global\def\x{N}}", "refuted"),
    (r"\providecommand{\x}{N}", "proven"),
    (r"{\newenvironment{x}{\begin{equation}}{\end{equation}}}", "proven"),
    (r"{\renewcommand{\x}{N}", "refuted"),
    (r"\{\renewcommand{\x}{N}\}", "refuted"),
    # where the document begins, and by another abbreviation
    (r"\AtBeginDocument{\renewcommand{\x}{N}}\begin{document}", "refuted"),
    (r"\AddToHook{begindocument}{\def\x{N}}", "refuted"),
    (r"\AtBeginDocument{\def\x{N}}\def\x{M}\begin{document}", "refuted"),
    (r"\AtEndDocument{\renewcommand{\x}{N}}", "proven"),
    (r"\newcommand{\y}{\global\def\x{N}} {\y}", "refuted"),
    (r"\newcommand{\y}{\def\x{N}} {\y}", "proven"),
    (r"\newcommand{\y}{\def\x{N}}\y", "refuted"),
]


@pytest.mark.parametrize(("between", "verdict"), GROUPS)
def test_a_definition_in_a_group_holds_to_its_end(between: str, verdict: str) -> None:
    text = f"\\newcommand{{\\x}}{{M}}{between}\n% closedform: M\n$\\x$"
    [claim] = map(check_claim, read_text(text, kind="latex").claims)
    assert claim.outcome == verdict


#: A formula and what goes on with it outside of its delimiters, by the kind of document.
GOES_ON = {
    "markdown": [
        "2{}", "N × {}", "−{}", "N{}", "{} × $L$", "{} + $N$", "{}/2", "{}B", "{},000", "3 · {}",
        # brackets around it, and functions
        "({})/2", "({}) × 2", "({})^2", "({})²", "2({})", "log({})", "√{}", "max({}, 1)", "⌊{}⌋",
        "log {}", "(N+1){}", "{} (N+1)", "{} (×2)", r"{} ($\times 2$)", "{} [× 2]", "{} (mod 2)",
        # signs and relations of every script
        "-{}", "1 - {}", "x - {}", "{} - 1", "{} – 1", "{}∕2", "{} ⁄ 2", "{} : 2", "{} // 2", "{}!",
        "{}² is", "{}^2", r"{} \* 2", "{} * 2", "{} ± 2", "{}＋N", "{}, × 2", r"{} \times 2", "≥{}",
        r"{} \cdot N",
        "{} < 5", "{} = 2", "{} ≠ N", "{} >= 2", "∑ {}", "{}\n× 2", "2 × \n{}",
        # numbers and letters side by side
        "{} x 2", "2x {}", "2 {}", "½{}", "N {}", "{} N", "{} 2 of them",
        # markup between them prints nothing
        "{} **× 2**", "**2×**{}", "{}<sup>2</sup>", "{} &times; 2", "2&nbsp;{}", "{}<i> × </i>2",
        "{} <!-- x --> × 2", "2 <!-- x --> {}", "{}\u200b× 2", "> {}\n> × 2", "- 2 {}", "1. 2 × {}",
        "~~{}~~", "<del>{}</del>", "text ~~old {}~~ new", "{} `* 2`", "`2 *` {}",
        "| {} | × | 2 |", r"| {} | $\times$ | $2$ |", r"| $2$ | $\times$ | {} |",
        # words that compute, and scales
        "{} mod 2", "{} plus N", "{} minus $N$", "{} times 2", "3 times {}", "{} squared",
        "half {}", "½ of {}", "a third of {}", "30% of {}", "twice the {}", "less than {}",
        "square root of {}", "{} twice", "{} (half)", "{}, plus $N$", "{} per cent", "{} over 2",
        "{} x2", "x2 {}", "2 × ({})", "-({})", '"{}" × 2', "[{}](a) × 2", "[2×](a) {}", "{} ∘ N",
        "{} 的2倍", "{}的一半", "{}의 절반", "ten times the {}", "10 times the {}", "两倍的 {}",
        "2倍の{}", "doppelt so viele {}", "zehnmal so viele wie {}", "twice as many as {}",
        "dos veces {}",
        "deux fois {}", "в два раза больше {}", "3배 {}", "zweimal {}",
        "{} thousand", "{} million", "{} K", "{}万", "{} %", "{} percent", "{} bytes", "{} KB",
        "{}字节", "{} байт", "{} ‰", "{} ms", "{} (ms)", "{} [px]", "{} (in ms)", "{} seconds",
        "{} (K)", "{} (MB)", "{} (bytes)", "{} pixels",
        # a word right beside it that says how much, or that it is not so
        "five-fold {}", "as many as ten {}", "minus {}", "not {}", "no {}", "the negative {}",
        "each {}",
        "{} each", "{} per group", "{} less", "{} (in thousands)", "{} (%)", "{} (in %)", "{} (µs)",
        "{} is wrong", "{} is not", "{} is false", "{}（每组）", "minus the {}",
        # a number before the bracket, and none of a name
        "2 ({})", "2 [{}]", "the 2 ({})", "is 2（{}）", "{}<sup>2</sup>", "{}<sup>1</sup> × 2",
        "{}<sup>12</sup>", "{}¹²",
        # words that are set apart, up to the end of their clause, and of each of which
        "{}, doubled", "{}; times 2", "{} — doubled", "{}, halved.", "{}，的一半", "{}, or less",
        "{} is doubled", "{} must be multiplied by 2", "{}, which is wrong", "twice the usual {}",
        "all but {}", "reduced by {}", "{} (2×)", "{}+", "{} for $L$ layers", "3 layers with {}",
        "{}より少ない", "{}未満", "{}보다 적다", "mehr als {}", "la mitad de {}",
        "die Wurzel aus {}",
        "по крайней мере {}", "{} or less", "{} at most", "{} en millones", "{}, делённое на два",
        "{} parameters per group", "{} weights each",
        "{} for each head", "{} for every group", "{} for all heads", "For each head, {}",
        "Per group: {}", "| Per group, {} |", "{} would be wrong", "{} isn't right",
        "{}, per layer.",
        # a sign at the edge of a paragraph, across a blank line, in a cell of its own
        "{} ×", "× {}", "2 ×\n\n{}", "{}\n\n× 2", "×\n\n{}", "{}\n\n×", "| ×2 | {} |",
        "| {} | ×2 |", "| {} × | 2 |", "N +\n\n{}",
        # another formula that touches it
        "{}$N$", "{} $N$", "$N$ {}", "$2$ {}",
    ],
    "latex": [
        "2~{}", r"2\,{}", r"{}\textsuperscript{2}", r"{}\%", r"{}\,M", r"{} -- $N$", "{}\n+ N",
        r"\sout{{}}", r"\textbf{2}{}", r"{}\,\textbf{$\times$} 2", "{}% of\n × 2", "2% of\n{}",
        r"\textcolor{red}{2}{}", r"{\color{red}2}{}", r"{} & $\times$ & $2$ \\",
        r"({})$^2$", r"\num{2}{}", r"{} \num{2}", r"\boxed{{}} + N", "half~{}", r"2$\times$ {}",
        r"\newcommand{\two}{2}\two {}", r"\def\two{2\,}\two{} {}", r"\newcommand{\x}{2\times}\x {}",
        r"\textonehalf {}", r"\textonehalf{} {}", r"{}\texttwosuperior", r"{} \textpm 2",
        r"\SI{{}}{\mega\flop}", r"\qty[a=b]{{}}{M}", r"2 ({})", "|{}|",
        r"{}\footnote{times two}", r"\frac{1}{2}\ensuremath{k^2 M N}",
        r"\begin{math}k^2 M N\end{math} × 2",
    ],
    "rst": [r":math:`k^2 M N`\ :sup:`2`", r"2\ :math:`k^2 M N`", ":math:`k^2 M N` × 2"],
}  # fmt: skip
#: Displays: a sign goes on with one, and a number that touches it.
DISPLAYS_GO_ON = {
    "markdown": [
        "{} × 2", "{} + N", "2{}", "{} million", "{} bytes", "{}\n× 2", "2 × {}", "half of {}",
    ],
    "latex": ["{} + N", "{}\n+ N", "{} × 2", "2{}", "{}\n= 2 N", r"{} \%", "twice the\n{}"],
}  # fmt: skip
#: The same formulas, set apart.
SET_APART = {
    "markdown": [
        "each of the {} weights", "{} per se", "{}个参数", "the saving {}",
        "{}, in total", "{}, as said", "In total, {}", "{}, not $k M N$", "{}, or $N$",
        "{}, which is less than $M$", "{} for 3×3 kernels", "{}，其中 k 为", "{} for large kernels",
        "C++\n\n{}", "{}\n\n· 2", "- 2\n\n{}", "| × | {} |",
        "{} parameters", "**{}**", "- {}", "+ {}", "· {}", "为{}个", "({})", "| {} |", "{}s",
        "{}-fold", "{}/layer", "P = {}", "{}, and", "layer A {}", "2 of {}", "\\quad{}",
        # punctuation, citations, footnotes, lists, tables, headings
        "{}. 2 of", "{}: 2 layers", "{}; 2", "{} [1]", "{}[^1]", "{} [12, 13].", "{}* and", "{}!!",
        "{}<sup>[2]</sup>", "{}<sup>th</sup>", "{} (2)", "{} (see Table 2)", "{}![a](a.png)",
        "1. {}", "2) {}", "> {}", "> text:\n>\n> {}", "# Head 2\n{}", "{}\n- 2 layers", "{}\n\n2 x",
        "| 2 | {} | 3 |", "| conv | {} | - | 7 |", "<td>{}</td><td>2</td>", "{}<br>2 layers",
        "[2] {}", "(a) {}", "Eq. (2): {}", "GPT-2 {}", "C++: {}", "§2: {}", "~~old~~ {}",
        "<del>2 ×</del> {}", "{} <s>× 2</s>", "~~2~~ {}",
        # prose
        "{} = number of weights", "P={}", "{} with $k=3$", "{} ($k=3$)", "{} (k×k×M×N)",
        "a — {} — b", "the total - {} - is", "=> {}", "{} → half", "{} 3D kernels", "layer(s) {}",
        "weights({})", "{} a layer", "{} paramètres et", "y {}", "{} y $N$", "参数量：{}。",
        "{}个参数的卷积", "{} weights + $N$ biases", "`x` is {}", "[{}](a) of",
        "{} half-precision weights", "{} 32-bit floats", "{} <!-- 2 --> is", "{} *params*",
        "{}\n\n$N$", "at times {}", "à la fois {}", "normal {}", "einmal {}", "{}<sup>1</sup>",
        "a factor of {}", "the reduction {}", "the ratio {}", "{} (weights)", "{} is all",
        "{}¹ of", "Stage 2 ({})", "ResNet 50 ({})", "3×3 ({})", "表2（{}）", "{} (k)",
    ],
    "latex": [
        r"{}~\cite{a}", r"{}\footnote{2}", r"{} \cite[p.~2]{a}", r"\item {}", r"\item[2] {}",
        r"\textbf{{}}", r"{\bf {}}", r"{} \quad $N$", r"A1 & {} & 2 \\", r"{} \\ 2", "{} % × 2",
        "a~{}", "{}~parameters", "{} -- that is", "--- {} ---", "``{}''", r"{}\index{a!b}",
        r"\texorpdfstring{{}}{2}", r"\section{2} {}", r"\hspace{2cm}{}",
        "\\section{Stage 2}\n{}", r"\newcommand{\nl}{32} {}", r"\setcounter{page}{3} {}",
        r"\sout{2 ×} {}", r"\newcommand{\net}{Net}\net: {}", r"{}\textsuperscript{1}",
    ],
    "rst": ["- {}\n- 2", "{} [1]_", "**P**: {}."],
}  # fmt: skip
_COMMENTED = {
    "markdown": "<!-- closedform: params(conv) -->\n",
    "latex": "% closedform: params(conv)\n",
    "rst": ".. closedform: params(conv)\n\n",
}
_WRITTEN = {"markdown": "$k^2 M N$", "latex": "$k^2 M N$", "rst": ":math:`k^2 M N`"}
_DISPLAYS = ["$$k^2 M N$$", r"\[k^2 M N\]", r"\begin{equation}k^2 M N\end{equation}"]


def put(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, written) for kind, rows in table.items() for written in rows]


def outcomes(kind: str, written: str, formula: str) -> list[Checked]:
    text = _COMMENTED[kind] + written.replace("{}", formula)
    return [*map(check_claim, read_text(text, kind=kind).claims)]


@pytest.mark.parametrize(("kind", "written"), put(GOES_ON))
def test_a_formula_that_goes_on_outside_is_an_error(kind: str, written: str) -> None:
    [claim] = outcomes(kind, written, _WRITTEN[kind])
    assert claim.outcome == "errors"
    assert claim.error != LEFT_OVER


def test_the_caret_of_a_formula_that_goes_on_is_under_it() -> None:
    [claim] = markdown.read(f"{A} 2$A$")
    assert isinstance(claim, Problem)
    assert claim.message.splitlines()[1:3] == [f"  {A} 2$A$", f"  {' ' * len(A)}  ^^^"]


@pytest.mark.parametrize(("kind", "written"), put(DISPLAYS_GO_ON))
@pytest.mark.parametrize("formula", _DISPLAYS)
def test_a_display_that_goes_on_outside_is_an_error(kind: str, written: str, formula: str) -> None:
    [claim] = outcomes(kind, written, formula)
    assert claim.outcome == "errors"


@pytest.mark.parametrize(("kind", "written"), put(SET_APART))
def test_a_formula_that_is_set_apart_is_read(kind: str, written: str) -> None:
    [claim] = outcomes(kind, written, _WRITTEN[kind])
    assert claim.outcome == "proven"


@pytest.mark.parametrize("written", ["In Section 2 {}", "{}\n2 layers", "{} where $k$", "{}."])
@pytest.mark.parametrize("formula", _DISPLAYS)
def test_a_display_ends_a_sentence(written: str, formula: str) -> None:
    [claim] = outcomes("latex", written, formula)
    assert claim.outcome == "proven"


@pytest.mark.parametrize(
    ("target", "text", "verdict"),
    [
        # spans that are one formula: a sign where they meet, or a relation between them
        ("params(conv(bias))", "$k^2 M N$ $+ N$", "proven"),
        ("params(conv)", "$k^2 M N$ $+ N$", "refuted"),
        ("params(conv)", r"$k^2 M N$ $\times 2$", "refuted"),
        ("2 params(conv)", r"$k^2 M N$&nbsp;$\times$ **$2$**", "proven"),
        ("params(conv(bias))", "$k^2 M N +$ $N$", "proven"),
        ("2 params(conv)", r"$k^2 M N$ \quad $\times 2$", "proven"),
        ("params(conv(bias))", "$$k^2 M N$$\n\n$$+ N$$", "proven"),
        ("params(conv)", "$P$ = $k^2 M N$", "proven"),
        ("params(conv)", "$P$ $= k^2 M N$", "proven"),
        ("params(conv(bias))", "$P$ = $k^2 M N$ $+ N$", "proven"),
        ("params(conv)", "$k^2 M N$ = $2 k^2 M N$", "refuted"),
        ("params(conv)", "$k^2 M N$ $=$ $2k^2MN$", "refuted"),
        ("params(conv)", "$k^2 M N$ < $N$", "refuted"),
        ("params(conv)", "$k^2 M N$ ≠ $N$", "errors"),
        ("", "$2 k M$ = $k M + k M$", "proven"),
        # and what says about a number before it
        ("params(resnet-50)", r"about $25.6 \times 10^6$ parameters", "proven"),
        ("params(resnet-50)", "≈ $25.6$ million", "proven"),
        ("params(resnet-50)", "约 $2556$ 万个参数", "proven"),
        ("params(resnet-50)", "about $25.4$ million", "refuted"),
        ("params(resnet-50)", "$25.6$ Mn parameters", "proven"),
        ("params(resnet-50)", "$25.6$ Go", "errors"),
        ("bytes(params(resnet-50))", "$51.1$ Mo", "proven"),
        ("params(resnet-50)", "$25557032$ kbps", "errors"),
        ("macs(conv)", "$k^2 M N H W$ MAdds", "proven"),
    ],
)
def test_spans_that_are_one_formula(target: str, text: str, verdict: str) -> None:
    [claim] = map(check_claim, read_text(f"<!-- closedform: {target} -->\n{text}").claims)
    assert claim.outcome == verdict


#: A number that siunitx sets outside of a formula, and what is said of it.
NUMBERS = {
    "proven": [
        r"It has \num{73728} parameters.", r"\SI{73728}{params}", r"\qty{73.7}{\kilo} weights",
        r"With \num{128} filters, it has $73728$ weights", "\n\n\\num[a=b]{73728}",
    ],
    "refuted": [r"It has \num{73729} parameters.", r"$x$ and \num{73728}"],
    "errors": [
        r"\num{73728} weights of \num{64} filters", r"\num{73728} FLOPs", r"half of \num{73728}",
        r"2 \num{73728}", r"\num{73728}, doubled", r"\SI{73728}{\byte}", r"\num{73728} tokens",
        "a\n\nb\n\n\\num{73728}", r"\num{}", r"\num",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "written"), put(NUMBERS))
def test_a_number_that_siunitx_sets(outcome: str, written: str) -> None:
    text = f"% closedform: params(conv(k=3, M=64, N=128))\n{written}"
    [claim] = map(check_claim, read_text(text, kind="latex").claims)
    assert claim.outcome == outcome


def test_spans_with_a_directive_each_are_formulas_of_their_own() -> None:
    spans = f"{A} $x$ {B} $+ y$, $P =$ {A} $x$"
    assert rows(markdown.read(spans)) == [("x", "A", 1, 1), ("+ y", "B", 1, 1), ("x", "A", 1, 1)]


@pytest.mark.parametrize("before", ["$N$", r"$$2 \times$$", "$2 -$"])
def test_a_formula_behind_another_one_is_an_error(before: str) -> None:
    [claim] = markdown.read(f"{before} {A} $A$")
    assert isinstance(claim, Problem)


#: Code by its language, and the verdict on it as params(conv).
IN_LANGUAGES = [
    # a line below changes what a statement gives
    *(
        ("python", f"p = k**2 * M * N\n{line}", "errors")
        for line in (
            "p *= 2", "p = p + N", "if bias: p += N", "if bias:\n    p += N", "p: int = p + 1",
            "for i in range(2):\n    p = p * 2", "p, q = 2*p, 1", "q = 1\np -= 1", "q, p = 2, 3",
            "if (p := p + N) > 3: pass", "print(p := 2*p)", "for p in x: pass", "q = p = 3",
            "for i, p in x:\n    pass", "with f() as p: pass", "del p", "from x import y as p",
            "p[0] += N", "[p, q] = 2, 3", "(q, p) = 2, 3", "x = 1; p = 2*p",
        )
    ),
    ("python", "p = q = k*k*M*N\nq += N", "errors"),
    ("python", "p = k*k*M*N; p = p + N", "errors"),
    ("python", "p[0] = k*k*M*N\np[0] += N", "errors"),
    ("js", "p = k*k*M*N\nq = (p += N)", "errors"),
    # a block that returns is what it returns
    *(
        ("python", f"def f(k, M, N):\n{line}".replace("\n", "\n    "), verdict)
        for line, verdict in (
            ("p = k*k*M*N\nreturn p", "proven"), ("p = k*k*M*N\nreturn p + N", "refuted"),
            ("p = k*k*M*N\nreturn 2 * p", "refuted"), ("a = k*k\nb = M*N\nreturn a*b", "proven"),
            ("a = k; b = a*M; return a*b*N", "proven"),
            ("M = 2*M\np = k*k*M*N\nreturn p", "refuted"),
            ("p = k*k*M\np = p*N\nreturn p", "proven"),
            ("p = k*k*M*N\np += N\nreturn p", "errors"),
            ("p = k*k*M*N\nif b: p = p + N\nreturn p", "errors"),
            ("p = k*k*M*N\nfor i in x:\n    p = 2*p\nreturn p", "errors"),
            ("p = k*k*M*N\nfor M in x:\n    pass\nreturn p*M/M", "errors"),
            ("p = k*k*M*N\nprint(p)\nreturn p", "proven"), ("p = k*k*M*N\nreturn p, N", "proven"),
            ("q = 2*N\np = k*k*M*N\nreturn q*p/q", "proven"),
            ("a = k*k\nif x:\n    b = a*M*N\nreturn b", "errors"),
        )
    ),
    ("python", "a = k*k\np = a*M*N,", "errors"),
    ("js", "const p = k*k*M*N;\nreturn p + N;", "refuted"),
    # lines that set a program up
    ("python", "k, M, N = 3, 64, 128\np = k*k*M*N", "proven"),
    ("python", "k = 3\nM = 64\np = k*M*N", "refuted"),
    ("python", "conv = nn.Conv2d(M, N, k, bias=False)\np = k*k*M*N", "proven"),
    ("python", "conv = nn.Conv2d(\n    M, N, k\n)\np = k*k*M*N", "proven"),
    # types and casts
    *(("cpp", f"{t} p = k*k*M*N;", "errors") for t in ("char", "bool", "unsigned char", "uint8_t")),
    *(
        ("cpp", f"auto p = static_cast<{kind}>(k*k*M*N);", verdict)
        for kind, verdict in (("long", "proven"), ("unsigned int", "proven"), ("char", "errors"))
    ),
    ("cpp", "auto p = 2*static_cast<int>(k*k/2.0*M*N);", "errors"),
    ("c", "long p = (long)k*k*M*N;", "proven"),
    ("c", "int32_t p = (int32_t)(k*k*M*N);", "proven"),
    ("c", "long p = (char)(k*k*M*N);", "errors"),
    ("rust", "let p = (k*k*M*N) as u64;", "proven"),
    ("rust", "let p: u8 = k*k*M*N;", "errors"),
    ("java", "byte p = k*k*M*N;", "errors"),
    ("c", "int p = k*k*M*N;\np++;", "errors"),
    ("c", "int p = k*k*M*N;\nif (b) p += N;", "errors"),
    ("rust", "let p = k*k*M*N;\nlet p = p + N;", "errors"),
    *(("c", f"p = k*k*M*N;\n{kind} p = 2;", "errors") for kind in ("size_t", "short", "const int")),
    ("go", "p := k*k*M*N\np <<= 1", "errors"),
    *(
        ("python", f"p = k**2 * M * N\n{line}", "proven")
        for line in (
            "return p", "x.p = 3", "f(p=2)", "assert p == 3", "print(p)", "p", "N", "q = p",
            "# p = 2", "if p == 3: pass", "%timeit p", "def f(M):\n    p = M",
        )
    ),
    # signs that compute something else
    ("python", "p = k^2 * M * N", "errors"),
    ("py", "p = ~k*k*M*N", "errors"),
    ("js", "let p = k^2*M*N", "errors"),
    ("c", "int p = k*k/2*M*N*2;", "errors"),
    ("java", "long p = k*k/2*M*N*2;", "errors"),
    *((language, "p = k**2*M*N", "errors") for language in ("c", "java", "rust", "go", "matlab")),
    *((language, "p = k**2*M*N", "proven") for language in ("js", "ruby", "fortran", "r")),
    ("bash", "p=$((k*k/2*M*N*2))", "errors"),
    ("excel", "=-2^2", "errors"),
    ("cpp", "double p = k*k/2.0*M*N*2;", "proven"),
    ("js", "const p = k*k/2*M*N*2", "proven"),
    ("julia", "p = k^2*M*N", "proven"), ("julia", "p(k, M, N) = k^2*M*N", "proven"),
    ("julia", "p(k, M, N) = k^2*M^2", "refuted"), ("rust", "loop {\n  p = k*k*M*N;\n}", "errors"),
    *(
        ("ruby", f"{line}\n  p = k*k*M*N\nend", "errors")
        for line in ("3.times do", "[1, 2].each do |i|", "unless g == 1", "loop do", "begin")
    ),
    ("r", "repeat {\n  p <- k*k*M*N\n}", "errors"),
    ("fortran", "do i = 1, 2\n  p = k*k*M*N\nend do", "errors"),
    ("excel", "=k^2*M*N", "proven"),
    ("", "p = k^2*M*N", "proven"),
    # other ways of writing the same
    ("r", "p <- k^2 * M * N", "proven"), ("r", "p <- 2 * k^2 * M * N", "refuted"),
    ("r", "p <- function(k, M, N) k^2 * M * N", "proven"),
    ("c", "int k = 3, M = 64, N = 128;\nint p = k*k*M*N;", "proven"),
    ("c", "#define P (k*k*M*N)", "proven"), ("java", "long p = 1L*k*k*M*N;", "proven"),
    ("c", "int f(int k, int M, int N) { return k*k*M*N; }", "proven"),
    ("c", "int f(int k, int M, int N) { return 2*k*k*M*N; }", "refuted"),
    ("c", "int macs(int k, int M, int N) { return k*k*M*N; }", "errors"),
    ("js", "const p = (k, M, N) => k*k*M*N;", "proven"),
    ("js", "const macs = (k, M, N) => k*k*M*N;", "errors"),
    # remarks
    ("python", "p = k*k*M*N  # where N is the input channels", "errors"),
    ("python", "p = k*k*M*N  # where M is the input channels", "proven"),
    ("c", "int p = k*k*M*N; // / 2", "proven"),
    ("c", "int p = k*k*M*N; // area / 2", "errors"),
    ("c", "int p = k*k*M /* / 2\n */ * N;", "proven"),
    ("matlab", "p = k^2*M*N; % area", "proven"),
    ("fortran", "p = k*k*M*N ! / 2", "proven"),
    ("lua", "p = k*k*M*N -- / 2", "proven"),
    ("sql", "k*k*M*N/2*2", "errors"),
    ("fortran", "p = k*k*M*N/2*2", "errors"),
    ("lua", "p = ~k*k*M*N", "errors"),
    ("perl", "$p = k^2*M*N;", "errors"),
    # where a line ends a statement
    ("python", "p = k**2 * M * N\n+ N", "proven"),
    ("{.python .input}", "p = k**2 * M * N\n-N", "proven"),
    ("python", "p = k**2 * M * N\n    + N", "refuted"),
    ("python", "p = (k**2 * M * N\n+ N)", "refuted"),
    ("c", "int p = k*k*M*N\n+ N;", "refuted"),
    ("text", "k*k*M*N\n× 2", "refuted"),
    ("", "k*k*M\n× N", "proven"),
    ("", "p = k*k*M*N\n+ N", "refuted"),
    ("", "p = k**2*M*N\n+ N", "errors"),
    # what several statements give: the last one, where it uses all others
    *(
        ("python", code, verdict)
        for code, verdict in (
            ("p = k*k*M*N\nq = 2*p", "refuted"), ("a = k*k*M\nb = a*N", "proven"),
            ("w = k*k*M*N\nb = N\ntotal = w + b", "refuted"), ("p = k*k*M*N\nq = N", "errors"),
            ("w = k*k\nm = M*N\nprint(w*m)", "proven"), ("p = k*k*M*N\nprint(2*p)", "refuted"),
            ("w = k*k*M*N\nb = N\nprint(w, b)", "errors"), ("p = k*k*M*N\nprint(p)", "proven"),
            ("x = 3\np = k*k*M*N\nz = x + 1", "errors"), ("a, b = k*k, M*N\np = a*b", "errors"),
            ("p = k*k*M*N\nf'{p}'\nplt.plot(p)", "proven"), ("M = w.M\np = k*k*M*N", "proven"),
            ("k = 3\nk = 5\np = k*k*M*N", "errors"), ("del M\np = k*k*M*N", "proven"),
            ("M //= 2\np = k*k*M*N", "errors"), ("M = 2*M\np = k*k*M*N", "refuted"),
            # what is added up, in turns or branches, and changed by a call
            ("t = 0\nfor _ in range(2):\n    p = k*k*M*N\n    t += p", "errors"),
            ("t = 0\nfor _ in x:\n    p = k*k*M*N\n    t = t + p", "errors"),
            ("for _ in range(2):\n    t += k*k*M*N", "errors"), ("p = p + k*k*M*N", "errors"),
            ("for i in range(2):\n    p = k*k*M*N", "errors"),
            ("#| echo: false\np = k*k*M*N", "proven"),
            ("with x:\n    p = k*k*M*N", "proven"),
            ("while x:\n    p = k*k*M*N", "errors"), ("for M in x:\n    p = k*k*M*N", "proven"),
            ("for k, M, N in x:\n    p = k*k*M\n    print(p*N)", "proven"),
            ("if b:\n    p = k*k*M*N\nelse:\n    p = 3", "errors"), ("p = [k*k*M*N]", "errors"),
            ("p = k*k*M*N\np.mul_(2)", "errors"), ("p = k*k*M*N\nf(p, out=p)", "errors"),
            ("def f(k, M, N):\n    try: return k*k*M*N\n    finally: return 0", "errors"),
            ("def f(M):\n  try:\n    return k*k*M*N\n  finally:\n    return 0", "errors"),
            ("def f(M):\n    if M:\n        return k*k*M*N\n    return 0", "errors"),
            ("@double\ndef f(k, M, N):\n    return k*k*M*N", "errors"),
            ("@torch.no_grad()\ndef f(k, M, N):\n    return k*k*M*N", "proven"),
            ("def f(M):\n    return k*k*M*N\n\nn = f(64)\nprint(n)", "proven"),
            ("def f(M):\n    return k*k*M*N\n\nn = 2*f(64)", "errors"),
            (">>> p = k*k*M*N\n>>> p\n73728", "proven"), ("return [k*k*M*N] * 2", "errors"),
        )
    ),
]  # fmt: skip
_IN_DOCUMENTS = {
    "markdown": "<!-- closedform: params(conv); in code -->\n```{0}\n{1}\n```\n",
    "latex": "% closedform: params(conv); in code\n\\begin{{lstlisting}}[language={0}]\n{1}\n"
    "\\end{{lstlisting}}",
    "rst": ".. closedform: params(conv); in code\n\n.. code-block:: {0}\n\n   {1}\n",
}


#: What is said of a statement: beside it, above it, by its function, where it is shown.
SAID_IN_CODE = {
    "errors": [
        "{}  # with bias", "{}  # per group", "{}  # bytes", "{}  # 2x for two layers",
        "{}  # MACs", "# MACs\n{}", "# with bias\np = {}", "p = {}  # twice", "p = {} # 字节",
        "p = {}\nprint('MACs:', p)", "print('MACs:', {})", "print(f'MACs: {{}:,}')", "p = {},",
        "def macs():\n    return {}", "def depthwise_params(): return {}", "macs = lambda: {}",
        "def conv_with_bias():\n    return {}", "def n_per_group():\n    return {}",
        "def f():\n    \"\"\"MACs of it.\"\"\"\n    return {}", "nn.Conv2d(64, 256, 3)\n{}",
        "conv = nn.Conv2d(64, 256, 3)\np = {}", "total_params_of_network = {}",
        "if g > 1:\n    p = {}", "if g > 1:\n    p = 0\nelse:\n    p = {}", "half_params = {}",
        "def params(g):\n    if g > 1:\n        return {}",
    ],
    "refuted": [
        "{}  # 73,738", "{}  # = 73738", "p = {}  # 73.8K", ">>> {}\n73738",
        "In [1]: {}\nOut[1]: 73738", "assert {} == 73738",
        "k, M, N = 3, 64, 128\nk*k*M*N  # 73,738", ">>> k = 3\n>>> k*k*64*128\n73738",
        "2 * math.prod((3, 3, 64, 128))",
    ],
    "proven": [
        "k, M, N = 3, 64, 128\nk*k*M*N  # 73,728", "k = 3\np = k*k*64*128  # ≈ 73.7K",
        "{}  # 73,728", "{}  # ~74k", "{}  # no bias", "p = {}  # k*k*M*N", "print('Params:', {})",
        "print(f'Params: {{}}')", ">>> {}\n73728", ">>> k, M, N = 3, 64, 128\n>>> k*k*M*N\n73728",
        "nn.Conv2d(64, 128, 3, bias=False)\n{}", "def params():\n    return {}", "# weights\n{}",
        "def conv_params(): return {}", "assert sum(p.numel() for p in x) == {}", "p = {}  # TODO",
        "math.prod((128, 64, 3, 3))", "p = np.prod([3, 3, 64, 128])", "In [1]: {}\nOut[1]: 73728",
        "def conv1_params(): return {}", "total_params = {}", "if __name__ == '__main__':\n p = {}",
        "def params(k):\n    if k < 1:\n        raise ValueError\n    return {}",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "code"), put(SAID_IN_CODE))
def test_what_is_said_of_a_statement_is_held_to_its_target(outcome: str, code: str) -> None:
    said = "<!-- closedform: params(conv(k=3, M=64, N=128)); in code -->"
    text = f"{said}\n```python\n{code.replace('{}', '3*3*64*128')}\n```"
    assert [check_claim(claim).outcome for claim in read_text(text).claims] == [outcome]


@pytest.mark.parametrize("kind", _IN_DOCUMENTS)
@pytest.mark.parametrize(("language", "code", "verdict"), IN_LANGUAGES)
def test_code_is_read_by_its_language(kind: str, language: str, code: str, verdict: str) -> None:
    code = code.replace("\n", "\n   ") if kind == "rst" else code
    text = _IN_DOCUMENTS[kind].format(language, code)
    assert [check_claim(claim).outcome for claim in read_text(text, kind=kind).claims] == [verdict]


def test_sizes_that_are_left_out_are_told() -> None:
    [claim] = read_text(
        f"{CODE.replace('C;', 'params(conv);')}\n```python\nN = 3\np = k*k*M*N\n```"
    ).claims
    verdict = check_claim(claim).verdict
    assert verdict is not None
    assert verdict.read_as == "p = k*k*M*N; without N = 3"


@pytest.mark.parametrize(
    ("sizes", "verdict"), [("k, M, N = 3, 64, 128", "proven"), ("k = 3", "refuted")]
)
def test_sizes_that_code_sets_hold_where_the_target_has_numbers(sizes: str, verdict: str) -> None:
    said = "<!-- closedform: params(conv(k=3, M=64, N=128)); in code -->"
    [claim] = read_text(f"{said}\n```python\n{sizes}\np = k*k*M*N\n```").claims
    assert check_claim(claim).outcome == verdict


def test_each_line_has_a_directive_where_there_are_as_many() -> None:
    said = ["params(conv(k=3, M=1, N=1))", "params(linear(M=2, N=4))"]
    directives = "\n".join(f"<!-- closedform: {target}; in code -->" for target in said)
    claims = read_text(f"{directives}\n```python\na = 9\nb = 2*4\n```").claims
    assert [check_claim(claim).outcome for claim in claims] == ["proven", "proven"]


def test_code_of_a_notebook_is_read_by_its_language() -> None:
    said = ("markdown", "<!-- closedform: params(conv); in code -->")
    written = json.loads(cells(said, ("code", "p = k^2*M*N")))
    for name, outcome in [("python", "errors"), ("R", "proven"), (None, "errors")]:
        written["metadata"] = {"language_info": {"name": name}}
        [claim] = notebook.read(json.dumps(written))
        assert check_claim(claim).outcome == outcome


def test_each_statement_that_has_a_directive_is_its_own() -> None:
    text = "```python\na = k\na = a*M\n```"
    assert rows(markdown.read(f"{CODE}\n{CODE}\n{text}")) == [
        ("a = k", "C", 3, 4), ("a = a*M", "C", 5, 5),
    ]  # fmt: skip
    [claim] = markdown.read(f"{CODE}\n{text}")
    assert isinstance(claim, Problem)
    assert "a line below gives a another value: a = a*M" in claim.message


#: What goes on with a code span; and what does not.
SPANS = {
    "errors": [
        "{} × 2", "2{}", "-{}", "{} / 2", "{} + N", "{} `* 2`", "{} million", "{} bytes", "{}%",
        "~~{}~~", "half {}", "({})/2", "{} = `2*k`", "{}²", "**2×**{}",
    ],
    "proven": [
        "{} weights", "- {}", "is {}, `N`", "| {} | 2 |", "({})", "{} or `N`", "{} (2)",
        "{}: 2 layers", "= {}",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "written"), put(SPANS))
def test_what_goes_on_with_code(outcome: str, written: str) -> None:
    text = written.replace("{}", "`k*k*M*N`")
    [claim] = read_text(f"<!-- closedform: params(conv); in code -->\n{text}").claims
    assert check_claim(claim).outcome == outcome


#: Words right beside a formula that say something else than its target; and such as do not.
BESIDE = {
    "errors": [
        "{} MACs", "{} FLOPs", "{} activations", "MACs: {}", "FLOPs are {}", "the MACs are {}",
        "{} with bias", "{} (with bias)", "{} (memory)", "the depthwise layer has {}", "memory: {}",
        "| MACs | {} |", "| params (M) | {} |", "{} in millions", "up to {}", "{}倍",
        "Its MACs, {}, are few", "the MACs ({})", "MACs {}", "a depthwise layer ({})",
        "{} of the MACs",
        "{}\nFLOPs", "{}\nMACs: many", "It costs {}\nFLOPs: `N`",
        "the square of {}", "die Hälfte von {}", "it reduces {} by half", "计算量为 {}",
        # the clause says no, how many, or by how much
        "It does not have {} weights", "It doesn't need {}", "Two convolutions have {}",
        "Together, the two of them need {}", "Les deux couches ont {}", "It drops by {}",
        "We cut the weights by {}", "It has nearly {}", "Each filter has {} weights",
        "The bias vector has {} elements", "The output has {} elements", "没有 {} 个参数",
        "{}（グループごと）",
        "We have one layer, and the number of inputs is {}", "where the number of inputs is {}",
        # behind what is counted
        "{} parameters times two", "{} parameters, times two", "{} weights, halved",
        "{} parameters (per group)", "{} parameters (with bias)", "{} weights, biases included",
        "{} parameters, plus one bias per filter", "{}个参数，每组。",
        "这个标准卷积层参数量的一半等于 {}", "{}（グループごと）", "{}、グループごと",
        "{}，每个分组一份",
        "A convolution and its bias have {}", "It lacks {}", "It no longer has {}",
        "Neither layer has {}", "Not every convolution has {}", "It has {} weights too many",
        "It is wrong that a convolution has {}", "A pair of convolutions has {}",
        "A stack of two convolutions has {}", "A dozen convolutions have {}", "Both have {}",
        "Beide haben zusammen {}", "Layers 1 to 3 have {}", "权重的个数不为 {}",
        "2つの畳み込み層は {} 個のパラメータを持つ。", "畳み込みは {} 個のパラメータを持たない。",
        # the clause that leads up to it: another subject, no fact, or several subjects
        "The difference is {} parameters", "Per pixel, a convolution has {} weights",
        "A transposed convolution and a convolution have {}", "Half a convolution has {}",
        "The rest has {} parameters", "The remaining parameters are {}", "The layers have {}",
        "A convolution would have {}", "Some say that a convolution has {}", "It drops by {}",
        "A convolution almost has {}", "It used to have {}", "On each GPU, a convolution has {}",
        "Im Mittel hat eine Faltung {} Parameter", "Aucune convolution n'a {} paramètres",
        "La différence est {}", "A few convolutions have {}", "It has {} parameters too few",
        "| 2 convs | {} |", "| two convolutions | 3 | {} |", "2 convs: {}",
        "Half a layer\nhas {} weights", "Per pixel, a layer has\n\n$$k^2 M N$$",
        "A layer has, per pixel, {} weights", "With bias, the layer has {} weights",
        "At most, the layer has {} weights", "Doubling the kernel, it has {} weights",
        "It is wrong that for $a = 1.5$ a layer has {} weights",
        "Together, they have {} weights", "I doubt the layer has {} weights", "Is it {}?",
        "Does a convolution have {} parameters?", "Eine Faltung hat fast {} Parameter",
        "The number of parameters isn't {}", "The number of parameters cannot be {}",
        "Nobody would expect {} parameters", "It differs from {}", "The layer surpasses {}",
        "It falls short of {}", "Another {} parameters are needed", "Contrary to {}, it has `N`",
        "La couche a {} paramètres par groupe", "It lies between {} and its double",
        # in the next line, and behind what is counted
        "It has {} parameters\nper group", "{}\nat most", "> {}\n> per group",
        "It has {} parameters, off by a factor of two", "It has {} parameters without the factor N",
        "It has {} parameters including the bias", "It has {} parameters if biases are included",
        "The layer, which has a bias, has {}", "Followed by batch norm, the layer has {}",
        "Including the bias, the layer has {}", "If we include the bias, it has {}",
        "Une convolution aurait {} paramètres", "합성곱은 {} 개의 파라미터를 가지지 않는다.",
    ],
    "proven": [
        "{} parameters", "{} params and `N` MACs", "it has {} weights (without bias)",
        "It has {} parameters\nand no bias", "It has {} parameters.\nTwice as many has the next",
        "It has {} parameters\nif no bias is used", "Ignoring the bias, it is {}",
        "Params: {}", "| params | {} | MACs | `N` |", "a conv needs {}, and MACs are more",
        "multiply {} by the area for MACs", "{} and MACs are more", "参数量为 {}",
        "Without bias: {}", "{} in total", "its weights, {}, are", "the layer ({})",
        "{} of the weights", "however, {} is", "the ratio {}",
        "unlike a depthwise convolution, it has {}", "{} dominates",
        "{}\nFLOPs: `N`", "{}\nIts number of MACs: `N`",
        "Each convolution has {} weights", "{} parameters; each is a float", "The output is {}",
        "{} parameters, two of which matter", "{} weights, while a linear layer has fewer",
        "{} weights (without bias)", "As it is not wide, it has {}", "the kernel has {} weights",
        "{} weights (since we share both)", "{} parameters, not more", "{} weights, not MACs",
        "It is true that a convolution has {}", "Each of two convolutions has {}",
        "we multiply by the number of experts to get {}", "{}个参数，计算方法主要分为三种",
        "Both kernels have {} weights each", "The layer that we use most has {} parameters",
        "Note that the layer has {} weights", "The number of parameters is {}",
        "A convolution with 64 filters has {} weights", "The third layer has {} weights",
        "Layer 3 has {} weights", "La convolution a donc {} paramètres", "Hence the cost is {}",
        "Por lo tanto, la capa tiene {} parámetros", "Its parameters are {}", "| 2 | {} |",
        "For every layer, the parameter count is {}", "The cost is given by {}",
        "| 1×1 | {} |", "| ResNet 50 block | {} |",
        "Without bias, the layer has {} weights", "The weights of the layer are {}",
        "A layer has, in total, {} weights", "In Fig. 2, the layer has {} weights",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "written"), put(BESIDE))
@pytest.mark.parametrize("formula", ["$k^2 M N$", "`k*k*M*N`"])
def test_words_beside_a_formula_are_held_to_its_target(
    formula: str, outcome: str, written: str
) -> None:
    code = "; in code" if formula[0] == "`" else ""
    text = written.replace("`N`", "$N$" if formula[0] == "$" else "`N`").replace("{}", formula)
    [claim, *_] = read_text(f"<!-- closedform: params(conv){code} -->\n{text}").claims
    assert check_claim(claim).outcome == outcome


@pytest.mark.parametrize("said", ["for ${}$", "at ${}$", "if ${}$", "({})", "for {}", "(${}$)"])
def test_sizes_behind_a_formula_are_held_to_its_target(said: str) -> None:
    for size, outcome in (("k=3", "proven"), ("k=5", "errors"), ("N=64", "errors")):
        text = f"It has $73{{,}}728$ parameters {said.replace('{}', size)}."
        directive = "<!-- closedform: params(conv(k=3, M=64, N=128)) -->"
        [claim] = read_text(f"{directive}\n{text}").claims
        assert check_claim(claim).outcome == outcome, text


@pytest.mark.parametrize("signs", ["$$ $$", r"\[ \]"])
def test_a_display_before_a_sentence_is_no_word_of_it(signs: str) -> None:
    display = r"\frac{k^2 M + M N}{k^2 M N} = \frac{1}{N} + \frac{1}{k^2},".join(signs.split())
    sentence = "and with a bias <!-- closedform: params(conv(bias)) --> $N(k^2 M + 1)$ of them."
    [claim] = read_text(f"so that\n{display}\n{sentence}").claims
    assert check_claim(claim).outcome == "proven"


def test_sizes_of_several_layers_may_be_said_of_one_of_them() -> None:
    target = "params(conv(k=3, M=3, N=64)) + params(linear(M=64, N=10))"
    sentence = "A convolution with 64 filters and a classifier with 10 outputs:"
    text = f"<!-- closedform: {target} -->\n{sentence} $3·3·3·64 + 64·10$"
    [claim] = read_text(text).claims
    assert check_claim(claim).outcome == "proven"


#: Sizes that a sentence says of a layer, held to params(conv(k=3, M=64, N=128)).
SIZED = {
    "errors": [
        "A 5×5 convolution with 64 input and 128 output channels has {} weights",
        "A 3x3 convolution with 64 input and 256 output channels has {} weights",
        "A 3×3 convolution from 64 to 256 channels has {} weights",
        "A convolution (3×3, 32 → 128) has {} weights", "The layer (kernel 5) has {} weights",
        "A grouped 3×3 convolution with 2 groups has {} weights", "conv3-256: {}",
        "With 32 input channels, a convolution has {} weights", "Each filter has {} weights",
        "Eine 5×5-Faltung hat {} Gewichte", "一个3×3卷积，输入64通道，输出256通道，参数量为{}",
        "Every input channel has {} weights",
    ],
    "proven": [
        "A 3×3 convolution with 64 input and 128 output channels has {} weights",
        "A 3×3 convolution from 64 to 128 channels, stride 2, has {} weights",
        "A convolution (3×3, 64 → 128) has {} weights", "The layer (kernel 3) has {} weights",
        "With 64 input channels, a convolution has {} weights", "Eine 3×3-Faltung hat {} Gewichte",
        "一个3×3卷积，输入64通道，输出128通道，参数量为{}", "With padding 1, it has {} weights",
        "A 3 × 3 convolution, unlike a 5×5 convolution, has {} weights", "conv3-128: {}",
        "A batch of 32 images passes a layer; it has {} weights",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "written"), put(SIZED))
def test_sizes_in_a_sentence_are_those_of_the_target(outcome: str, written: str) -> None:
    text = f"<!-- closedform: params(conv(k=3, M=64, N=128)) -->\n{written}"
    [claim] = read_text(text.replace("{}", "$73728$")).claims
    assert check_claim(claim).outcome == outcome


#: Rows over which stands what their cells are, held to params(conv(k=3, M=64, N=128)).
ROWS = {
    "errors": [
        ("layer | k | in | out", "conv1 | 5 | 64 | 128"), ("layer | kernel", "conv | 5×5"),
        ("layer | in channels | out channels", "conv | 128 | 64"), ("layer | groups", "conv | 2"),
        ("layer | bias", "conv | yes"), ("layer | repeat", "conv | 3"), ("layer | ×", "conv | 2"),
        ("layer", "maxpool"), ("layer", "bn1"), ("layer", "ResNet-50"), ("layer", "Total"),
        ("layer", "合计"), ("layer", "the network"), ("layer", "conv1, conv2"), ("layer", "fc6"),
        ("layer", "conv1–conv3"), ("layer", "conv3-256"), ("layer", "nn.Conv2d(64, 128, 3)"),
        ("layer", "3×3 conv, 64 → 256"), ("layer", "all layers"),
    ],
    "proven": [
        ("layer | k | in | out", "conv1 | 3 | 64 | 128"), ("layer | kernel", "conv | 3×3"),
        ("layer | groups | bias", "conv | 1 | no"), ("layer | stride | pad", "conv | 2 | 1"),
        ("layer", "3×3 conv, 64 → 128"), ("layer | input | output", "conv | 224 | 112"),
        ("layer | repeat", "conv | 1"), ("layer", "layer1.0.conv1"), ("layer", "ResNet stem"),
        ("# | layer | year", "2 | conv | 2015"), ("layer", "Total params"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "row"), put(ROWS))
def test_the_cells_of_a_row_are_of_the_target(outcome: str, row: tuple[str, str]) -> None:
    head, cells = row
    rule = "---|" * (head.count("|") + 2)
    row_of_tex = cells.replace("|", "&")
    columns, named = "l" * (head.count("|") + 2), head.replace("|", "&").replace("#", r"\#")
    texts = {
        "markdown": f"<!-- closedform: {{}} -->\n\n| {head} | params\n|{rule}\n| {cells} | {{}} |",
        "latex": f"% closedform: {{}}\n\\begin{{tabular}}{{{columns}}} {named} & params \\\\\n"
        f"{row_of_tex} & {{}} \\\\ \\end{{tabular}}",
    }
    for kind, text in texts.items():
        written = text.replace("{}", "params(conv(k=3, M=64, N=128))", 1).replace("{}", "$73728$")
        [claim] = read_text(written, kind=kind).claims
        assert check_claim(claim).outcome == outcome, written


#: Clauses about something else than the layer of a target, and such as are about it.
ABOUT = {
    "errors": [
        ("macs(conv)", "Training costs {} MACs"), ("macs(conv)", "FFT convolution costs {} MACs"),
        ("macs(conv)", "At each position we need {}"), ("macs(conv)", "A 3D convolution costs {}"),
        ("macs(conv)", "For the whole batch, this is {} MACs"),
        ("macs(conv)", "Forward and backward together cost {} MACs"),
        ("params(conv)", "The network has {} parameters"), ("params(conv)", "GPT-2 has {} weights"),
        ("params(conv)", "For an LSTM, it is {}"), ("params(conv)", "For a dense layer, it is {}"),
        ("params(conv)", "In a grouped convolution, there are {} parameters"),
        ("params(conv)", "The model's total is {}"), ("params(conv)", "整个网络的参数量为 {}"),
        ("params(conv)", "{} parameters is wrong for a convolution"),
        ("params(conv)", "Eine Faltung mit Bias hat {} Parameter"),
        ("params(conv)", "For 32 layers, it has {} weights"),
        ("macs(attention)", "Each token costs {} MACs"),
        ("macs(attention)", "Windowed attention costs {} MACs"),
        ("macs(attention)", "The softmax costs {} MACs"),
        ("kv_cache_memory(llama2_7b(n=4096))", "In fp32, the KV cache takes {} GiB"),
        ("kv_cache_memory(llama2_7b(n=4096))", "At 2048 tokens, the KV cache takes {} GiB"),
        ("kv_cache_memory(llama2_7b(n=4096))", "The KV cache of Llama-2-13B takes {} GiB"),
        # whatever has no name of the target's layer, in any language
        ("params(conv)", "The block has {} weights"), ("params(conv)", "Jeder Kopf kostet {}"),
        ("params(conv)", "Chaque tête coûte {} paramètres"),
        ("params(conv)", "该模型有 {} 个参数"),
        ("params(conv)", "Its biases add {} weights"),
        ("params(conv)", "{} is the number of weights of the network"),
        ("params(conv)", "It has {} weights (the whole model)"),
        ("params(conv)", "We have {} weights for the encoder"),
        ("params(conv)", "Parameters of one block: {}"), ("params(conv)", "一个块有 {} 个参数"),
        ("params(conv)", "conv1 and conv2 have {} weights"),
        ("params(conv)", "It has {} frozen weights"), ("macs(conv)", "It takes {} cycles"),
        ("params(conv)", "Eine Faltung braucht {} Multiplikationen"),
        ("params(conv)", "{} parameters have been removed"),
        ("params(conv)", "The stem needs {} weights"),
        ("params(conv)", "Eine tiefenweise Faltung hat {}"), ("params(conv)", "The tower has {}"),
        ("params(conv)", "深さ方向畳み込みのパラメータ数は {}"),
        ("params(conv)", "The convolutions have {}"),
        ("params(conv)", "The number of weights of a convolution in the network is {}"),
        ("params(resnet50)", "The backbone of ResNet-50 has {} weights"),
        ("params(transformer_layer)", "A LLaMA block has {} weights"),
        ("params(transformer_layer)", "LoRA trains {} weights"),
        ("macs(conv)", "Winograd reduces a convolution to {} MACs"),
        ("macs(attention)", "During decoding, attention costs {} MACs"),
        ("kv_cache_memory(llama2_7b(n=4096))", "Every head caches {} GiB"),
    ],
    "proven": [
        ("params(conv)", "It has {} weights in the first layer (the first row)"),
        ("params(conv)", "And the weights of the convolution are {}"),
        ("params(conv)", "Convolutions have {} parameters"), ("params(conv)", "Thus, it's {}"),
        ("params(conv)", "A naive convolution therefore needs {} weights"),
        ("params(conv)", "Es ergibt sich {}"), ("params(conv)", "普通卷积的参数量为 {}"),
        ("params(conv)", "Le nombre de paramètres d'une convolution est {}"),
        ("params(conv)", "標準的な畳み込みのパラメータ数は {}"),
        ("params(resnet50)", "The network has {}"),
        ("params(conv)", "The standard convolution used in VGG has {} weights"),
        ("params(conv)", "Show that a traditional convolution has {} weights"),
        ("params(conv)", "卷积核的参数量为 {}"),
        ("params(conv)", "Eine 2D-Faltung hat nur {} Gewichte"),
        ("params(conv)", "The convolution of MobileNet has {} model parameters"),
        ("macs(conv)", "The computational cost of a standard convolution is {} MACs"),
        ("params(transformer_layer)", "Each block has {} weights"),
        ("params(conv)", "C3 has {}"),
        ("kv_cache_memory(llama2_7b(n=4096))", "Llama-2-7B at 4096 tokens takes {} GiB"),
        ("macs(conv)", "For one image, the layer costs {} MACs"),
        ("macs(conv)", "Unlike training, inference costs {} MACs"),
        ("macs(conv)", "For an output of H × W, a convolution costs {} MACs"),
        ("params(conv)", "For one layer, we need {} weights"),
        ("params(conv)", "During training, a convolution has {} weights"),
        ("params(conv)", "In our network, a convolution has {} weights"),
        ("params(conv)", "Because every filter sees all inputs, it has {} weights"),
        ("macs(attention)", "Attention at 512 tokens costs {} MACs"),
        ("macs(attention)", "For a long sequence, attention costs {} MACs"),
        ("kv_cache_memory(llama2_7b(n=4096))", "In fp16, the KV cache takes {} GiB"),
        ("kv_cache_memory(llama2_7b(n=4096))", "At 4096 tokens, the KV cache takes {} GiB"),
        ("kv_cache_memory(llama2_7b(n=4096))", "The KV cache of Llama-2-7B takes {} GiB"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "case"), put(ABOUT))
def test_a_clause_is_about_the_layer_of_its_target(outcome: str, case: tuple[str, str]) -> None:
    target, written = case
    formulas = {"macs(conv)": "k^2 M N H W", "params(conv)": "k^2 M N"}
    formulas |= {"params(transformer_layer)": "12 d^2 + 4 d", "params(resnet50)": "25557032"}
    formula = {**formulas, "macs(attention)": "2 h n^2 d_h"}.get(target, "2")
    text = f"<!-- closedform: {target} -->\n{written}".replace("{}", f"${formula}$")
    [claim] = read_text(text).claims
    assert check_claim(claim).outcome == outcome


#: The head of a column, and whether a formula below it is held to params(conv).
HEADS = {
    "errors": [
        "MACs", "FLOPs", "Params (M)", "Params (K)", "Bytes", "Activations", "Params per group",
        "Params (×2)", "2x params", "计算量", "Ratio", "Memory", "KV cache", "Params with bias",
        "Output size", "Size", "输出尺寸", "Δ params",
    ],
    "proven": ["Params", "# Params", "Weights", "参数量", "Cost", "Formula", "W (no bias)"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        ("latex", "% closedform: params(conv)\nThe difference is\n\\[k^2 M N\\]", "errors"),
        ("latex", "% closedform: params(conv)\nThe cost is\n\\[k^2 M N\\]", "proven"),
        (
            "latex",
            "% closedform: params(conv)\n\\begin{tabular}{ll} 2 convs & $k^2 M N$ \\end{tabular}",
            "errors",
        ),
        ("rst", ".. closedform: params(conv)\n\nPer pixel, it has\n\n.. math:: k^2 M N", "errors"),
        ("rst", ".. closedform: params(conv)\n\nThe layer has\n\n.. math:: k^2 M N", "proven"),
    ],
)
def test_a_display_is_a_part_of_the_sentence_above(kind: str, text: str, outcome: str) -> None:
    [claim] = read_text(text, kind=kind).claims
    assert check_claim(claim).outcome == outcome


def test_two_formulas_of_a_sentence_have_their_own_words() -> None:
    said = "<!-- closedform: params(conv) --><!-- closedform: macs(conv) -->"
    text = f"{said}\nIt has $k^2 M N$ parameters and $k^2 M N H W$ MACs."
    assert [check_claim(claim).outcome for claim in read_text(text).claims] == ["proven"] * 2


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("params(conv(bias)) - params(conv)", "The difference is $N$"),
        ("2*params(conv)", "Two convolutions have $2 k^2 M N$ parameters"),
    ],
)
def test_a_target_that_is_computed_is_called_as_one_likes(target: str, written: str) -> None:
    [claim] = read_text(f"<!-- closedform: {target} -->\n{written}").claims
    assert check_claim(claim).outcome == "proven"


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        ("markdown", "| a | Params (K) |\n|---|---|\n| b | {} $73.7$ |", "proven"),
        ("markdown", "| a | Params (in M) |\n|---|---|\n| b | {} $0.0737$ |", "proven"),
        ("markdown", "| a | Params (M) |\n|---|---|\n| b | {} $73.7$ |", "refuted"),
        ("markdown", "| a | MACs (K) |\n|---|---|\n| b | {} $73.7$ |", "errors"),
        # as tables of closedform have it
        ("markdown", "| a | params (thousands) |\n|---|---|\n| b | {} $73.7$ |", "proven"),
        ("markdown", "| a | params (thousands) |\n|---|---|\n| b | {} $7.37$ |", "refuted"),
        ("markdown", "| a | params (millions) |\n|---|---|\n| b | {} $0.0737$ |", "proven"),
        ("markdown", "| a | params (thousands) |\n|---|---|\n| b | {} $k^2 M N$ |", "errors"),
        ("latex", "\\begin{tabular}{ll}\na & Params (K) \\\\\nb & {}\n$73.7$ \\\\", "proven"),
    ],
)
def test_a_number_has_the_scale_in_the_head_of_its_column(
    kind: str, text: str, outcome: str
) -> None:
    said = {"markdown": "<!-- closedform: {} -->", "latex": "% closedform: {}"}[kind]
    text = text.replace("{}", said.format("params(conv(k=3, M=64, N=128))"))
    [claim] = map(check_claim, read_text(text, kind=kind).claims)
    assert claim.outcome == outcome


@pytest.mark.parametrize(("outcome", "head"), put(HEADS))
def test_the_head_of_a_column_is_held_to_the_target(outcome: str, head: str) -> None:
    said = "<!-- closedform: params(conv) -->"
    texts = {
        f"{said}\n\n| Layer | {head} | MACs |\n|:--|-|---|\n| a | {{}} | b |": "markdown",
        f"Layer | Size | {head}\n---|:-:|---\na | `x|y` | {{}}": "markdown",
        f"> | A | {head} |\n> |---|---|\n> | $|a|$ | b |\n> | c | {said} {{}} |": "markdown",
        "% closedform: params(conv)\n\\begin{tabular}{@{ }l|r}\\hline\nLayer & "
        + head.replace("#", "\\#")
        + " \\\\\n\\midrule a & b \\\\ c & {} \\\\\\end{tabular}": "latex",
        "% closedform: params(conv)\n\\begin{longtable}[t]{lll} a & \\multicolumn{2}{c}{"
        + head.replace("#", "\\#")
        + "} \\\\ a & b & {} \\end{longtable}": "latex",
    }
    for text, kind in texts.items():
        directed = text if "closedform" in text else f"{said}\n{text}"
        [claim] = read_text(directed.replace("{}", "$k^2 M N$"), kind=kind).claims
        assert check_claim(claim).outcome == outcome, text


@pytest.mark.parametrize(
    "text",
    [
        "| A | MACs |\n|---|---|\n| a | b |\n\nso | it has {} |",
        "| A | MACs | B |\n|---|---|---|\n| a | b | {} |",
        "\\begin{tabular}{ll} a & MACs \\\\ \\end{tabular} and & {}",
        "| A | {} |\n|---|---|\n| MACs | MACs |",
    ],
)
def test_what_is_no_head_of_a_formula_says_nothing(text: str) -> None:
    kind = "latex" if "tabular" in text else "markdown"
    said = text.replace("{}", f"{_COMMENTED[kind]}$k^2 M N$".replace("-->\n", "-->"))
    assert [check_claim(claim).outcome for claim in read_text(said, kind=kind).claims] == ["proven"]


@pytest.mark.parametrize(
    ("outcome", "between"),
    [
        ("proven", "parameters and costs"),
        ("proven", "weights and it needs"),
        ("errors", "parameters and its parameters are"),
        ("errors", "MACs and costs, without bias, parameters:"),
    ],
)
@pytest.mark.parametrize("formula", ["$k^2 M N$", r"\(k^2 M N\)"])
def test_what_another_formula_counts_is_not_said_of_this_one(
    outcome: str, between: str, formula: str
) -> None:
    said = f"It has {formula} {between} <!-- closedform: macs(conv) -->$k^2 M N H W$."
    assert [check_claim(claim).outcome for claim in read_text(said).claims] == [outcome]


@pytest.mark.parametrize(
    ("outcome", "written"),
    [
        ("errors", "{}, where $k$ is the stride"),
        ("errors", "{} with $N$ input channels and $M$ output channels"),
        ("errors", "Let $N$ denote the batch size; it has {}"),
        ("proven", "{}, where $k$ is the kernel size"),
        ("proven", "{} with $M$ input channels and $N$ output channels"),
    ],
)
def test_letters_of_the_sentence_are_held_to_the_target(outcome: str, written: str) -> None:
    for text in (written, written.replace("$N$", r"\(N\)").replace("$k$", r"\(k\)")):
        lead, _, rest = text.partition("{}")
        said = f"{lead}<!-- closedform: params(conv) -->$k^2 M N$ weights{rest}."
        assert [check_claim(claim).outcome for claim in read_text(said).claims] == [outcome]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("With $M$ inputs it has $k^2 M N$ weights", True),
        ("Here $k_1 = 3$ and we get $k^2 M N$", True),
        (r"the $\alpha$ of $k^2 M N$", True),
        ("$M N$ weights", False),
        ("$k^2 M N$ weights", False),
    ],
)
def test_a_letter_of_the_sentence_is_told_where_it_is_refuted(text: str, said: bool) -> None:
    [claim] = read_text(f"<!-- closedform: params(conv) -->\n{text}").claims
    assert ("right before the one that is meant" in str(check_claim(claim).verdict)) == said


def test_comments_of_code_cells_are_directives() -> None:
    said = "# closedform: params(conv)\n"
    code = f"k = 3\n{said}p = k*k*M*N\n\nq = 2*p\n{said}w = k*k*M\n\ntotal = w*N"
    text = cells(("markdown", "text"), ("code", code), ("code", f"{said}def f():\n\n    return k"))
    claims = read_text(text, kind="notebook").claims
    told = [(place_of(claim), check_claim(claim).outcome) for claim in claims]
    assert told == [
        ("cell 2, line 2", "proven"), ("cell 2, line 6", "refuted"), ("cell 3, line 1", "refuted"),
    ]  # fmt: skip
    magic = f"%%closedform\n{A}\n$A$"
    text = cells(("code", "# closdform: A\nk"), ("code", magic), ("code", said))
    claims = read_text(text, kind="notebook").claims
    assert [(place_of(claim), isinstance(claim, Problem)) for claim in claims] == [
        ("cell 1, line 1", True), ("cell 2, line 3", False), ("cell 3, line 1", True),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown", "latex"])
def test_every_report_names_the_cell(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(cells(("code", "x"), ("markdown", f"a\n{A}\n$B$")), encoding="utf-8")
    assert main(["check", str(path), "--format", form]) == 1
    out = capsys.readouterr().out.replace("%2C", ",")
    assert "cell 2, line 3" in out or ('"cell": 2' in out and '"line_in_cell": 3' in out)


def test_unknown_kind() -> None:
    with pytest.raises(UnknownName, match="did you mean markdown"):
        read_text("", kind="markdwn")


def test_markdown_report_holds_nothing_live(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("title = '<b>[x](y)'\n[[claim]]\ntext = '`<i> = 1'\n", encoding="utf-8")
    heading = Heading(str(path), read_file(path).title)
    [shown] = report_markdown(heading, [*map(markdown_row, check_file(path))])
    assert shown.startswith(r"## &lt;b&gt;\[x\](y)")
    assert "`` `<i> = 1 ``" in shown
    assert "<" not in shown.replace("`` `<i> = 1 ``", "")


def test_a_long_formula_is_cut_in_linear_time() -> None:
    claim = QuotedClaim(text="a + " * 8_000, line=1, end=1)
    start = time.process_time()
    row = text_row(Checked(1, 1, None, claim, None, "no"))
    assert "…" in "\n".join(report_text(Heading("a.md"), [row]))
    assert time.process_time() - start < 0.5


def test_watch(tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text("1")
    second.write_text("1")

    def rewritten(file: Path, text: str, at: int) -> None:
        file.write_text(text)
        os.utime(file, ns=(at, at))

    edits: list[Callable[[], object]] = [
        lambda: rewritten(second, "22", 2),
        lambda: None,
        first.unlink,
        lambda: rewritten(first, "1", 4),
    ]
    todo = iter(edits)
    looks = saved([first, second], sleep=lambda _: next(todo)())
    assert [next(looks), next(looks)] == [[second], [first]]


# Hostile input

PIECES = [
    "$", "$$", "$ ", "$a ", "`", "`` ` ", "```\n", "~~~\n", "<!--", "<!-- closedform -->", "\\(",
    "\\[\n", "\\begin{equation}", "\\begin{equation}\\begin{align}", "\\end{equation}", "\\\\",
    "\\newcommand{\\x}{", "\\newcommand{\\x}{k}$\\x$",
    "\\def\\x#1{#1}% closedform\n$\\x{", "{", "}", "${", "$\\text{", "\\verb|",
    "\\lstinline[", "\\iffalse", "\\fi", "% closedform\n$x$\n", "% closedform: A; expect ", "%",
    "> ", "> ```\n", "- ", "<code", "<code>", "\\url{", "\n", " ", "\\", "$`a", "&", "[[claim]]\n",
    ".. math::\n   ", ":math:`",
    "``", "::\n", "..", "$x$ ", "$+x$ ", "$x$ = ", "~~", "<!-- x", "    x\n\n", "- x\n\n    y\n\n",
    "text = '''", '"', "---\n", "-->", "x", "=", "输", "\u2028", "\r", "(", ";", "where",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("frame", ["{}", "\\begin{{align}}{}\\end{{align}}", "<!-- closedform: {}"])
def test_time_is_linear(piece: str, frame: str) -> None:
    """A quadratic reader takes half a minute and more here."""
    body = frame.format(piece * (20_000 // len(piece)))
    begin = time.process_time()
    markdown.read(f"{A}\n{body}")
    latex.read(f"% closedform: A\n{body}")
    rst.read(f".. closedform: A\n{body}")
    list(plain_formulas(body))
    toml_claims.read(body)
    assert time.process_time() - begin < 2


@given(st.lists(st.sampled_from([*PIECES, A, "% closedform: A\n", "\\begin{align}"])).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_text_is_a_crash(text: str) -> None:
    for kind in SUFFIXES:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for one in read_text(text, kind=kind).claims:
            assert 1 <= one.line <= one.end <= lines
            assert one.message if isinstance(one, Problem) else one.text


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_directive_is_a_crash(text: str) -> None:
    directive.read(text, line=1, end=1)
    directive.read(f"closedform: {text}", line=1, end=1)
    read_text(f"<!-- closedform: {text} --> $x$", kind="markdown")


@given(
    st.dictionaries(
        st.sampled_from([*toml_claims.KEYS, "wheer"]),
        st.sampled_from(
            ['"a"', "'''\na\n'''", "3", "true", "[1]", "{a = 'b'}", "1979-05-27", '"proven"']
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_every_claim_is_read_or_refused(keys: dict[str, str]) -> None:
    text = "[[claim]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
    claims = toml_claims.read(text).claims
    assert len(claims) == 1
    assert 1 <= claims[0].line <= claims[0].end <= text.count("\n") + 1


def test_a_checked_claim_tells_how_it_was_read_without_its_trees() -> None:
    claim = QuotedClaim(text="k^2 M N (weights)", target="params(conv)", line=1, end=1)
    verdict = check_claim(claim).settled().verdict
    assert verdict is not None
    assert verdict._reading is None
    assert verdict.read_as == "k²·M·N; without '(weights)'"
