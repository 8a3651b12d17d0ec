"""Accounting: index spaces, the cost of one call, sums of calls, conventions, the registry."""
