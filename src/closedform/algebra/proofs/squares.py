"""Polynomials of degree 2: completing the square, one variable after the other."""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.normal_form.polynomials import Polynomial

#: The most variables of a form that is looked at.
VARIABLES = 20


def is_sum_of_squares(poly: Polynomial, *, strict: bool) -> bool:
    """Whether ``poly``, of degree 2, is a sum of squares (``strict``: and a positive number).

    The squares are completed for all real arguments, so the test is exact for them.
    """
    if max(map(sum, poly), default=0) > 2:
        return False
    places = [i for i in range(poly.ring.ngens) if any(m[i] for m in poly)]
    if len(places) > VARIABLES:
        return False
    matrix = _matrix(poly, places)
    # The constant stands last: what is left of it is the smallest value.
    for step in range(len(places)):
        pivot = matrix[step][step]
        row = matrix[step]
        if pivot < 0 or (not pivot and any(row[step:])):
            return False
        if pivot:
            for i in range(step + 1, len(matrix)):
                factor = matrix[i][step] / pivot
                if factor:
                    matrix[i] = [a - factor * b for a, b in zip(matrix[i], row, strict=True)]
    return matrix[-1][-1] > 0 if strict else matrix[-1][-1] >= 0


def _matrix(poly: Polynomial, places: list[int]) -> list[list[Fraction]]:
    """The symmetric matrix of the form, the constant as a last variable that is 1."""
    size = len(places) + 1
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for monomial, coefficient in poly.items():
        used = [k for k, place in enumerate(places) for _ in range(monomial[place])]
        i, j = (used + [size - 1] * 2)[:2]
        half = Fraction(coefficient, 2)
        matrix[i][j] += half
        matrix[j][i] += half
    return matrix
