"""The files that checks look at: everything that git tracks or would add."""

import subprocess
from pathlib import Path


def tracked_files(root: Path) -> list[Path]:
    """Paths relative to `root` of tracked and of new, not ignored files that exist; sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(path for name in listed.stdout.split("\0") if name and (root / (path := Path(name))).is_file())
