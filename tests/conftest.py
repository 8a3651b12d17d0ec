"""Settings of all tests: Hypothesis tries the same examples in every run."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, max_examples=60)
# New examples each time: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("same")
