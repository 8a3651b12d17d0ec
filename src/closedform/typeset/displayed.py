"""What prints itself: as text at a prompt, as Markdown in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod


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
