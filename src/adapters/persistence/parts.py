"""Parts of a unit that are made when they are first asked for: a transaction needs few of them."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Part(Generic[T]):
    """An attribute of a class with a `source`, from which `make` makes it once for each instance."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, whole: Any, owner: type | None = None) -> T:
        made = whole.__dict__[self._name] = self._make(whole.source)
        return made
