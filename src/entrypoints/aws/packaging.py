"""A release: everything that an instance or a function runs, from hashed locks, as archives whose bytes depend on nothing else."""

import json
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from entrypoints.aws import Stopped
from entrypoints.aws.archives import digest_of, digest_of_all, files_below, write_tar, write_zip
from entrypoints.aws.contents import check_machine, for_browsers, prune

BUNDLE, FUNCTIONS, BOOT, MANIFEST = "bundle.tar.gz", "lambda.zip", "boot.sh", "manifest.json"
CERTIFICATES = "rds-ca.pem"
"""By whom databases of RDS are known, where PGSSLROOTCERT names it."""
MOST_UNZIPPED = 250 * 2**20
"""What Lambda takes."""
_MODULES = ("adapters", "entrypoints", "scheduling_core", "settings", "wiring", "bootstrap.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """For what a release is made; `here` is the very machine and Python that make it."""

    machine: str = "aarch64"
    python: str = "3.12"
    here: bool = False

    @classmethod
    def this_one(cls) -> "Target":
        return cls(machine=platform.machine(), python=f"{sys.version_info[0]}.{sys.version_info[1]}", here=True)

    @property
    def options(self) -> list[str]:
        """How uv is told."""
        if self.here:
            return ["--python", sys.executable]
        return ["--python-platform", f"{self.machine}-manylinux_2_28", "--python-version", self.python]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The files of a release by their names: of the bundle, and of the zip of the functions; and the boot script."""

    version: str
    bundle: Mapping[str, Path]
    functions: Mapping[str, Path]
    boot: Path

    @property
    def release(self) -> str:
        """Its name, which follows from all that is in it: the functions have nothing that the bundle has not."""
        return f"{self.version}-{digest_of_all({**self.bundle, BOOT: self.boot})[:12]}"


def package(source: Path, out: Path, *, target: Target, certificates: Path | None) -> str:
    """Make the release of the checkout `source` in `out`: the bundle, the zip of the functions, and the manifest that names
    the SHA-256 of each. Answers its name. Raise Stopped."""
    out.mkdir(parents=True, exist_ok=True)
    with gathered(source, target=target, certificates=certificates) as contents:
        weight = sum(path.stat().st_size for path in contents.functions.values())
        if weight > MOST_UNZIPPED:
            raise Stopped(f"The functions would weigh {weight} bytes: Lambda takes {MOST_UNZIPPED}.")
        write_tar(out / BUNDLE, contents.bundle)
        write_zip(out / FUNCTIONS, contents.functions)
        shutil.copyfile(contents.boot, out / BOOT)
        # While the files are there: its name is read off them.
        release = contents.release
        write_manifest(out, release, target)
    return release


def write_manifest(out: Path, release: str, target: Target) -> None:
    """Note beside the archives what they are."""
    manifest = {
        "release": release,
        "machine": target.machine,
        "python": target.python,
        "sha256": {name: digest_of(out / name) for name in (BUNDLE, FUNCTIONS, BOOT)},
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")


@contextmanager
def gathered(source: Path, *, target: Target, certificates: Path | None) -> Iterator[Contents]:
    """What a release of that checkout is made of, for as long as the block lasts. Raise Stopped."""
    lock, web = source / "requirements/run.lock", source / "web/dist"
    if not lock.is_file():
        raise Stopped(f"{source} is no checkout of Openhours: run this where requirements/run.lock is.")
    if not (web / "index.html").is_file():
        raise Stopped("web/dist holds no web client: build it first (npm run build in web).")
    if certificates is not None and not certificates.is_file():
        raise Stopped(f"There is no file {certificates}.")
    with TemporaryDirectory(prefix="openhours-release-") as name:
        lib = Path(name) / "lib"
        _install(lock, lib, target)
        prune(lib)
        check_machine(lib, target.machine)
        version = _own_code(source, lib)
        if certificates is not None:
            shutil.copyfile(certificates, lib / CERTIFICATES)
        libraries = files_below(lib)
        pages = {f"web/dist/{name}": path for name, path in files_below(web).items() if not name.startswith(".")}
        yield Contents(
            version=version,
            bundle={
                **{f"lib/{name}": path for name, path in libraries.items()},
                **pages,
                "requirements/run.lock": lock,
            },
            functions={name: path for name, path in libraries.items() if not for_browsers(name)},
            boot=source / "deploy/aws/boot" / BOOT,
        )


def _install(lock: Path, lib: Path, target: Target) -> None:
    """Everything that the lock names, as wheels alone: nothing is built, and nothing runs while it is installed."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        raise Stopped("uv is not to be found: `make test` or `make run` installs it.")
    command = [uv, "pip", "install", "--quiet", "--target", str(lib), "--no-deps", "--require-hashes", "--only-binary"]
    command += [":all:", *target.options, "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # arguments of our own
    if done.returncode:
        raise Stopped(f"uv could not fetch what the lock names:\n{done.stderr.strip()}")


def _own_code(source: Path, lib: Path) -> str:
    """The product itself beside its libraries, with the note by which it knows its version."""
    for name in _MODULES:
        path = source / "src" / name
        if path.is_dir():
            shutil.copytree(path, lib / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copyfile(path, lib / name)
    version = str(tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    note = lib / f"openhours-{version}.dist-info"
    note.mkdir()
    (note / "METADATA").write_text(f"Metadata-Version: 2.1\nName: openhours\nVersion: {version}\n", encoding="utf-8")
    return version
