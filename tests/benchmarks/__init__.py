"""Speed, measured: not part of the default run, since other work on the machine disturbs it.

``python -m pytest tests/benchmarks -n 0 -o norecursedirs='.*'``
"""
