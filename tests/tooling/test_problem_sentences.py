"""Whatever the server refuses, the pages have plain words for."""

import re
from pathlib import Path

import pytest

from adapters.http import problems

_WORDS = Path(__file__).parents[2] / "web" / "src" / "shared" / "text"


@pytest.mark.parametrize("language", sorted(each.name for each in _WORDS.iterdir() if each.is_dir()))
def test_each_problem_type_has_a_sentence_in_each_language(language: str) -> None:
    written = (_WORDS / language / "problems.ts").read_text(encoding="utf-8")
    sentences = written.partition("export const sentences")[2].partition("\n}")[0]
    said = set(re.findall(r"^  '?([a-z-]+)'?: ", sentences, re.MULTILINE))
    assert problems.ALL.keys() - said == set()
