"""The catalogue: formulas and nothing else, a file per family.

Conventions of these files: k kernel side, M input channels, N output channels, g groups, H and W
the OUTPUT height and width; MACs are products accumulated inside a contraction; FLOPs are the
scalar operations of the textbook algorithm, n multiplications and n − 1 additions for a sum of n
products. Importing the package registers every layer: each file in it is read, so a new family is
a new file. A layer is built when it is asked for.
"""

import importlib
import pkgutil

from closedform.cost.registry import LAYERS, is_layer, lookup

for _family in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_family.name)

# Families stand in the order of their files, whatever imported which.
_by_family = sorted(LAYERS.items(), key=lambda pair: pair[1].family)
LAYERS.clear()
LAYERS.update(_by_family)

__all__ = ["LAYERS", "is_layer", "lookup"]
