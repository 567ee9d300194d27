"""Write the OpenAPI document of the application and the web client's types and limits from it; `--check` only compares.

`python scripts/generate_types.py` writes web/openapi.json, web/src/shared/api/schema.d.ts and web/src/shared/api/limits.ts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
DOCUMENT = WEB / "openapi.json"
TYPES = WEB / "src" / "shared" / "api" / "schema.d.ts"
LIMITS = WEB / "src" / "shared" / "api" / "limits.ts"

# A process of its own, in an empty folder without settings: the document must not depend on the machine that writes it.
_PROGRAM = (
    "import sys; from adapters.http import openapi_document; from entrypoints.asgi import create_app;"
    "sys.stdout.buffer.write(openapi_document(create_app()))"
)


def openapi_document() -> str:
    """The document as the application with default settings serves it; keys in order, so that a change shows as one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENHOURS_")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            cwd=folder,
            env={**environment, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"the application does not start, so it has no OpenAPI document:\n{done.stderr}")
    return json.dumps(json.loads(done.stdout), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def client_types(document: Path) -> str:
    """What openapi-typescript makes of the document."""
    program = WEB / "node_modules" / ".bin" / "openapi-typescript"
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "schema.d.ts"
        done = subprocess.run(
            [str(program), str(document), "-o", str(output)],
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"openapi-typescript failed:\n{done.stdout}{done.stderr}")
        return output.read_text(encoding="utf-8")


def client_limits(document: str) -> str:
    """How long each text of a body may be, so that no form says it a second time. Types alone do not carry it to the browser."""
    lines = ["/** How long the texts that are sent may be. Generated from the OpenAPI document: do not edit. */"]
    for name, schema in json.loads(document)["components"]["schemas"].items():
        bounds = {field: found for field, part in schema.get("properties", {}).items() if (found := _bounds(part))}
        if bounds:
            fields = ", ".join(f"{field}: {{ {found} }}" for field, found in bounds.items())
            lines.append(f"export const {name} = {{ {fields} }} as const")
    return "\n".join(lines) + "\n"


def _bounds(part: dict[str, Any]) -> str:
    """Of a text, be it alone or one of several things that a field may be; a least length of one says only that it is needed."""
    for each in (part, *part.get("oneOf", []), *part.get("anyOf", [])):
        if "maxLength" in each:
            least = f"minLength: {each['minLength']}, " if each.get("minLength", 0) > 1 else ""
            return f"{least}maxLength: {each['maxLength']}"
    return ""


def generated() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    document = openapi_document()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.json"
        fresh.write_text(document, encoding="utf-8")
        return {DOCUMENT: document, TYPES: client_types(fresh), LIMITS: client_limits(document)}


def main() -> None:
    """Write the files, or with --check exit 1 when one is not what it should be."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; fail if a file is stale")
    check = arguments.parse_args().check
    files = generated()
    stale = [path for path in files if not path.exists() or path.read_text(encoding="utf-8") != files[path]]
    if check and stale:
        sys.exit(f"stale, run `make types`: {', '.join(str(path.relative_to(ROOT)) for path in stale)}")
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")


if __name__ == "__main__":
    main()
