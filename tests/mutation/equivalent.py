"""Mutants that no law can notice, because they compute the same: each with the reason."""

from __future__ import annotations

#: How many survivors of each part may be unexplained. A formula of the catalogue: none.
ALLOWED = {"catalogue": 0, "algebra": 0}

#: The name of a mutant, as the check prints it, and why it is no mistake.
EQUIVALENT: dict[str, str] = {}
