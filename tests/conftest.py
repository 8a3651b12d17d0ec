"""Settings of all tests: Hypothesis tries the same examples in every run.

SymPy is loaded here, so that no test that looks at a clock pays for it.
"""

from __future__ import annotations

import sympy  # noqa: F401
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, max_examples=60)
# New examples each time: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("same")
