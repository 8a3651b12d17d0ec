"""The Atheris harness is a program of its own: no test is collected from it."""

from __future__ import annotations

collect_ignore = ["atheris_language.py"]
