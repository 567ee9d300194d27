"""Brings the database up to date, before the release that needs it is rolled out. Expanding only: older releases go on.

Whoever else migrates at once waits for the same lock; a table that is in use is waited for shortly, then nothing is changed
and the invocation fails, to be repeated. It reads where the database is, and of no other secret.
"""

import asyncio
import os

import bootstrap
from entrypoints.aws_lambda.process import Context, Event
from entrypoints.logs import configure_logs


def handler(event: Event, context: Context) -> dict[str, bool]:
    """Whether the database is as this release needs it, with its guards against overlaps."""
    configure_logs(production=os.environ.get("OPENHOURS_ENV") == "production")
    return {"ready": asyncio.run(bootstrap.migrate(bootstrap.databases_of(os.environ)))}
