"""How figures look: the size of a column, thin lines, colours that everyone can tell apart."""

from __future__ import annotations

from typing import Any

#: Okabe and Ito, Color Universal Design (2008): distinct for colour-blind readers. Their black
#: comes last here, and their yellow, faint on white, is left out.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
#: Beside the colours, so that a print in grey can be read as well.
DASHES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))

#: Inches, labels and all: a column of a two-column paper, on A4.
SIZE = (3.05, 2.2)
FONT = 8

#: Settings of Matplotlib for every figure: Times-like letters, in text and mathematics alike.
SETTINGS: dict[Any, Any] = {
    "axes.edgecolor": "#444444",
    "axes.labelsize": FONT,
    "axes.linewidth": 0.5,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.unicode_minus": True,
    "font.family": "STIXGeneral",
    "font.size": FONT,
    "lines.linewidth": 1.1,
    "mathtext.fontset": "stix",
    "pdf.fonttype": 42,
    "pgf.preamble": r"\usepackage{amsmath}",
    "pgf.rcfonts": False,
    "pgf.texsystem": "pdflatex",
    "svg.hashsalt": "closedform",
    "text.usetex": False,
    "xtick.labelsize": FONT - 0.5,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.5,
    "ytick.labelsize": FONT - 0.5,
    "ytick.major.size": 2.5,
    "ytick.major.width": 0.5,
}

#: What a file says about itself: no dates and no versions, so that the same plot is the same file.
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": "closedform"},
    "pdf": {"CreationDate": None, "Creator": "closedform", "Producer": "closedform"},
    "pgf": {},
    "png": {"Software": None},
}
