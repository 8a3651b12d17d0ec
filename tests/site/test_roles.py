"""The reference shows no role of reStructuredText: each is a link, or code."""

from __future__ import annotations

import re
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[2]
HOOKS = (ROOT / "docs" / "hooks" / "doctests.py", ROOT / "docs" / "hooks" / "roles.py")


def test_no_docstring_keeps_a_role() -> None:
    extensions = griffe.load_extensions(*map(str, HOOKS))
    package = griffe.load("closedform", search_paths=[ROOT / "src"], extensions=extensions)
    waiting, texts = [package], []
    while waiting:
        one = waiting.pop()
        waiting += [member for member in one.members.values() if not member.is_alias]
        texts += [one.docstring.value] if one.docstring else []
    said = "\n".join(texts)
    assert re.findall(r":\w+:`\w.*", said) == []
    for path in ("figures.table.table", "cost.sums.LayerSum.uncounted", "symbols.symbol"):
        assert f'<autoref identifier="closedform.{path}" optional>' in said
