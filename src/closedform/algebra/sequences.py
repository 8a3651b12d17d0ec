"""Names that run with the index of a sum: n_i, and n_{i-1} for the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from closedform.algebra.tree import (
    Series,
    Symbol,
    Tree,
    children,
    rebuild,
    substitute,
    symbol_names,
    walk,
)


@dataclass(frozen=True)
class Term:
    """One term of a sequence of sizes: its name without the index, and how far from the index."""

    stem: str
    shift: int
    primes: str

    def at(self, index: str) -> str:
        """The name of the term under another index, or at a number.

        >>> Term("n", -1, "").at("j"), Term("n", -1, "").at("4"), Term("n", -1, "").at("0")
        ('n_j_minus_1', 'n_3', 'n_minus_1')
        """
        if index.isdecimal():
            place = int(index) + self.shift
            return f"{self.stem}_{place if place >= 0 else f'minus_{-place}'}{self.primes}"
        sign = "minus" if self.shift < 0 else "plus"
        shift = f"_{sign}_{abs(self.shift)}" if self.shift else ""
        return f"{self.stem}_{index}{shift}{self.primes}"


@lru_cache(maxsize=1024)
def running(name: str, index: str) -> Term | None:
    """How a name runs with an index; ``None`` if it does not.

    >>> running("n_i_minus_1", "i")
    Term(stem='n', shift=-1, primes='')
    >>> running("C_in", "n"), running("W_ij", "i")
    (None, None)
    """
    found = _pattern(index).fullmatch(name)
    if found is None:
        return None
    stem, sign, by, primes = found.groups()
    return Term(stem, int(by or 0) * (-1 if sign == "minus" else 1), primes)


_PLACED = re.compile(r"(.+)_([A-Za-z]+)(?:_(?:minus|plus)_[0-9]{1,6})?'*")


def placed(name: str) -> tuple[str, Term] | None:
    """A name that may be a term of a sequence at a place with a name of its own.

    >>> placed("n_L_minus_1")
    ('L', Term(stem='n', shift=-1, primes=''))
    >>> placed("n_1"), placed("n")
    (None, None)
    """
    found = _PLACED.fullmatch(name)
    term = running(name, found[2]) if found else None
    return (found[2], term) if found and term else None


@lru_cache(maxsize=64)
def _pattern(index: str) -> re.Pattern[str]:
    return re.compile(rf"(.+)_{re.escape(index)}(?:_(minus|plus)_([0-9]{{1,6}}))?('*)")


def reindexed(body: Tree, index: str, other: str) -> Tree:
    """``body`` with the index, and the names indexed by it (N_i), under another index.

    A sum inside that has an index of the same name keeps it.
    """
    match body:
        case Symbol(name=name):
            if name == index:
                return Symbol(other)
            term = running(name, index)
            return Symbol(term.at(other)) if term else body
        case Series(index=own, lower=lower, upper=upper, body=inner):
            kept = inner if own == index else reindexed(inner, index, other)
            lower, upper = (reindexed(part, index, other) for part in (lower, upper))
            return Series(own, lower, upper, kept)
    parts = children(body)
    return rebuild(body, tuple(reindexed(part, index, other) for part in parts)) if parts else body


def from_the_index_on(tree: Series) -> Series:
    """The same sum, its index moved so that the first term of a sequence is the one at the index.

    Σ n_{i-1} for i = 1..L becomes Σ n_i for i = 0..L−1.
    """
    terms = {name: running(name, tree.index) for name in symbol_names(tree.body)}
    first = min((term.shift for term in terms.values() if term), default=0)
    if not first:
        return tree
    moved: dict[str, Tree] = {tree.index: Symbol(tree.index) - first}
    for name, term in terms.items():
        if term:
            moved[name] = Symbol(replace(term, shift=term.shift - first).at(tree.index))
    return Series(tree.index, tree.lower + first, tree.upper + first, substitute(tree.body, moved))


def indexed_names(tree: Tree) -> frozenset[str]:
    """Names such as N_i in a sum over i: each stands for as many sizes as the sum has terms."""
    found = set()
    for node in walk(tree):
        if isinstance(node, Series):
            found |= {name for name in symbol_names(node.body) if running(name, node.index)}
    return frozenset(found)


def lettered(tree: Tree) -> Tree:
    """``tree`` with the canonical names of indices replaced by letters that are free in it."""
    parts = tuple(lettered(part) for part in children(tree))
    if not isinstance(tree, Series) or not tree.index.startswith("#"):
        return rebuild(tree, parts) if parts else tree
    taken = {part for name in symbol_names(tree) for part in (name, *name.split("_")[1:])}
    taken |= {node.index for part in parts for node in walk(part) if isinstance(node, Series)}
    letter = next(name for name in (*"ijnlpqrstu", tree.index) if name not in taken)
    lower, upper, body = parts
    return Series(letter, lower, upper, reindexed(body, tree.index, letter))
