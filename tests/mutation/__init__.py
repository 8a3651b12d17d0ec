"""The mutation check: break each formula in many ways, and see that a law notices."""
