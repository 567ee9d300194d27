"""SQLAlchemy's statements as asyncpg takes them: their texts and their arguments."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable, Insert, bindparam

from adapters.persistence.sql_database import Parameters

_PARAMETER = re.compile(r"\$(\d+)")


class Statements:
    """Each is compiled once for each set of parameters' names."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled = lru_cache(maxsize=512)(self._compile)
        self._adding = lru_cache(maxsize=512)(self._compile_adding)

    def of(self, statement: Executable, parameters: Parameters) -> tuple[str, list[Any]]:
        """Its text and its arguments, in order."""
        text, names, constants = self._compiled(statement, tuple(parameters))
        return text, [parameters[name] if name in parameters else constants[name] for name in names]

    def of_all(self, statements: Sequence[tuple[Executable, Parameters]]) -> tuple[str, list[Any]]:
        """One statement that does what all of them do, in any order, and its arguments.

        What is added to one table is added at once, without the columns of which nobody says anything. Measured with eight
        holds: an INSERT for each reads the table's rules and opens its indexes anew, and takes half as long again.
        """
        if len(statements) == 1:
            return self.of(*statements[0])
        added: dict[Insert, list[Parameters]] = {}
        others: list[tuple[Executable, Parameters]] = []
        for statement, parameters in statements:
            if isinstance(statement, Insert):
                added.setdefault(statement, []).append(parameters)
            else:
                others.append((statement, parameters))
        parts = [self._of_rows(statement, rows) for statement, rows in added.items()]
        parts += [self.of(statement, parameters) for statement, parameters in others]
        text = _together(tuple((each, len(arguments)) for each, arguments in parts))
        return text, [argument for _, arguments in parts for argument in arguments]

    def _of_rows(self, statement: Insert, rows: Sequence[Parameters]) -> tuple[str, list[Any]]:
        names = tuple(name for name in rows[0] if any(row[name] is not None for row in rows))
        text, order = self._adding(statement, names, len(rows))
        return text, [rows[index][name] for index, name in order]

    def _compile(self, statement: Executable, names: tuple[str, ...]) -> tuple[str, Sequence[str], Mapping[str, Any]]:
        compiled: Any = statement.compile(dialect=self._dialect, column_keys=names)  # type: ignore[attr-defined]
        return str(compiled), compiled.positiontup or (), compiled.params

    def _compile_adding(
        self, statement: Insert, names: Sequence[str], number: int
    ) -> tuple[str, Sequence[tuple[int, str]]]:
        """The text that adds so many rows, and of which row each of its arguments is which column."""
        places = {f"{name}_{index}": (index, name) for index in range(number) for name in names}
        kinds = statement.table.c
        rows = [
            {name: bindparam(f"{name}_{index}", type_=kinds[name].type) for name in names} for index in range(number)
        ]
        compiled: Any = statement.values(rows).compile(dialect=self._dialect)
        return str(compiled), [places[each] for each in compiled.positiontup]


@lru_cache(maxsize=256)
def _together(parts: tuple[tuple[str, int], ...]) -> str:
    """The texts as parts of one, their parameters numbered on."""
    texts, passed = [], 0
    for text, number in parts:
        texts.append(_PARAMETER.sub(lambda found, passed=passed: f"${int(found[1]) + passed}", text))  # type: ignore[misc]  # bound as it is now
        passed += number
    *others, last = texts
    named = ", ".join(f"part_{index} AS ({each})" for index, each in enumerate(others))
    return f"WITH {named} {last}" if others else last
