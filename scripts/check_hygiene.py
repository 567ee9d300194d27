"""Refuse what belongs to one machine or to nobody: `python scripts/check_hygiene.py [ROOT]`.

- paths of a developer's or build machine
- addresses of package registries: locks name packages and hashes, each machine its own registry
- files that hold secrets or state: private keys, `.env`, databases
- unfinished work: marks for later, merge conflicts
"""

import re
import sys
from pathlib import Path

from tracked import tracked_files

# Written so that no pattern matches its own line.
_LINES = {
    "a path of one machine": re.compile(r"(?<![\w.:/-])/(?:work|root|Users|home/(?!ec2-user\b)\w+)/(?=[\w.])"),
    "a registry's address": re.compile(
        r"registry\.(?:npmjs|yarnpkg)\.(?:org|com)|files\.pythonhosted[.]org|https?://\S+/simple\b"
        r'|"resolved": *"https?:|^--(?:extra-)?index-url'
    ),
    "a mark for later": re.compile(r"\b(?:TO[D]O|FIX[M]E)\b"),
    "a merge conflict": re.compile(r"^(?:<{7}|>{7}) "),
}

_FILES = {
    "a private key": re.compile(r"\.(?:pem|key|p12|pfx)$|(?:^|/)id_(?:rsa|ed25519)$"),
    "settings of one machine": re.compile(r"(?:^|/)\.env$"),
    "state of one machine": re.compile(r"\.(?:db|sqlite3?)(?:-wal|-shm)?$|(?:^|/)(?:var|node_modules|\.venv)/"),
    "a lock that names addresses": re.compile(r"^uv\.lock$"),
}


def findings(root: Path) -> list[str]:
    """One line for each breach in `root`'s tracked files."""
    return [line for path in tracked_files(root) for line in (*_of_name(path), *_of_text(root, path))]


def _of_name(path: Path) -> list[str]:
    return [f"{path}: {what}" for what, pattern in _FILES.items() if pattern.search(path.as_posix())]


def _of_text(root: Path, path: Path) -> list[str]:
    try:
        lines = (root / path).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{path}:{number}: {what}: {found.group().strip()}"
        for number, line in enumerate(lines, start=1)
        for what, pattern in _LINES.items()
        if (found := pattern.search(line))
    ]


def main() -> None:
    """Print what was found; exit 1 if anything was."""
    found = findings(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for line in found:
        print(line)
    if found:
        sys.exit("hygiene: the repository speaks of the product alone")


if __name__ == "__main__":
    main()
