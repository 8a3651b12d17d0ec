"""The catalogue: formulas and nothing else, a file per family.

Conventions of these files: k kernel side, M input channels, N output channels, g groups, H and W
the OUTPUT height and width; MACs are products accumulated inside a contraction; FLOPs are the
scalar operations of the textbook algorithm, n multiplications and n − 1 additions for a sum of n
products. Importing the package registers every layer: each file in it is read, so a new family is
a new file. A layer is built when it is asked for.
"""

import importlib
import os
from operator import attrgetter

from closedform.cost.layer_type import LAYERS
from closedform.cost.registry import lookup
from closedform.language.layer_names import is_layer


def _read(folder: str, package: str) -> None:
    """Import the files of a folder, found faster than by ``pkgutil.walk_packages``."""
    for entry in sorted(os.scandir(folder), key=attrgetter("name")):
        name, _, suffix = entry.name.partition(".")
        if suffix == "py" and name != "__init__":
            importlib.import_module(f"{package}.{name}")
        elif not suffix and name != "__pycache__":
            _read(entry.path, f"{package}.{name}")


_read(__path__[0], __name__)

# Families stand in the order of their files, whatever imported which.
_by_family = sorted(LAYERS.items(), key=lambda pair: pair[1].family)
LAYERS.clear()
LAYERS.update(_by_family)

__all__ = ["LAYERS", "is_layer", "lookup"]
