"""Archives that are the same bytes whenever and wherever they are made of the same files."""

import gzip
import hashlib
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold."""
_MODE, _PROGRAM = 0o644, 0o755


def files_below(folder: Path) -> dict[str, Path]:
    """Every file by its name from the folder, in order."""
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}


def write_tar(target: Path, files: Mapping[str, Path], *, level: int = 6) -> None:
    """A gzipped tar of these files by their names."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=level, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name, path in sorted(files.items()):
            about = tarfile.TarInfo(name)
            about.size, about.mode = path.stat().st_size, _mode(path)
            with path.open("rb") as content:
                tar.addfile(about, content)


def write_zip(target: Path, files: Mapping[str, Path], *, level: int = 6) -> None:
    """A zip of these files by their names."""
    with zipfile.ZipFile(target, "w") as packed:
        for name, path in sorted(files.items()):
            about = zipfile.ZipInfo(name, _TIME)
            about.external_attr = (0o100000 | _mode(path)) << 16
            about.create_system = 3
            packed.writestr(about, path.read_bytes(), zipfile.ZIP_DEFLATED, level)


def digest_of(path: Path) -> str:
    """Its SHA-256, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest_of_all(files: Mapping[str, Path]) -> str:
    """One SHA-256 of names and contents."""
    whole = hashlib.sha256()
    for line in _lines(files):
        whole.update(line.encode())
    return whole.hexdigest()


def _lines(files: Mapping[str, Path]) -> Iterator[str]:
    for name, path in sorted(files.items()):
        yield f"{digest_of(path)} {_mode(path):o} {name}\n"


def _mode(path: Path) -> int:
    return _PROGRAM if path.stat().st_mode & 0o100 else _MODE
