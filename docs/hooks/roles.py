"""Roles of reStructuredText in docstrings: a link to what the reference has, code for the rest."""

from __future__ import annotations

import pydoc
import re
from functools import partial
from typing import Any

from griffe import Extension, Object

#: :func:`closedform.table`, and :class:`~closedform.cost.sums.LayerSum`, shown by its last name.
_ROLE = re.compile(r":[a-z]+:`(?P<short>~?)(?P<name>[\w.]+)`")


class Roles(Extension):
    """Turns each role of a docstring into what a page can show."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Called by griffe for each module, class, function and attribute that is documented."""
        if obj.docstring:
            obj.docstring.value = _ROLE.sub(partial(_shown, obj), obj.docstring.value)


def _shown(obj: Object, role: re.Match[str]) -> str:
    name = role["name"]
    shown = name.rpartition(".")[2] if role["short"] else name
    # What stands on no page is left as code, and nobody is warned.
    return f'<autoref identifier="{_path(obj, name)}" optional><code>{shown}</code></autoref>'


def _path(obj: Object, name: str) -> str:
    """Where a name that a docstring uses was defined: cf.table in closedform.figures.table."""
    around = dict.fromkeys((obj.path, (obj.parent or obj).path, obj.module.path))
    for scope in (*(f"{path}." for path in around), ""):
        found = pydoc.locate(scope + name)
        if found is not None:
            own = getattr(found, "__qualname__", None)
            return f"{found.__module__}.{own}" if own else scope + name
    return name
