"""Proofs beyond the normal form: signs, cases, residue classes, combinations of conditions."""
