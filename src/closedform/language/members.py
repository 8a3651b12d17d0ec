"""The members of a chain: formulas, rounded quantities, and the scales that are put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from closedform.algebra.tree import Number, Product, Sum, symbol_names
from closedform.language.ambiguous import check_suffix, check_unit, two_readings
from closedform.language.claim import Member
from closedform.language.layers import Expand, Expanded
from closedform.language.letters import constants
from closedform.language.numbers import rounding as r
from closedform.language.numbers.digits import coarseness, unit_of
from closedform.language.numbers.memory import counts_bytes, speaks_of_bytes
from closedform.language.numbers.scales import Scale, put_in, scales_of, under_line
from closedform.language.parser import parse_tokens
from closedform.language.shorthands import remainder
from closedform.language.surroundings.chain import Chain, Piece
from closedform.language.surroundings.unknown_words import no_words
from closedform.language.tokens import Scan
from closedform.language.vocabulary import LARGE, SUFFIXES
from closedform.records import entity, replace


@entity
class Members:
    """Reads the members of the chains in one text.

    ``known``: symbols of the ``target`` and the conditions; ``values``: those with a number.
    ``expand`` gives the formulas of quantities.
    """

    scan: Scan
    target: Member | None
    known: frozenset[str]
    values: Mapping[str, Fraction]
    expand: Expand

    def read(self, chain: Chain) -> tuple[Member, ...]:
        """The members, in the first reading of the scales that holds, or the nearest one.

        What the reading changes in the pieces and what it tells is put into the chain.
        """
        if chain.plain and not self.values:
            return tuple([read_member(self.scan, piece, self.expand) for piece in chain.pieces])
        target = self.target
        symbols = None if target is None else target.names
        chain.notes += constants(self.scan, chain, symbols, self.known)
        if symbols:
            return self._rounded(chain)
        if not self.scan.words and chain.values.isdisjoint((*SUFFIXES, "b")):
            return self._rounded(chain)
        pieces = [piece.tokens for piece in chain.pieces]
        sizes = self.known | self.values.keys()
        scales = [scales_of(self.scan, tokens, sizes) for tokens in pieces]
        if not any(scales):
            return self._rounded(chain)
        costs = "QUANTITY" in self.scan.kinds
        equated = not costs and (target is not None or {*chain.relations} <= {"=", "≈"})
        options = [
            *put_in(
                self.scan,
                pieces,
                scales,
                equated=equated,
                alone=target is None,
                target=target.written if target else "",
                values=self.values,
            )
        ]
        if not options[0][0]:
            members = self._rounded(chain)
            if all(scales):
                return self._checked(chain, scales, members)
            if equated:
                self._check_letters(chain, scales)
            return members
        readings: list[tuple[Fraction, Chain, tuple[Member, ...]]] = []
        for changed, note in options:
            put = [replace(p, tokens=changed.get(i, p.tokens)) for i, p in enumerate(chain.pieces)]
            read = replace(chain, pieces=put, notes=[*chain.notes, note])
            members = self._rounded(read)
            sides = [*([target] if target else []), *members]
            readings.append((r.apart(sides, self.values), read, members))
            if len(options) > 1 and r.agree(sides, self.values):
                readings = readings[-1:]
                break
        _, read, members = min(readings, key=itemgetter(0))
        chain.pieces, chain.notes = read.pieces, read.notes
        return members

    def _check_letters(self, chain: Chain, scales: list[dict[int, Scale]]) -> None:
        """Refuse ``2 × 7B × n = 14e9 n``: a letter on one side alone is a symbol of no identity.

        Raises:
            ParseError: with both readings.
        """
        pieces = [piece.tokens for piece in chain.pieces]
        names = Counter(item.value for tokens in pieces for item in tokens if item.type == "NAME")
        for tokens, read in zip(pieces, scales, strict=True):
            letters = [at for at, scale in read.items() if not scale.certain and len(tokens) > 2]
            again = Counter(tokens[at].value for at in letters)
            for at in letters:
                letter = tokens[at].value
                if letter in LARGE and names[letter] == again[letter]:
                    raise two_readings(self.scan, tokens[at - 1 : at + 1])

    def _checked(
        self, chain: Chain, scales: list[dict[int, Scale]], members: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        """The members of a chain with one letter behind a number in each, as it is a symbol.

        Raises:
            ParseError: only as a scale they agree: 2.7M × 1,152 = 3110M, to the digits written.
        """
        if self.target is not None or {*chain.relations} != {"="}:
            return members
        pieces = [piece.tokens for piece in chain.pieces]
        for changed, _ in put_in(
            self.scan, pieces, scales, equated=True, alone=False, values=self.values
        ):
            put = [replace(p, tokens=changed.get(i, p.tokens)) for i, p in enumerate(chain.pieces)]
            scaled = self._rounded(replace(chain, pieces=put, notes=[])) if changed else ()
            if scaled and r.agree(scaled, self.values) and r.apart(scaled, self.values) != 1:
                first = next(p for i, p in enumerate(pieces) if i in changed)
                scaled_by = (p for p in pairwise(first) if p[0].type == "NUMBER")
                raise two_readings(self.scan, next(p for p in scaled_by if p[1].value in SUFFIXES))
        return members

    def _rounded(self, chain: Chain) -> tuple[Member, ...]:
        """The members, rounded quantities among them.

        A number with a suffix (569M) is a rounded quantity where everything else is a pure number,
        the given values put in, or where it is the result of a formula without that symbol;
        elsewhere beside a formula with symbols the suffix is a symbol itself.
        """
        scan, pieces = self.scan, chain.pieces
        rounded = [r.rounded_quantity(scan, piece.tokens, self.known) for piece in pieces]
        plain = [
            None if quantity else read_member(scan, piece, self.expand)
            for piece, quantity in zip(pieces, rounded, strict=True)
        ]
        if any(len(piece.tokens) == 2 for piece in pieces):
            sides = [side.tree for side in (*plain, self.target) if side]
            free = frozenset(name for tree in sides for name in symbol_names(tree))
            check_unit(scan, [piece.tokens for piece in pieces], free - self.known)
        if not (self.values or scan.has_words or any(rounded)):
            return tuple(self._held([*filter(None, plain)], chain, rounded))
        if speaks_of_bytes(scan.text):
            rounded = self._in_memory(chain, rounded, plain)
        trees = [member.tree for member in (*plain, self.target) if member]
        # Only suffixes and given sizes ask which symbols there are.
        matters = self.values or any(rounded)
        names = frozenset(n for t in trees for n in symbol_names(t)) if matters else frozenset()
        numeric = names <= self.values.keys()
        if names and numeric:
            for piece in pieces:
                check_suffix(scan, piece.tokens, self.known)
        products = all(quantity is None or quantity.letter for quantity in rounded)
        numeric = numeric and any(rounded)
        if numeric and products and not (self.target or {*chain.relations} <= {"=", "≈"}):
            raise two_readings(scan, pieces[[*map(bool, rounded)].index(True)].tokens)
        numeric = numeric and (bool(trees) or not products)
        scales = self._scales(pieces, rounded, names, numeric=numeric)
        members: list[Member] = []
        for place, (piece, quantity) in enumerate(zip(pieces, rounded, strict=True)):
            if quantity is not None and quantity.scale in scales:
                relations = [chain.opening, *chain.relations, ""][place : place + 2]
                per_unit = any(under_line(piece.tokens) for piece in pieces)
                read = r.chosen(
                    quantity, trees, self.values, coarse="≈" in relations, divided=not per_unit
                )
                chain.notes += [read.note] if read.note else []
                written = scan.excerpt(piece.tokens)
                tree = Number(read.value, written)
                members.append(
                    Member(tree, written, tree, unit=read.unit, suffixed=True, cut=quantity.cut)
                )
            else:
                members.append(plain[place] or read_member(scan, piece, self.expand))
        members = self._held(members, chain, rounded)
        if scan.words:
            parts = [p for p, member in zip(pieces, members, strict=True) if not member.suffixed]
            no_words(scan, [item for piece in parts for item in piece.tokens], self.known)
        return tuple(members)

    def _scales(
        self,
        pieces: Sequence[Piece],
        rounded: Sequence[r.Rounded | None],
        names: frozenset[str],
        *,
        numeric: bool,
    ) -> set[int | Fraction]:
        """The scales of the quantities that are no products: both of 5M < P < 10M, by the last."""
        return {
            quantity.scale
            for place, quantity in enumerate(rounded)
            if quantity
            and (numeric or r.is_no_product(quantity, pieces[place].tokens, names, last=place > 0))
        }

    def _held(
        self, members: list[Member], chain: Chain, rounded: Sequence[r.Rounded | None]
    ) -> list[Member]:
        """The members as a target that is a number is held to them: as closely as they are written.

        Of bytes those count the unit of the result that divide by it: 6.74e9·2/1e9 = 13.48 GB.
        """
        pieces = chain.pieces
        if self.target is None or self.target.names or len(pieces[0].tokens) < 2:
            return members
        result = rounded[-1] if counts_bytes(self.target.written) else None
        held: list[Member] = []
        for piece, member in zip(pieces, members, strict=True):
            tree = member.tree
            if result and not member.suffixed and r.divides(tree, result.scale, self.values):
                tree = Product((tree, Number(result.scale)))
            powers = any(rounded) or "≈" in (chain.opening, *chain.relations)
            part = coarseness(piece.tokens, tree, self.values, powers=powers)
            # 14.7M + 123.6M is a rounded number itself.
            rounds = bool(part) and isinstance(tree, Sum)
            unit, suffixed = (part, True) if rounds else (member.unit, member.suffixed)
            held.append(replace(member, tree=tree, inputs=part, unit=unit, suffixed=suffixed))
        return held

    def _in_memory(
        self, chain: Chain, rounded: list[r.Rounded | None], plain: list[Member | None]
    ) -> list[r.Rounded | None]:
        """The quantities of a text with a unit of memory: B is bytes, and units are converted."""
        rounded = [r.in_bytes(quantity) for quantity in rounded]
        result, last = rounded[-1], chain.pieces[-1].tokens
        for member in plain if result and self.target else ():
            if member and result and r.is_binary(result, member, self.values):
                raise self.scan.error(last, r.OTHER_BASE, r.BINARY_UNITS)
        if "=" not in chain.relations:
            return rounded
        sides = [q or m for q, m in zip(rounded, plain, strict=True)]
        amounts = [r.amount_of(side, self.values) for side in sides if side]
        starts = [piece.tokens[0].start for piece in chain.pieces]
        equal = [relation == "=" for relation in chain.relations]
        return r.converted(self.scan, starts, equal, rounded, amounts)


def read_member(scan: Scan, piece: Piece, expand: Expand) -> Member:
    """One member that is a formula, its quantities worked out."""
    asked = parse_tokens(scan, piece.tokens)
    costs = "QUANTITY" in scan.kinds
    costs = costs and "QUANTITY" in [item.type for item in piece.tokens]
    tree, divisions, notes, held = expand(asked, scan.text) if costs else Expanded(asked)
    if piece.modulus:
        tree = remainder(tree, expand(parse_tokens(scan, piece.modulus), scan.text).tree)
    written, unit = scan.excerpt(piece.tokens), unit_of(piece.tokens)
    rest = expand(parse_tokens(scan, piece.rest), scan.text).tree if piece.rest else None
    return Member(
        tree, written, asked, divisions, notes, unit, order=piece.order, rest=rest, held=held
    )
