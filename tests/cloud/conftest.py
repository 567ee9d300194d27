"""One release, made once and unpacked, and what it runs against."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from cloud.account import Account, opened
from cloud.background import Background, background
from entrypoints.aws.archives import write_tar
from entrypoints.aws.packaging import BUNDLE, Target, gathered
from servers.databases import drop_postgresql, empty_postgresql
from support.mailserver import Mailbox, mail_server

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Release:
    """`lib` is what an instance and a function run; `functions` are the names of what goes into the zip of the latter."""

    folder: Path
    functions: frozenset[str]

    @property
    def lib(self) -> Path:
        return self.folder / "lib"


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Packed for this machine's Python and unpacked again."""
    folder = tmp_path_factory.mktemp("release")
    with gathered(ROOT, target=Target.this_one(), certificates=None) as contents:
        # Not compressed: it is unpacked at once.
        write_tar(folder / BUNDLE, contents.bundle, level=0)
        functions = frozenset(contents.functions)
    # As the boot script does.
    subprocess.run(["tar", "-xzf", BUNDLE, "--no-same-owner"], cwd=folder, check=True)
    (folder / BUNDLE).unlink()
    return Release(folder, functions)


@pytest.fixture(scope="module")
def beside() -> Iterator[Background]:
    with background() as beside:
        yield beside


@dataclass(frozen=True)
class Outside:
    """The world around one deployment. `database_url` is the owner's."""

    account: Account
    database_url: str
    mailbox: Mailbox


@pytest.fixture(scope="module")
def outside(beside: Background) -> Iterator[Outside]:
    url, user = empty_postgresql(), f"openhours_app_{uuid4().hex[:8]}"
    its_own = f"postgresql://{user}@{url.partition('@')[2]}"
    try:
        with beside.holding(mail_server()) as server:
            yield Outside(opened(its_own, url, server.port), url, server.mailbox)
    finally:
        drop_postgresql(url, users=(user,))
