"""Writes the messages of the queue `notification` and sends them; takes note of mails that came back."""

from typing import Any

from entrypoints.aws_lambda import queue
from entrypoints.aws_lambda.process import Context, Event


def handler(event: Event, context: Context) -> dict[str, Any]:  # Lambda gives both
    """Send what the batch names."""
    return queue.done(event)
