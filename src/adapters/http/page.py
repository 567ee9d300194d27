"""The frame of the few pages that the API itself shows: plain HTML, no script, nothing loaded from anywhere."""

from base64 import b64encode
from hashlib import sha256
from html import escape

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; }
"""
STYLE_SOURCE = f"'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
"""What a content security policy calls the style of these pages."""


def page(title: str, body: str) -> str:
    """A whole HTML document. `title` is text; `body` is HTML whose texts the caller has escaped."""
    name = escape(title)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name} – Openhours</title><style>{_STYLE}</style><main><h1>{name}</h1>{body}</main></html>"
    )
