"""What a new instance runs first, with stubs in place of the machine's commands: the boot script of the release and no other."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from deployment.templates import template

BOOT = 'echo "booted $OPENHOURS_RELEASE from $OPENHOURS_ARTIFACTS, $OPENHOURS_SIGNAL_RESOURCE of $OPENHOURS_STACK"\n'
STUBS = {
    "aws": 'echo "aws $*" >> "$HERE/asked"; if [ "$1" = s3 ]; then cp "$HERE/stored" "$5"; fi',
    "curl": "echo i-0123456789abcdef0",
}


@dataclass(frozen=True)
class Machine:
    """A folder in place of a whole machine."""

    here: Path

    def run(self, **given: str) -> subprocess.CompletedProcess[str]:
        values = {name: f"value-of-{name}" for name in ("Restart", "PlainSettings", "DatabaseSettings", "LinkSettings")}
        script = self.script({**values, **given})
        env = {"PATH": f"{self.here}/bin:{os.environ['PATH']}", "HERE": str(self.here)}
        return subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)

    def script(self, values: Mapping[str, str]) -> str:
        launched = template("web")["Resources"]["Template"]["Properties"]["LaunchTemplateData"]
        text = launched["UserData"]["Fn::Base64"]["Fn::Sub"]
        filled = re.sub(r"\$\{([\w:]+)\}", lambda it: values.get(it[1], f"some-{it[1].replace('::', '-')}"), text)
        return filled.replace("/etc/openhours", f"{self.here}/etc").replace("/run/", f"{self.here}/")

    @property
    def asked(self) -> str:
        return (self.here / "asked").read_text(encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    for name, body in STUBS.items():
        stub = tmp_path / "bin" / name
        stub.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        stub.chmod(0o755)
    (tmp_path / "stored").write_text(BOOT, encoding="utf-8")
    return Machine(tmp_path)


def test_runs_the_boot_script_of_the_release_with_the_settings_beside_it(machine: Machine) -> None:
    done = machine.run(Release="r7", ArtifactsBucket="releases-here", BootSha256=sha256(BOOT.encode()).hexdigest())
    assert done.returncode == 0, done.stderr
    assert done.stdout == "booted r7 from releases-here, Group of some-AWS-StackName\n"
    assert "aws s3 cp --only-show-errors s3://releases-here/releases/r7/boot.sh" in machine.asked
    settings = (machine.here / "etc" / "environment").read_text(encoding="utf-8").splitlines()
    assert "OPENHOURS_ENV=production" in settings
    assert all(re.fullmatch(r"[A-Z_]+=\S+", line) for line in settings)


def test_another_boot_script_than_that_of_the_release_is_not_run_and_fails_the_update_at_once(machine: Machine) -> None:
    done = machine.run(BootSha256=sha256(b"what was released").hexdigest())
    assert done.returncode != 0
    assert "booted" not in done.stdout
    assert "signal-resource --stack-name some-AWS-StackName --logical-resource-id Group" in machine.asked
    assert machine.asked.rstrip().endswith("--unique-id i-0123456789abcdef0 --status FAILURE")


def test_a_release_that_cannot_be_fetched_fails_the_update_at_once(machine: Machine) -> None:
    (machine.here / "stored").unlink()
    done = machine.run()
    assert done.returncode != 0
    assert machine.asked.rstrip().endswith("--status FAILURE")
