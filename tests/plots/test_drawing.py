"""Figures are drawn in every format, the same each time, and show what they should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from closedform.cli import main
from closedform.errors import ClosedformError
from closedform.figures.plot import plot, plot_iso
from closedform.plots.curves import IsoPlot, Plot
from closedform.plots.drawing import draw
from closedform.typeset.notation import NOTATIONS
from closedform.typeset.own_notation import load_notation
from closedform.typeset.width import COLUMN

CURVES = plot("depthwise_separable / conv", over="N=16..1024", family="k=3,5,7")
LINES = plot_iso("conv", over=("M=16..1024", "N=16..1024"), where="k=3, H=W=14")
#: How a file of each format begins.
BEGINS = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}


@pytest.mark.parametrize("made", [CURVES, LINES], ids=["curves", "lines"])
@pytest.mark.parametrize("form", BEGINS)
def test_the_same_plot_is_the_same_file(tmp_path: Path, form: str, made: Plot | IsoPlot) -> None:
    one, two = (draw(made, tmp_path / f"{name}.{form}").read_bytes() for name in ("one", "two"))
    assert one.startswith(BEGINS[form])
    assert one == two
    assert b"Date" not in one.replace(b"CreationDate", b"Date") or form == "png"


@pytest.mark.parametrize("made", [CURVES, LINES], ids=["curves", "lines"])
def test_a_notebook_has_the_picture_for_a_page_and_for_a_paper(made: Plot | IsoPlot) -> None:
    assert (made._repr_svg_() or "").startswith("<?xml")
    assert (made._repr_pdf_() or b"").startswith(b"%PDF")


LABELLED = plot(
    ["Separable: depthwise_separable", "A standard layer: conv"],
    over="N=16..512",
    where="k=3, M=64, H=W=14",
)


@pytest.mark.parametrize("made", [CURVES, LINES, LABELLED], ids=["curves", "lines", "labels"])
def test_a_figure_fits_a_column_with_its_labels(tmp_path: Path, made: Plot | IsoPlot) -> None:
    drawn = draw(made, tmp_path / "figure.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", drawn)
    assert box
    assert COLUMN - 20 < float(box[1]) * 72.27 / 72 <= COLUMN


def test_another_plot_is_another_file(tmp_path: Path) -> None:
    other = plot("depthwise_separable / conv", over="N=16..1024", family="k=3,5")
    files = [draw(made, tmp_path / f"{n}.svg") for n, made in enumerate((CURVES, other))]
    assert files[0].read_bytes() != files[1].read_bytes()


@pytest.mark.parametrize("name", NOTATIONS)
def test_every_notation_can_be_set(tmp_path: Path, name: str) -> None:
    made = plot("grouped_conv / conv", over="g=1..64", where="M=N=64", notation=name)
    assert draw(made, tmp_path / "figure.svg").stat().st_size > 1000


def test_words_as_letters_can_be_set(tmp_path: Path) -> None:
    ours = load_notation('name = "ours"\nletters = {k = "kernel_size", N = "alpha_out"}')
    made = plot("depthwise_separable / conv", over="N=2..64", family="k=3,5", notation=ours)
    assert draw(made, tmp_path / "figure.png").read_bytes().startswith(BEGINS["png"])


def test_a_letter_that_cannot_be_set_gets_a_sentence(tmp_path: Path) -> None:
    ours = load_notation('name = "ours"\nletters = {N = "n"}\nlatex = {n = \'\\foo\'}')
    made = plot("depthwise_separable / conv", over="N=2..64", where="k=3", notation=ours)
    with pytest.raises(ClosedformError, match=r"cannot be drawn: .*Unknown symbol: \\foo"):
        draw(made, tmp_path / "figure.svg")


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ClosedformError, match=r"cannot be drawn: .*No such file"):
        draw(CURVES, tmp_path / "nowhere" / "figure.svg")


def test_the_command_says_how_the_figure_is_included(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "figure.pdf"
    arguments = ("plot", "depthwise_separable / conv", "--over", "N=16..1024", "--family", "k=3,5")
    assert main((*arguments, "-o", str(file), "--format", "latex")) == 0
    assert capsys.readouterr().out == f"\\includegraphics{{{file}}}\n"
    assert file.exists()
