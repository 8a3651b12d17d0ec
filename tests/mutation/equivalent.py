"""Mutants that no law can notice, because they compute the same: each with the reason."""

from __future__ import annotations

#: The share of the mutants tried that may survive unexplained. Of the catalogue: none. Of the
#: networks: a few compute the same (channels that are rounded to a multiple of 8 or halved, any
#: number but 0 for a flag, the order of branches). Of the
#: algebra: most survivors take a slower way to the same answer (a shortcut missed, a search that
#: goes on for longer) or give up at another size; the list that the check prints is to be read.
ALLOWED = {"catalogue": 0.0, "networks": 0.06, "algebra": 0.30}

#: The name of a mutant, as the check prints it, and why it is no mistake.
EQUIVALENT: dict[str, str] = {
    "closedform.algebra.proofs.combination._columns: (number, multiplier) in columns or "
    "len(columns) >= COLUMNS -> len(columns) >= COLUMNS": (
        "a column that is made again is the same, and so is what it reaches"
    ),
    "closedform.catalogue.modules.squeeze_excite: rescaled(N, H, W) -> rescaled(H, N, W)": (
        "the outputs of a map are the product of its three sizes"
    ),
    "closedform.catalogue.modules.eca: rescaled(N, H, W) -> rescaled(H, N, W)": (
        "as of squeeze_excite"
    ),
    "closedform.catalogue.recurrent.lstm: cell(N, n) -> cell(n, N)": (
        "the outputs of a cell are the product of its units and its steps"
    ),
    "closedform.catalogue.recurrent.lstmp: cell(N, n) -> cell(n, N)": "as of lstm",
    "closedform.catalogue.pooling.windowed.image: taps_of(k_h, k_w) -> taps_of(k_w, k_h)": (
        "the taps of a window are the product of its sides"
    ),
    "closedform.catalogue.pooling.windowed.volume: taps_of(k_d, k_h, k_w) -> "
    "taps_of(k_h, k_d, k_w)": "as of image",
}
