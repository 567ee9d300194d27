"""The container path, as far as it can be read without a machine that runs containers."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

import bootstrap
from settings import read_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy/container"


class Asked(dict[str, str]):
    """An environment that notes which settings are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


def compose() -> Mapping[str, Any]:
    return dict(yaml.safe_load((FOLDER / "compose.yaml").read_text()))


def test_copies_what_is_there() -> None:
    text = (FOLDER / "Dockerfile").read_text()
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_runs_as_nobody_in_particular_and_writes_to_its_state_alone() -> None:
    text = (FOLDER / "Dockerfile").read_text()
    assert text.rindex("USER openhours") > text.rindex("FROM ")
    for name in ("migrate", "web", "worker"):
        service = compose()["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert [volume.partition(":")[2] for volume in service["volumes"]] == ["/var/lib/openhours"]


def test_sets_only_what_the_product_reads_and_tells_nobody_but_this_machine() -> None:
    asked = Asked()
    read_settings(asked)
    services = compose()["services"]
    named = {
        name for each in services.values() for name in each.get("environment", {}) if name.startswith("OPENHOURS_")
    }
    assert named - asked.names == set()
    assert [port for each in services.values() for port in each.get("ports", [])] == ["127.0.0.1:8000:8000"]


def test_nothing_is_served_before_the_database_is_migrated() -> None:
    services = compose()["services"]
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["command"] == ["migrate"]


def test_only_the_migration_knows_the_owner_of_the_tables() -> None:
    services = compose()["services"]
    owner = "OPENHOURS_DATABASE_OWNER_URL"
    assert {name for name, each in services.items() if owner in each["environment"]} == {"migrate"}
    told = {
        name: each.replace("${OPENHOURS_", "").partition(":-")[0]
        for name, each in (
            ("owner", services["migrate"]["environment"][owner]),
            ("product", services["web"]["environment"]["OPENHOURS_DATABASE_URL"]),
        )
    }
    assert told == {
        "owner": "postgresql://openhours:OWNER_PASSWORD",
        "product": "postgresql://openhours_app:DATABASE_PASSWORD",
    }
    environ = dict(services["migrate"]["environment"])
    assert bootstrap.databases_of(environ).owner_url == environ[owner]
