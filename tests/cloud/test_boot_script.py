"""The boot script of an instance, with every command stubbed that would change a machine or ask AWS."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from entrypoints.aws.archives import files_below, write_tar

SCRIPT = Path(__file__).parents[2] / "deploy/aws/boot/boot.sh"
SILENT = ("dnf", "systemctl", "chown", "useradd", "id", "python3.12")
AWS = r"""
case "$1 $2" in
  "s3 cp") cp "$BUCKET/${4#s3://artifacts/}" "$5" ;;
  "cloudformation signal-resource") [ ! -e "$REFUSED" ] || exit 254; echo "${@: -1}" >> "$SAID" ;;
  "elbv2 describe-target-health") cat "$HEALTH" ;;
  *) exit 64 ;;
esac
"""
OPENSSL = r"""
while [ $# -gt 0 ]; do case $1 in -keyout | -out) echo pem > "$2" ;; esac; shift; done
"""
CURL = r"""
case "${@: -1}" in
  */api/token) echo token ;;
  */instance-id) echo i-0abc ;;
  */health/ready) [ -e "$ANSWERS" ] ;;
  *) exit 64 ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A machine in a folder."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def signals(self) -> list[str]:
        said = self.folder / "said"
        return said.read_text().split() if said.exists() else []

    def boot(self, *, digest: str, seconds: int = 20) -> subprocess.CompletedProcess[str]:
        settings = {
            "OPENHOURS_RELEASE": "1.0-abc",
            "OPENHOURS_ARTIFACTS": "artifacts",
            "OPENHOURS_BUNDLE_SHA256": digest,
            "OPENHOURS_STACK": "openhours-web",
            "OPENHOURS_SIGNAL_RESOURCE": "Group",
            "OPENHOURS_TARGET_GROUP": "arn:targets",
            "OPENHOURS_LOG_GROUP": "logs",
            "OPENHOURS_ROOT": str(self.root),
            "OPENHOURS_BOOT_SECONDS": str(seconds),
            "OPENHOURS_BOOT_PAUSE": "0.05",
        }
        stubs = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "BUCKET": str(self.folder / "bucket"),
            "SAID": str(self.folder / "said"),
            "HEALTH": str(self.folder / "health"),
            "ANSWERS": str(self.folder / "answers"),
            "REFUSED": str(self.folder / "refused"),
        }
        return subprocess.run(
            ["bash", str(SCRIPT)], env={**settings, **stubs}, capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name in ("bin", "bucket/releases/1.0-abc", "root/etc/openhours", "content/lib/entrypoints"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "content/lib/entrypoints/cli.py").write_text("print()")
    (tmp_path / "root/etc/openhours/environment").write_text("OPENHOURS_ENV=production")
    for name, text in {"aws": AWS, "curl": CURL, "openssl": OPENSSL, **dict.fromkeys(SILENT, "")}.items():
        stub = tmp_path / "bin" / name
        stub.write_text(f"#!/usr/bin/env bash\n{text}")
        stub.chmod(0o755)
    (tmp_path / "health").write_text("healthy\n")
    (tmp_path / "answers").touch()
    return Machine(tmp_path)


@pytest.fixture
def digest(machine: Machine) -> str:
    bundle = machine.folder / "bucket/releases/1.0-abc/bundle.tar.gz"
    write_tar(bundle, files_below(machine.folder / "content"))
    return hashlib.sha256(bundle.read_bytes()).hexdigest()


def test_a_good_bundle_is_started_and_said_to_be_healthy(machine: Machine, digest: str) -> None:
    booted = machine.boot(digest=digest)
    assert (booted.returncode, machine.signals) == (0, ["SUCCESS"]), booted.stdout + booted.stderr
    assert (machine.root / "opt/openhours/current/lib/entrypoints/cli.py").read_text() == "print()"
    unit = (machine.root / "etc/systemd/system/openhours.service").read_text()
    assert "-m entrypoints.cli serve" in unit
    assert "User=openhours" in unit


def test_an_instance_that_was_added_while_no_update_waits_for_its_signal_serves_all_the_same(
    machine: Machine, digest: str
) -> None:
    (machine.folder / "refused").touch()
    booted = machine.boot(digest=digest)
    assert (booted.returncode, machine.signals) == (0, []), booted.stdout + booted.stderr
    assert booted.stdout.splitlines()[-2:] == [
        "openhours boot: no update took the signal",
        "openhours boot: serves 1.0-abc",
    ]


def test_a_bundle_that_was_tampered_with_is_refused_before_anything_of_it_is_unpacked(
    machine: Machine, digest: str
) -> None:
    with (machine.folder / "bucket/releases/1.0-abc/bundle.tar.gz").open("ab") as bundle:
        bundle.write(b"\0")
    booted = machine.boot(digest=digest)
    assert (booted.returncode, machine.signals) == (1, ["FAILURE"])
    assert list((machine.root / "opt/openhours/releases").iterdir()) == []
    assert "not the one that was released" in booted.stdout


def test_a_bundle_that_is_not_there_fails_the_signal(machine: Machine) -> None:
    booted = machine.boot(digest="0" * 64)
    assert (booted.returncode != 0, machine.signals) == (True, ["FAILURE"])


@pytest.mark.parametrize("missing", ["an answer", "a healthy target"])
def test_an_instance_that_never_becomes_healthy_fails_the_signal(machine: Machine, digest: str, missing: str) -> None:
    if missing == "an answer":
        (machine.folder / "answers").unlink()
    else:
        (machine.folder / "health").write_text("unhealthy\n")
    booted = machine.boot(digest=digest, seconds=1)
    assert (booted.returncode, machine.signals) == (1, ["FAILURE"])
    assert "did not happen" in booted.stdout
