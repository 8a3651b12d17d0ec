"""Write the names of all layers into the stub that type checkers read.

    python -m tests.tools.layer_stub            # writes it
    python -m tests.tools.layer_stub --check    # fails where it is an old one

A name that is in no stub is an error to them: cf.convv.
"""

from __future__ import annotations

import sys
from pathlib import Path

from closedform import catalogue  # noqa: F401  (it registers the layers)
from closedform.language.layer_names import layer_names

STUB = Path(__file__).parents[2] / "src" / "closedform" / "_layers.pyi"
HEAD = """\
# The layers of the catalogue, which `closedform.__getattr__` gives by these names.
# Written by `python -m tests.tools.layer_stub`.

from closedform.cost.layer_type import LayerType

"""


def stub() -> str:
    """The stub as it should be."""
    names = sorted({name for name in layer_names() if name.isidentifier()})
    listed = "".join(f'    "{name}",\n' for name in names)
    declared = "".join(f"{name}: LayerType\n" for name in names)
    return f"{HEAD}__all__: list[str] = [\n{listed}]\n\n{declared}"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        STUB.write_text(stub(), encoding="utf-8")
    elif STUB.read_text(encoding="utf-8") != stub():
        sys.exit(f"{STUB.name} is an old one: python -m tests.tools.layer_stub writes it")
