"""What can be told of a request without parsing it: enough to turn it away, in a tenth of the time.

Where requests begin and end is the parser's to say, and whoever is let in goes through it. Here a request is looked at only if
nobody could understand it otherwise: it came whole and alone in one piece, its method and path are of plain characters, every
line of its head is one that is known, and says nothing of how it is framed but a plain length. Of all others nothing is said.
"""

import re
from typing import Any

_ASKED = re.compile(
    rb"(GET|HEAD|POST|PUT|PATCH|DELETE) (/(?:[a-zA-Z0-9_.~-][a-zA-Z0-9_.~/-]*+)?)(?:\?[a-zA-Z0-9_.~/:;,=&%+-]*+)? HTTP/1\.1"
)
_PRINTED = bytes(range(0x20, 0x7F))
_TELLING = {b"authorization", b"x-request-id", b"x-forwarded-for"}
"""By which callers and requests are told apart."""
_HARMLESS = {
    *(
        b"host",
        b"user-agent",
        b"accept",
        b"accept-encoding",
        b"accept-language",
        b"referer",
        b"origin",
        b"cookie",
        b"dnt",
    ),
    *(
        b"content-type",
        b"idempotency-key",
        b"if-match",
        b"if-none-match",
        b"if-modified-since",
        b"cache-control",
        b"pragma",
    ),
    *(b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest", b"sec-fetch-user", b"sec-gpc", b"priority", b"via"),
    *(b"sec-ch-ua", b"sec-ch-ua-mobile", b"sec-ch-ua-platform", b"upgrade-insecure-requests", b"stripe-signature"),
    *(b"x-forwarded-proto", b"x-forwarded-port", b"x-amzn-trace-id", b"traceparent", b"tracestate"),
}


def unparsed_scope(data: bytes, client: tuple[str, int] | None) -> Any:
    """A scope with path, method, and those headers by which callers and requests are told apart. None: to be parsed."""
    end = data.find(b"\r\n\r\n")
    lines = data[:end].split(b"\r\n")
    # What is not printed are the lines' ends alone. Where there is no end, one byte more is missing than was cut off.
    if end < 0 or data[:end].translate(None, _PRINTED) != b"\r\n" * (len(lines) - 1):
        return None
    asked = _ASKED.fullmatch(lines[0])
    if asked is None:
        return None
    length: int | None = None
    headers = []
    for line in lines[1:]:
        name, _, value = line.partition(b": ")
        name = name.lower()
        if name in _HARMLESS:
            continue
        if name in _TELLING and value == value.strip():
            headers.append((name, value))
        elif name == b"content-length" and length is None and value.isdigit() and len(value) < 7:
            length = int(value)
        elif name != b"connection" or value != b"keep-alive":
            return None
    if end + 4 + (length or 0) != len(data):
        return None
    method, path = asked.groups()
    return {"method": method.decode(), "path": path.decode(), "headers": headers, "client": client}
