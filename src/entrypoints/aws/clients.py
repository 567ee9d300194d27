"""Clients of AWS for people at a command line: found where boto3 looks for credentials, region and endpoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from entrypoints.aws import Stopped

_MIGRATING_SECONDS = 910
"""A little longer than a function may run."""


# Making one takes longer than most calls.
@cache
def client(service: str, *, region: str | None = None) -> Any:
    """One that repeats by itself what may be repeated. Raise Stopped where no region is set."""
    # Not above: every other command would wait for it.
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    # A migration that is asked for twice would only wait for itself, and its first answer be lost.
    retries = {"total_max_attempts": 1 if service == "lambda" else 5, "mode": "standard"}
    config = Config(connect_timeout=10, read_timeout=_MIGRATING_SECONDS if service == "lambda" else 60, retries=retries)
    try:
        return boto3.session.Session(region_name=region).client(service, config=config)
    except (BotoCoreError, ValueError) as wrong:
        raise Stopped(f"AWS {service} cannot be asked: {wrong}") from None


@contextmanager
def told() -> Iterator[None]:
    """What AWS refuses, as one line."""
    from botocore.exceptions import BotoCoreError, ClientError, WaiterError  # noqa: PLC0415

    try:
        yield
    except (ClientError, BotoCoreError, WaiterError) as error:
        raise Stopped(f"AWS: {error}") from None


def says(error: Any, *words: str) -> bool:
    """Whether AWS answered with one of these codes, or said one of these words."""
    about = error.response.get("Error", {})
    return any(word == about.get("Code") or word in about.get("Message", "") for word in words)
