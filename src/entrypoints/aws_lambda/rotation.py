"""Rotates the keys that sign access tokens, step by step as Secrets Manager asks for it. It needs no database."""

import os

import bootstrap
from entrypoints.aws_lambda.process import Context, Event
from entrypoints.logs import configure_logs


def handler(event: Event, context: Context) -> None:  # Lambda gives both
    """One of the four steps; each may be repeated."""
    configure_logs(production=os.environ.get("OPENHOURS_ENV") == "production")
    bootstrap.rotate_keys(arn=event["SecretId"], version=event["ClientRequestToken"], step=event["Step"])
