"""pdflatex sets everything that closedform prints, without an error, a warning or a wide line."""

from __future__ import annotations

from pathlib import Path

import pytest

from closedform.commands.usage import COMMANDS
from tests.compile.printed import commands, everything, in_two_columns, run
from tests.compile.tex import PREAMBLE, as_page, defects

#: Printed for programs and files, not for a page.
NO_LATEX = {"plot", "completion", "mcp"}


@pytest.mark.parametrize("third", range(3))
def test_everything_is_set(third: int, tmp_path: Path) -> None:
    printed = everything("latex", third)
    assert len(printed) > 333
    found = defects(map(as_page, printed), tmp_path)
    names = {-1: "the preamble", **{n: str(one) for n, one in enumerate(printed)}}
    assert {names[n]: problems for n, problems in found.items()} == {}


def test_two_columns_are_kept_to(tmp_path: Path) -> None:
    printed = [run((*command, "--format", "latex")) for command in in_two_columns()]
    preamble = PREAMBLE.replace("onecolumn", "twocolumn")
    found = defects(map(as_page, printed), tmp_path, preamble)
    # Words of a caption that stand apart in so narrow a column are no defect.
    wide = {n: [one for one in said if "Underfull" not in one] for n, said in found.items()}
    assert {str(printed[n]): problems for n, problems in wide.items() if problems} == {}


def test_every_command_is_among_them() -> None:
    assert {command[0] for command in commands()} == set(COMMANDS) - NO_LATEX


WIDE = " + ".join(["k^{2} M N H W"] * 9)
#: Pieces that pdflatex complains of, what it says, and the nearest piece that is sound.
BAD = [
    (r"\[ \unknown k \]", "Undefined control sequence", r"\[ \log k \]"),
    ("k^2", "Missing $ inserted", "$k^2$"),
    ("conv_t", "Missing $ inserted", r"conv\_t"),
    (r"\[ k^{2 \]", "Missing } inserted", r"\[ k^{2} \]"),
    (r"\[ \left( k \]", "Missing \\right", r"\[ \left( k \right) \]"),
    (r"\[ k² \]", "Command \\texttwosuperior invalid", r"\[ k^{2} \]"),
    ("≈ 3", "Unicode character", r"$\approx$ 3"),
    (rf"\[ {WIDE} \]", "Overfull", r"\[ k^{2} M N H W \]"),
    (rf"\begin{{align*}} & {WIDE} \end{{align*}}", "Overfull", r"\begin{align*} & k \end{align*}"),
    (r"\begin{align*} k && M \\ N \end{align}", "ended by", r"\begin{align*} k \end{align*}"),
    (r"\begin{tabular}{l} a & b \end{tabular}", "Extra alignment tab", r"a and b"),
    (r"\num{k}", "siunitx", r"\num{1000}"),
    (r"see \ref{table}", "Reference", "see the table"),
]  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What is said of the sound and the bad pieces, one after the other in one document."""
    pieces = [piece for bad, _, good in BAD for piece in (good, bad)]
    return defects(pieces, tmp_path_factory.mktemp("pieces"))


@pytest.mark.parametrize("row", range(len(BAD)), ids=[bad for bad, _, _ in BAD])
def test_a_bad_piece_is_seen(row: int, said: dict[int, list[str]]) -> None:
    assert 2 * row not in said
    assert BAD[row][1] in " ".join(said.get(2 * row + 1, ()))
