"""What prints itself: as text at a prompt, as Markdown in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeVar


class Displayed(ABC):
    """A result that is shown as it prints itself, by its ``to_text`` and ``to_markdown``.

    >>> class Answer(Displayed):
    ...     def to_text(self) -> str:
    ...         return "1/N + 1/k²"
    ...
    ...     def to_markdown(self) -> str:
    ...         return "$1/N + 1/k^2$"
    >>> Answer(), str(Answer())
    (1/N + 1/k², '1/N + 1/k²')
    """

    @abstractmethod
    def to_text(self) -> str:
        """The result as lines of text."""

    @abstractmethod
    def to_markdown(self) -> str:
        """The result in Markdown."""

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


_Shown = TypeVar("_Shown", bound=Displayed)


class Several(Displayed, tuple[_Shown, ...]):
    """Results one after the other."""

    __slots__ = ()

    def to_text(self) -> str:
        """Each in lines of its own."""
        return "\n".join(each.to_text() for each in self)

    def to_markdown(self) -> str:
        """Each in a paragraph of its own."""
        return "\n\n".join(each.to_markdown() for each in self)


def indented(lines: str) -> str:
    """Lines under a heading.

    >>> indented("k²MN")
    '  k²MN'
    """
    return "\n".join(f"  {line}" for line in lines.splitlines())
