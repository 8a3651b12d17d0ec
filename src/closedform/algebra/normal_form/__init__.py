"""The normal form: quotients of polynomials over Z in symbols and atoms, and what it shows."""
