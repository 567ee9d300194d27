"""What the German pages call a field or a language can be searched for."""

import re
from pathlib import Path

from scheduling_core.other_names import FIELDS, LANGUAGES

TERMS = Path(__file__).parents[2] / "web/src/shared/text/de/terms.ts"
ROW = re.compile(
    r"""^  (?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>\w+)): '(?P<german>[^']*)',$""", re.MULTILINE
)


def names(table: str) -> dict[str, str]:
    text = TERMS.read_text(encoding="utf-8").partition(f"export const {table}: ")[2].partition("\n}\n")[0]
    return {each["single"] or each["double"] or each["bare"]: each["german"] for each in ROW.finditer(text)}


def test_fields_have_the_names_by_which_they_are_found() -> None:
    assert names("fields") == {field: others[0] for field, others in FIELDS.items()}


def test_languages_have_the_names_by_which_they_are_found() -> None:
    assert names("languages") == dict(LANGUAGES)
