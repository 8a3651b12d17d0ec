"""Write the tables of the grammar beside it: ``python -m tests.tools.compile_grammar``."""

from __future__ import annotations

import json
from pathlib import Path

from closedform.language.automaton import compiled

LANGUAGE = Path(__file__).parents[2] / "src" / "closedform" / "language"


def main() -> None:
    """Compile ``grammar.lark`` into ``grammar.json``."""
    tables = compiled((LANGUAGE / "grammar.lark").read_text(encoding="utf-8"))
    states = ",\n".join(json.dumps(state, separators=(",", ":")) for state in tables.pop("states"))
    head = json.dumps(tables, separators=(",", ":"))[:-1]
    (LANGUAGE / "grammar.json").write_text(f'{head},"states":[\n{states}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
