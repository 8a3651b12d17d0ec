"""Derivations and ratios: chains of steps, each proven before it is shown."""
