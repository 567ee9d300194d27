"""The documents say what the code does: settings, commands, statuses, tasks and messages stand in them, and nothing that is gone."""

import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from browser.screenshots.kept import KEPT
from entrypoints import cli
from scheduling_core.tasks import MessageKind, TaskKind
from scheduling_core.transitions import TRANSITIONS, Status, Verb
from settings import read_settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "deploy").rglob("*.md"))
NAMED = re.compile(r"`(GET|POST|PUT|PATCH|DELETE)\s+(/api/[^`?\s]+)(?:\?(\w+)=[^`]*)?`")
"""An operation as documents name it, with the query parameter that it is narrowed by."""
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


class Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: object = None) -> None:  # type: ignore[override]  # nothing is set
        self.names.add(name)


def cells(document: str, heading: str) -> Iterator[list[str]]:
    """The rows of the first table under a heading, without its head."""
    section = document.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert rows, heading
    return ([cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:])


def named(text: str) -> set[str]:
    """What stands in backticks, outside blocks of code."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)))


def places(path: Path) -> set[str]:
    """What a link can lead to within a document: its headings, as they are named there."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(*words: str) -> Iterator[str]:
    """Every command that help names, and below it those of its own."""
    told = StringIO()
    with pytest.raises(SystemExit), redirect_stdout(told):
        cli.main([*words, "--help"])
    below = re.search(r"\{([a-z,-]+)\}", told.getvalue())
    if below is None:
        yield " ".join(("openhours", *words))
        return
    for word in below[1].split(","):
        yield from commands(*words, word)


def test_every_setting_is_described_and_none_that_is_not_read() -> None:
    environment = Asked()
    read_settings(environment)
    described = {name for row in cells(OPERATIONS, "Settings") for name in named(row[0])}
    assert described == environment.names


def test_every_command_is_described_and_none_that_is_gone() -> None:
    described = {re.split(r" [-A-Z\[]", name)[0] for row in cells(OPERATIONS, "Commands") for name in named(row[0])}
    assert described == set(commands())


def test_the_table_of_a_visits_life_is_the_one_that_the_product_goes_by() -> None:
    told = dict[tuple[str, str], tuple[str | None, frozenset[str]]]()
    for verb, before, after, by, _ in cells(ARCHITECTURE, "How a visit lives"):
        if before == "–":
            assert named(verb) == {Verb.HOLD}
            continue
        others = [status for status in Status if status != after]
        for status in others if before == "any other" else before.split(", "):
            for name in named(verb):
                told[status, name] = (None if after == "what it was" else after, frozenset(by.split(", ")))
    assert told == {key: (row.to, row.by) for key, row in TRANSITIONS.items()}


def test_every_verb_task_and_message_is_described() -> None:
    words = named(ARCHITECTURE)
    assert set(Verb) - words == set()
    assert {name for row in cells(ARCHITECTURE, "Tasks") for name in named(row[0])} == set(TaskKind)
    assert {name for row in cells(ARCHITECTURE, "Messages") for name in named(row[1])} == set(MessageKind)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_links_to_is_there(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)(?:#([^)\s]+))?", path.read_text(encoding="utf-8"))
    assert [link for link, _ in links if not (path.parent / link).exists()] == []
    assert [place for link, place in links if place and place not in places(path.parent / link)] == []


def test_every_file_of_the_code_that_a_document_names_is_there() -> None:
    paths = {
        (document.name, path)
        for document in DOCUMENTS
        for path in re.findall(r"`((?:src|tests)/[\w/.-]+\.py)(?:::\w+)?`", document.read_text(encoding="utf-8"))
    }
    # The provider that the README would have its reader write.
    assert {each for each in paths if not (ROOT / each[1]).is_file()} == {
        ("README.md", "src/adapters/notify/pigeon.py"),
    }


def test_every_operation_that_a_document_names_is_served() -> None:
    served = json.loads((ROOT / "web/openapi.json").read_text(encoding="utf-8"))["paths"]
    known = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path)): {each["name"] for each in operation.get("parameters", ())}
        for path, operations in served.items()
        for method, operation in operations.items()
        if method in {"get", "post", "put", "patch", "delete"}
    }
    for document in DOCUMENTS:
        for method, path, asked in NAMED.findall(document.read_text(encoding="utf-8")):
            operation = (method, re.sub(r"\{\w+\}", "{}", path))
            assert operation in known, f"{document.name}: {method} {path}"
            assert not asked or asked in known[operation], f"{document.name}: {method} {path}?{asked}"


def test_records_of_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_picture_is_shown_by_a_document_and_taken_or_drawn_by_a_command() -> None:
    kept = {path.name for path in (ROOT / "docs/pictures").iterdir()}
    shown = {
        Path(link).name
        for path in DOCUMENTS
        for link in re.findall(r"(?:\]\(|src=\")([^)\"\s]*pictures/[^)\"\s]+)", path.read_text(encoding="utf-8"))
        if (path.parent / link).exists()
    }
    assert kept - shown == set()
    assert {f"{name}.png" for name in KEPT} == {name for name in kept if name.endswith(".png")}
    assert len(kept) <= 14


def test_pictures_that_a_document_frames_are_there() -> None:
    for path in DOCUMENTS:
        framed = re.findall(r"<img src=\"([^\"]+)\"", path.read_text(encoding="utf-8"))
        assert [link for link in framed if not (path.parent / link).exists()] == [], path.name
