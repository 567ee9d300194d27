"""The checks find what is planted before them; a check that finds nothing in anything proves nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

import check_hygiene
import check_secrets

ROOT = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def planted(repository: Path, text: str, *, name: str = "module.py") -> Path:
    (repository / name).write_text(text + "\n")
    subprocess.run(["git", "-C", str(repository), "add", "-f", name], check=True)
    return repository


@pytest.mark.parametrize(
    "text",
    [
        "data = '/" + "root/openhours.db'",
        "see /" + "work/main/README.md",
        "cd /" + "home/lena/openhours",
        '"resolved"' + ': "https://mirror.example/react.tgz"',
        "npm config set registry https://registry." + "npmjs.org",
        "--extra-" + "index-url https://mirror.example",
        "https://mirror.example/" + "simple",
        "# TO" + "DO: later",
        "<" * 7 + " HEAD",
    ],
)
def test_hygiene_finds_what_belongs_to_one_machine_or_to_nobody(repository: Path, text: str) -> None:
    assert len(check_hygiene.findings(planted(repository, text))) == 1


@pytest.mark.parametrize("name", [".env", "signing.pem", "openhours.db", "uv.lock"])
def test_hygiene_finds_files_of_one_machine(repository: Path, name: str) -> None:
    assert len(check_hygiene.findings(planted(repository, "harmless", name=name))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a patient's work/life balance",
        "https://openhours.example/work/hours",
        "POST /api/root",
        "/home/ec2-user/openhours",
        "resolved",
    ],
)
def test_hygiene_lets_ordinary_words_pass(repository: Path, text: str) -> None:
    assert check_hygiene.findings(planted(repository, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "aws = 'AKIA" + "IOSFODNN7EXAMPLE'",
        "stripe = 'sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc'",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "url = 'postgresql://openhours:" + "swordfish@db.example/openhours'",
        "token = 'eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'",
        "signing_key = '8d4e1f0b7c2a96355e" + "f1c07d3b8a42690e7d5c1f8b3a6924'",
    ],
)
def test_the_secret_scanner_finds_what_is_planted(repository: Path, text: str) -> None:
    assert check_secrets.findings(planted(repository, text)) != []


@pytest.mark.parametrize(
    "text", ["postgresql://user:password@host/database", "token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln'"]
)
def test_the_secret_scanner_lets_examples_pass(repository: Path, text: str) -> None:
    assert check_secrets.findings(planted(repository, text)) == []


def test_the_secret_scanner_heeds_a_line_that_says_it_is_none(repository: Path) -> None:
    text = "aws = 'AKIA" + "IOSFODNN7EXAMPLE'  # pragma: allowlist secret"
    assert check_secrets.findings(planted(repository, text)) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("scheduling_core/money.py", "import os", "The core stands on the standard library alone"),
        ("scheduling_core/money.py", "import random", "The core stands on the standard library alone"),
        ("scheduling_core/use_cases/__init__.py", "import asyncio", "The core stands on the standard library alone"),
        ("scheduling_core/money.py", "import msgspec", "The core stands on the standard library alone"),
        ("scheduling_core/money.py", "import scheduling_core.ports", "The model knows no port"),
        (
            "scheduling_core/money.py",
            "import scheduling_core.use_cases",
            "Only use cases and what drives them know use cases",
        ),
        ("scheduling_core/money.py", "import adapters.kit", "Entry points stand on adapters, adapters on the core"),
        ("adapters/payments/__init__.py", "import adapters.calendar", "Adapters never know each other"),
        ("adapters/kit/__init__.py", "import adapters.payments", "Adapters never know each other"),
        (
            "adapters/payments/__init__.py",
            "import bootstrap",
            "Nothing below the entry points knows how the product is wired",
        ),
        ("adapters/payments/__init__.py", "import scheduling_core.use_cases", "Only use cases and what drives them"),
        ("entrypoints/__init__.py", "import adapters.http", "Entry points reach adapters through bootstrap alone"),
    ],
)
def test_an_import_through_a_wall_breaks_its_contract(tmp_path: Path, module: str, line: str, contract: str) -> None:
    for package in ("scheduling_core", "scheduling_core/ports", "scheduling_core/use_cases", "entrypoints"):
        empty_package(tmp_path / package)
    for package in ("", "http", "payments", "calendar", "kit"):
        empty_package(tmp_path / "adapters" / package)
    (tmp_path / "scheduling_core" / "money.py").touch()
    assert lint(tmp_path).returncode == 0

    (tmp_path / module).write_text(line + "\n")

    done = lint(tmp_path)
    assert done.returncode == 1
    assert any(contract in said and said.endswith("BROKEN") for said in done.stdout.splitlines()), done.stdout


def empty_package(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of the product's pyproject.toml, held against the packages in `source`."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=source,
        env={"PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
