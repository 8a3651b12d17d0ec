"""closedform: closed forms of what neural-network layers cost, and verdicts on formulas about them.

Names are loaded when they are first used, so that ``closedform --help`` needs no SymPy. Every
layer of the catalogue is a name here: ``closedform.conv``, ``closedform.linear``, …
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from closedform._version import __version__

if TYPE_CHECKING:
    from closedform.catalogue.blocks import depthwise_separable_conv
    from closedform.catalogue.convolution import (
        conv,
        depthwise_conv,
        grouped_conv,
        pointwise_conv,
    )
    from closedform.catalogue.linear import linear
    from closedform.catalogue.normalization import batch_norm
    from closedform.errors import ClosedformError
    from closedform.plots.drawing import draw
    from closedform.verbs.derivation.derive import derive
    from closedform.verbs.derivation.ratio import ratio
    from closedform.verbs.evaluate import count
    from closedform.verbs.expressions import latex, parse, text
    from closedform.verbs.figures.plot import plot, plot_iso
    from closedform.verbs.figures.table import table, table_by_kind
    from closedform.verbs.identification.identify import identify
    from closedform.verbs.solving.solve import solve
    from closedform.verbs.verdicts.verdict import Verdict
    from closedform.verbs.verdicts.verify import verify

#: Where each public name lives.
_HOMES = {
    "ClosedformError": "closedform.errors",
    "Verdict": "closedform.verbs.verdicts.verdict",
    "count": "closedform.verbs.evaluate",
    "derive": "closedform.verbs.derivation.derive",
    "draw": "closedform.plots.drawing",
    "identify": "closedform.verbs.identification.identify",
    "latex": "closedform.verbs.expressions",
    "parse": "closedform.verbs.expressions",
    "plot": "closedform.verbs.figures.plot",
    "plot_iso": "closedform.verbs.figures.plot",
    "ratio": "closedform.verbs.derivation.ratio",
    "solve": "closedform.verbs.solving.solve",
    "table": "closedform.verbs.figures.table",
    "table_by_kind": "closedform.verbs.figures.table",
    "text": "closedform.verbs.expressions",
    "verify": "closedform.verbs.verdicts.verify",
}

__all__ = [
    "ClosedformError",
    "Verdict",
    "__version__",
    "batch_norm",
    "conv",
    "count",
    "depthwise_conv",
    "depthwise_separable_conv",
    "derive",
    "draw",
    "grouped_conv",
    "identify",
    "latex",
    "linear",
    "parse",
    "plot",
    "plot_iso",
    "pointwise_conv",
    "ratio",
    "solve",
    "table",
    "table_by_kind",
    "text",
    "verify",
]


def __getattr__(name: str) -> Any:
    """A public name, or a layer of the catalogue."""
    home = _HOMES.get(name)
    if home is not None:
        value = getattr(importlib.import_module(home), name)
    else:
        layers = importlib.import_module("closedform.catalogue").LAYERS
        if name not in layers:
            raise AttributeError(f"module 'closedform' has no attribute {name!r}")
        value = layers[name]
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *importlib.import_module("closedform.catalogue").LAYERS})
