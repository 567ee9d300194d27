"""Does the work of the queue `integration`: money, meetings, offers of released time, pictures."""

from typing import Any

from entrypoints.aws_lambda import queue
from entrypoints.aws_lambda.process import Context, Event


def handler(event: Event, context: Context) -> dict[str, Any]:  # Lambda gives both
    """Do what the batch names."""
    return queue.done(event)
