"""The built web client, served from memory: a dictionary of files, so that no path can lead out of the folder."""

import gzip
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response

from adapters.http.introductions import Introductions
from adapters.http.origins import Origins

_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_WORTH_COMPRESSING = 512
_RESERVED = ("/api", "/schema", "/assets", "/simulator", "/health", "/metrics", "/problems", "/unsubscribe", "/photos")
_INDEX = "/index.html"
_FIRST = "/first"
_PAGE = "text/html"
_HASHED = "public, max-age=31536000, immutable"
_FRESH = "no-cache"
_NAME = b"{{name}}"
"""Where a page that introduces somebody has the name."""
_FILLED = 500
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    etag: str
    cache: str
    vary: str
    encoded: dict[str, bytes]


class WebClient:
    """What is in the folder when the process starts. `.br` and `.gz` files are their originals' compressed forms."""

    def __init__(self, folder: Path | None, origins: Origins, introductions: Introductions) -> None:
        self._origins = origins
        self._files = _read(folder) if folder and folder.is_dir() else {}
        self._first = _FirstPages(self._files.get(f"{_FIRST}/pages.json"))
        self._introductions = introductions
        self._filled = lru_cache(maxsize=_FILLED)(self._fill)

    def serves(self, path: str) -> bool:
        """Whether a page of the client may live at `path`: everything that is neither API nor documentation."""
        return not any(path == reserved or path.startswith(f"{reserved}/") for reserved in _RESERVED)

    def answer(self, request: Request[Any, Any, Any]) -> Response[bytes] | None:
        """The file at the path or, for a page's address, index.html; None where there is neither.

        A page that people come to first has a file of its own for each language: what it names and shows is there sooner.

        A doctor's says the doctor's name already, where one of the latest answers was about them.

        A page that was asked for by another name of this machine leads to the public one: signing in sets its cookie there.
        """
        path = request.scope["path"]
        file = self._files.get(path)
        if file is None and self.serves(path):
            name, introducing = self._first.names(path, request.headers.get("accept-language", ""))
            file = self._introduction(path, introducing) or self._files.get(f"{_FIRST}/{name}.html")
            file = file or self._files.get(_INDEX)
        if file is None:
            return None
        if file.media_type == _PAGE and self._origins.misses_cookies(request.headers.get("host", "")):
            return _lead(self._origins.public_url, request)
        return _respond(file, request)

    def _introduction(self, path: str, page: str | None) -> _File | None:
        if page is None:
            return None
        try:
            name = self._introductions.name_of(UUID(path.rpartition("/")[2]))
        except ValueError:
            return None
        return self._filled(f"{_FIRST}/{page}.html", name) if name else None

    def _fill(self, address: str, name: str) -> _File | None:
        page = self._files.get(address)
        content = page and page.content.replace(_NAME, escape(name).encode())
        return _file(content, _PAGE, address, {}) if content else None


class _FirstPages:
    """Which file a first page has, by the list that was built with the files."""

    def __init__(self, known: _File | None) -> None:
        listed = json.loads(known.content) if known else {"languages": [], "pages": []}
        self._languages: list[str] = listed["languages"]
        self._pages = [(re.compile(page["pattern"]), page["name"], page.get("introducing")) for page in listed["pages"]]

    def names(self, path: str, accepted: str) -> tuple[str | None, str | None]:
        """The page's own file, and the one that has a place for a name. `accepted` is what the browser says of languages;
        who speaks none of ours reads the first."""
        for pattern, name, introducing in self._pages:
            if pattern.fullmatch(path):
                language = _spoken(accepted, self._languages)
                return f"{name}.{language}", introducing and f"{introducing}.{language}"
        return None, None


def _spoken(accepted: str, languages: list[str]) -> str:
    wishes = []
    for each in accepted.split(","):
        tag, _, weight = each.partition(";q=")
        try:
            wishes.append((-float(weight or 1), tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    return next(
        (tag for weight, tag in sorted(wishes, key=lambda wish: wish[0]) if tag in languages and weight), languages[0]
    )


def _lead(public_url: str, request: Request[Any, Any, Any]) -> Response[bytes]:
    query = request.scope["query_string"]
    asked = quote(request.scope["path"]) + (f"?{query.decode('latin-1')}" if query else "")
    return Response(b"", status_code=307, headers={"Location": public_url + asked, "Cache-Control": "no-store"})


def _respond(file: _File, request: Request[Any, Any, Any]) -> Response[bytes]:
    headers = {"Cache-Control": file.cache, "ETag": file.etag, "Vary": file.vary}
    if file.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=file.media_type)
    accepted = {each.partition(";")[0].strip() for each in request.headers.get("accept-encoding", "").split(",")}
    content = file.content
    for encoding, _ in _ENCODINGS:
        if encoding in accepted and encoding in file.encoded:
            content, headers["Content-Encoding"] = file.encoded[encoding], encoding
            break
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(content))
        content = b""
    return Response(content, headers=headers, media_type=file.media_type)


def _read(folder: Path) -> dict[str, _File]:
    suffixes = tuple(suffix for _, suffix in _ENCODINGS)
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not (path.suffix in suffixes and path.with_suffix("").is_file()):
            address = "/" + path.relative_to(folder).as_posix()
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            encoded = {
                encoding: sibling.read_bytes()
                for encoding, suffix in _ENCODINGS
                if (sibling := path.with_name(path.name + suffix)).is_file()
            }
            files[address] = _file(path.read_bytes(), media_type, address, encoded)
    return files


def _file(content: bytes, media_type: str, address: str, encoded: dict[str, bytes]) -> _File:
    if "gzip" not in encoded and media_type.startswith(_COMPRESSIBLE) and len(content) > _WORTH_COMPRESSING:
        encoded["gzip"] = gzip.compress(content, mtime=0)
    return _File(
        content=content,
        media_type=media_type,
        etag=f'"{sha256(content).hexdigest()[:20]}"',
        cache=_HASHED if address.startswith("/assets/") else _FRESH,
        vary="Accept-Encoding, Accept-Language" if address.startswith(f"{_FIRST}/") else "Accept-Encoding",
        encoded=encoded,
    )
