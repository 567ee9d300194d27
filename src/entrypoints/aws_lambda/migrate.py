"""Brings the database up to date, before the release that needs it is rolled out. Expanding only: older releases go on.

Whoever else migrates at once waits for the same lock; a table that is in use is waited for shortly, then nothing is changed
and the invocation fails, to be repeated.
"""

from bootstrap import Container
from entrypoints.aws_lambda.process import Context, Event, this_process


def handler(event: Event, context: Context) -> dict[str, bool]:  # Lambda gives both
    """Whether the database is as this release needs it, with its guards against overlaps."""
    return this_process().run(_migrate)


async def _migrate(wired: Container) -> dict[str, bool]:
    await wired.storage().migrate()
    return {"ready": await wired.storage().ready()}
