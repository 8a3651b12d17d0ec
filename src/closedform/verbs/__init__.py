"""What closedform does: derive, evaluate, verify, diagnose."""
