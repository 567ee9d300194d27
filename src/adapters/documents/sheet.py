"""A document before it is drawn: a letterhead, and under it blocks of facts, sums, tables and words.

Texts are plain: whoever draws escapes them. They may be in any script and of any length.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value. A strong row is what the block comes to."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels beside their values."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Labels with amounts that stand under each other at the right."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns, the first column being what the row is about. Long ones go on to the next page."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Paragraphs. Line breaks within them are kept."""

    heading: str
    paragraphs: tuple[str, ...]


Block: TypeAlias = Facts | Sums | Table | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document. `notice` is what must not be overlooked, such as that the visit was cancelled; "" for none."""

    clinic: str
    title: str
    number: str
    notice: str
    blocks: tuple[Block, ...]
    foot: str
