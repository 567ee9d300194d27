"""Addresses as the log may show them."""

_SECRETS_BELOW = ("/api/calendar/", "/unsubscribe/")
"""What follows is a secret that opens something without a sign-in."""


def loggable(path: str) -> str:
    """The path, or as much of it as is no secret."""
    for prefix in _SECRETS_BELOW:
        if path.startswith(prefix):
            return f"{prefix}…"
    return path
