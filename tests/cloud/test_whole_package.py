"""`openhours aws package` from one end to the other, for another machine than this one, without a network.

What the lock names is a library of our own making, a wheel for each machine beside it; everything else is the product's own.
"""

import json
import shutil
import tarfile
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from entrypoints import cli
from entrypoints.aws import commands
from entrypoints.aws.archives import digest_of

ROOT = Path(__file__).parents[2]
MACHINES = {"aarch64": 183, "x86_64": 62}


def a_wheel(folder: Path, machine: str, *, made_for: str) -> str:
    """A library with a program in it; how the lock names it."""
    program = b"\x7fELF\x02\x01\x01" + bytes(9) + (3).to_bytes(2, "little") + MACHINES[made_for].to_bytes(2, "little")
    note = "library-1.0.dist-info"
    files = {
        "library/__init__.py": b"",
        "library/it.so": program,
        "library/tests/test_it.py": b"",
        f"{note}/METADATA": b"Metadata-Version: 2.1\nName: library\nVersion: 1.0\n",
        f"{note}/WHEEL": f"Wheel-Version: 1.0\nTag: cp312-cp312-manylinux_2_28_{machine}\n".encode(),
    }
    lines = [f"{name},sha256={urlsafe_b64encode(sha256(it).digest()).decode()},{len(it)}" for name, it in files.items()]
    files[f"{note}/RECORD"] = "\n".join([*lines, f"{note}/RECORD,,", ""]).encode()
    wheel = folder / f"library-1.0-cp312-cp312-manylinux_2_28_{machine}.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return digest_of(wheel)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The product's own code with a small web client, and one library in the lock."""
    checkout, wheels = tmp_path / "checkout", tmp_path / "wheels"
    shutil.copytree(ROOT / "src", checkout / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(ROOT / "deploy/aws/boot", checkout / "deploy/aws/boot")
    shutil.copyfile(ROOT / "pyproject.toml", checkout / "pyproject.toml")
    for path, text in {"index.html": "page", "assets/a.js": "1", ".stamp": ""}.items():
        (checkout / "web/dist" / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / "web/dist" / path).write_text(text)
    wheels.mkdir()
    hashes = [a_wheel(wheels, machine, made_for=machine) for machine in MACHINES]
    (checkout / "requirements").mkdir()
    lock_of(checkout, hashes)
    (tmp_path / "roots.pem").write_text("roots")
    for name, value in {
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": str(wheels),
        "UV_CACHE_DIR": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(commands, "_SOURCE", checkout)
    return checkout


def lock_of(checkout: Path, hashes: list[str]) -> None:
    lines = ["library==1.0", *(f"    --hash=sha256:{each}" for each in hashes)]
    (checkout / "requirements/run.lock").write_text(" \\\n".join(lines) + "\n")


def packaged(checkout: Path, out: str) -> Path:
    folder = checkout.parent / out
    command = ["aws", "package", "--out", str(folder), "--certificates", str(checkout.parent / "roots.pem")]
    assert cli.main(command) == 0
    return folder


def name_of(folder: Path) -> str:
    return str(json.loads((folder / "manifest.json").read_text())["release"])


def test_a_release_is_what_another_machine_runs_and_its_manifest_says_what_it_is(checkout: Path) -> None:
    folder = packaged(checkout, "out")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["machine"], manifest["python"]) == ("aarch64", "3.12")
    assert manifest["sha256"] == {name: digest_of(folder / name) for name in ("bundle.tar.gz", "lambda.zip", "boot.sh")}
    with tarfile.open(folder / "bundle.tar.gz") as tar:
        bundle = set(tar.getnames())
        program = tar.extractfile("lib/library/it.so")
        assert program is not None
        assert program.read()[18:20] == MACHINES["aarch64"].to_bytes(2, "little")
    own = {"lib/bootstrap.py", "lib/entrypoints/cli.py", "lib/settings/whole.py", "lib/adapters/http/web_client.py"}
    beside = {"web/dist/index.html", "web/dist/assets/a.js", "requirements/run.lock", "lib/rds-ca.pem"}
    assert own | beside <= bundle
    assert not {"web/dist/.stamp", "lib/library/tests/test_it.py", "lib/library-1.0.dist-info/RECORD"} & bundle
    with zipfile.ZipFile(folder / "lambda.zip") as functions:
        names = set(functions.namelist())
    assert {"entrypoints/aws_lambda/relay.py", "library/it.so", "rds-ca.pem"} <= names
    # Functions have nothing that the bundle has not: the name of a release tells both.
    assert {f"lib/{name}" for name in names} <= bundle


def test_another_boot_script_is_another_release_and_the_same_files_are_the_same(checkout: Path) -> None:
    first, again = packaged(checkout, "first"), packaged(checkout, "again")
    assert digest_of(first / "manifest.json") == digest_of(again / "manifest.json")
    with (checkout / "deploy/aws/boot/boot.sh").open("a") as script:
        script.write("\n")
    assert name_of(packaged(checkout, "changed")) != name_of(first)


def test_a_library_that_is_not_the_one_of_the_lock_is_not_packaged(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock_of(checkout, ["0" * 64])
    assert cli.main(["aws", "package", "--out", str(checkout.parent / "out")]) == 2
    assert "uv could not fetch what the lock names" in capsys.readouterr().err
    assert not (checkout.parent / "out/manifest.json").exists()


def test_a_library_whose_programs_are_for_another_machine_is_not_packaged(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock_of(checkout, [a_wheel(checkout.parent / "wheels", "aarch64", made_for="x86_64")])
    assert cli.main(["aws", "package", "--out", str(checkout.parent / "out")]) == 2
    assert "library/it.so is not for aarch64" in capsys.readouterr().err
