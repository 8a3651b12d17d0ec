"""closedform: closed forms of what neural-network layers cost, and verdicts on formulas about them.

Names are loaded when they are first used, so that ``closedform --help`` needs no SymPy. Every
layer of the catalogue is a name here: ``closedform.conv``, ``closedform.linear``, …
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

from closedform._version import __version__

if TYPE_CHECKING:
    from closedform import _layers  # a stub: the names of all layers
    from closedform._layers import *  # noqa: F403
    from closedform._layers import (
        batch_norm,
        conv,
        depthwise_conv,
        depthwise_separable_conv,
        grouped_conv,
        linear,
        pointwise_conv,
    )
    from closedform.cost.conventions import Convention
    from closedform.cost.conventions.own import convention
    from closedform.cost.layer_type import LayerType
    from closedform.cost.registry import layer, lookup
    from closedform.cost.sums import LayerSum
    from closedform.derivation.derive import derive
    from closedform.derivation.ratio import ratio
    from closedform.errors import ClosedformError
    from closedform.expressions import compile, latex, parse, text  # noqa: A004
    from closedform.figures.breakdown import table_by_kind, table_by_stage
    from closedform.figures.compare import compare
    from closedform.figures.count import Count, count
    from closedform.figures.explain import explain
    from closedform.figures.growth import growth
    from closedform.figures.plot import plot, plot_iso
    from closedform.figures.sweep import sweep
    from closedform.figures.table import table
    from closedform.identification.identify import identify
    from closedform.own_layers import load_layers
    from closedform.plots.drawing import draw
    from closedform.solving.solve import solve
    from closedform.verdicts.verdict import Verdict
    from closedform.verdicts.verify import verify

#: The public names of each module.
_NAMES = {
    "cost.conventions": "Convention",
    "cost.conventions.own": "convention",
    "cost.layer_type": "LayerType",
    "cost.registry": "layer lookup",
    "cost.sums": "LayerSum",
    "derivation.derive": "derive",
    "derivation.ratio": "ratio",
    "errors": "ClosedformError",
    "expressions": "compile latex parse text",
    "figures.breakdown": "table_by_kind table_by_stage",
    "figures.compare": "compare",
    "figures.count": "Count count",
    "figures.explain": "explain",
    "figures.growth": "growth",
    "figures.plot": "plot plot_iso",
    "figures.sweep": "sweep",
    "figures.table": "table",
    "identification.identify": "identify",
    "own_layers": "load_layers",
    "plots.drawing": "draw",
    "solving.solve": "solve",
    "verdicts.verdict": "Verdict",
    "verdicts.verify": "verify",
}
_HOMES = {name: f"closedform.{home}" for home, names in _NAMES.items() for name in names.split()}

__all__ = [
    "ClosedformError",
    "Convention",
    "Count",
    "LayerSum",
    "LayerType",
    "Verdict",
    "__version__",
    "batch_norm",
    "compare",
    "compile",
    "conv",
    "convention",
    "count",
    "depthwise_conv",
    "depthwise_separable_conv",
    "derive",
    "draw",
    "explain",
    "grouped_conv",
    "growth",
    "identify",
    "latex",
    "layer",
    "linear",
    "load_layers",
    "lookup",
    "parse",
    "plot",
    "plot_iso",
    "pointwise_conv",
    "ratio",
    "solve",
    "sweep",
    "table",
    "table_by_kind",
    "table_by_stage",
    "text",
    "verify",
]
if TYPE_CHECKING:
    __all__ += _layers.__all__


def _attribute(name: str) -> object:
    """A public name, or a layer of the catalogue, by its own name or by another one."""
    value: object
    home = _HOMES.get(name)
    if home is not None:
        value = getattr(importlib.import_module(home), name)
    elif PathFinder.find_spec(f"{__name__}.{name}", sys.modules[__name__].__path__):
        # ``from closedform import toml`` asks here first: the import system knows modules.
        raise AttributeError(f"module 'closedform' has no attribute {name!r} yet")
    elif not name.startswith("_") and _catalogue().is_layer(name):
        layer = _catalogue().lookup(name)
        value = importlib.import_module("closedform.cost.documented").documented(layer)
    else:
        # Python says what is near, once nobody catches it.
        module = sys.modules[__name__]
        said = f"module 'closedform' has no attribute {name!r}"
        raise AttributeError(said, name=name, obj=module)
    globals()[name] = value
    return value


if not TYPE_CHECKING:  # who reads types knows all names, and others are errors
    __getattr__ = _attribute


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext closedform`` runs: the cell magic ``%%closedform``."""
    importlib.import_module("closedform.documents.cell").register(shell)


def _catalogue() -> Any:
    return importlib.import_module("closedform.catalogue")


def __dir__() -> list[str]:
    return sorted({*__all__, *_catalogue().LAYERS})
