"""Reading two ordered streams side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Peekable(Generic[T]):
    """An iterator whose next item can be left for later."""

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._held: list[T] = []

    def take(self, wanted: Callable[[T], bool]) -> Iterator[T]:
        """Items while they are wanted; the first unwanted one stays."""
        while True:
            if not self._held:
                try:
                    self._held.append(next(self._items))
                except StopIteration:
                    return
            if not wanted(self._held[0]):
                return
            yield self._held.pop()
