"""A place in a run of tokens: what comes next, and the error where it may not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import TypeAlias

from closedform.algebra.tree import Number, Tree
from closedform.errors import ClosedformError, ParseError, TooLarge
from closedform.language import refusals
from closedform.language.layers import Layers
from closedform.language.tokens import BEGINS, OPERATORS, Token

#: Brackets, sums over an index and functions without brackets nest no deeper than this.
DEPTH = 70
#: What has been read: a formula, or a sum of layers.
Value: TypeAlias = "Tree | Layers"

#: Why no minus stands before a layer.
NOT_SUBTRACTED = (
    "layers are not subtracted, nor taken less than 0 times",
    "subtract quantities: params(A) - params(B)",
)


class Cursor(ABC):
    """The tokens of one parse; ``kinds[at]`` is the next one's, and ``$END`` behind the last."""

    __slots__ = ("at", "depth", "kinds", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.kinds = [item.type for item in tokens]
        self.kinds.append("$END")
        self.at = 0
        self.depth = 0

    @abstractmethod
    def sum(self) -> Value:
        """A whole expression: what stands between brackets or commas."""

    def take(self) -> Token:
        """The next token, whatever it is."""
        item = self.tokens[self.at]
        self.at += 1
        return item

    def expect(self, *kinds: str) -> Token:
        """The next token, which must be of one of these kinds."""
        if self.kinds[self.at] not in kinds:
            raise self.unexpected({*kinds})
        return self.take()

    def close(self, kind: str = "RPAR") -> None:
        """What ends an expression, which could also go on."""
        if self.kinds[self.at] != kind:
            raise self.unexpected(OPERATORS)
        self.at += 1

    def comma(self) -> bool:
        """Whether a comma comes next; it is passed."""
        passed = self.kinds[self.at] == "COMMA"
        self.at += passed
        return passed

    def deeper(self) -> None:
        """One expression more in another one; ``depth`` goes down again where it ends.

        Raises:
            TooLarge: past the bound that keeps the parser and what comes after it from nesting on.
        """
        self.depth += 1
        if self.depth > DEPTH:
            raise TooLarge("the nesting of a formula", DEPTH)

    def nested(self) -> Value:
        """An expression in another one."""
        self.deeper()
        value = self.sum()
        self.depth -= 1
        return value

    def formula(self, item: Token) -> Tree:
        """An expression that belongs to ``item`` and must be no layer."""
        return self.tree(self.nested(), item)

    def inside(self, item: Token, closer: str = "RPAR") -> Tree:
        """A formula and what closes it."""
        inside = self.formula(item)
        self.close(closer)
        return inside

    def group(self, item: Token) -> Tree:
        """A formula in brackets."""
        self.expect("LPAR")
        return self.inside(item)

    def tree(self, value: Value, item: Token) -> Tree:
        """What has been read, which must be no layer."""
        if isinstance(value, Layers):
            if item.type == "MINUS":
                raise self.fail(item, *NOT_SUBTRACTED)
            problem = "a layer stands where a number is expected"
            raise self.fail(item, problem, "say what of it: params(…), macs(…), flops(…)")
        return value

    def divisor(self, tree: Tree, sign: Token) -> Tree:
        """What is divided by, which is no 0."""
        if isinstance(tree, Number) and not tree.value:
            raise self.fail(sign, "a division by zero", "a denominator must not vanish")
        return tree

    def fail(self, item: Token, problem: str, hint: str = "") -> ParseError:
        """An error at a token."""
        return ParseError(self.text, item.start, item.end, problem, hint)

    @contextmanager
    def failing(self, item: Token) -> Iterator[None]:
        """Errors of what a token is written for, at that token."""
        try:
            yield
        except ClosedformError as error:
            raise self.fail(item, error.problem, error.hint) from None

    def unexpected(self, allowed: AbstractSet[str] = BEGINS) -> ParseError:
        """The error for the next token, where only ``allowed`` ones may stand."""
        item = Token("$END", "", 0, 0) if self.at == len(self.tokens) else self.tokens[self.at]
        return refusals.unexpected(self.text, self.tokens, item, allowed)
