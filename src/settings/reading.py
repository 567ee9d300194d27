"""Reading one setting: by its name, with a default, and with one clear line where it cannot be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
PREFIX = "OPENHOURS_"


class WrongSetting(Exception):
    """A setting that cannot be used; the message is one line that names it and says what it may be."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads settings by their names without the prefix. An empty one counts as not set."""

    environ: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.environ.get(PREFIX + name) or default

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise WrongSetting(f"{PREFIX}{name} is {value!r}: it must be one of {', '.join(choices)}.")
        return value

    def read(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        value = self.text(name, default)
        try:
            return parse(value)
        except ValueError as wrong:
            shown = repr(value)
            if any(word in name for word in ("URL", "KEY", "SECRET")):
                shown = "set to something" if value else "not set"
            raise WrongSetting(f"{PREFIX}{name} is {shown}: {wrong}.") from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """Parses a whole number within these bounds. It raises ValueError."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ValueError("it must be a whole number") from None
        if not least <= number <= most:
            raise ValueError(f"it must be from {least} to {most}")
        return number

    return parse
