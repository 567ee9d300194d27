"""Counts ratings anew as the queue `feedback` asks for it; and each night, by a schedule, has doctors told what was said."""

from typing import Any

from bootstrap import Container
from entrypoints.aws_lambda import queue
from entrypoints.aws_lambda.process import Context, Event, this_process


def handler(event: Event, context: Context) -> dict[str, Any]:
    """A batch of the queue, or anything else for the nightly reports; repeated, these are ordered once."""
    return queue.done(event) if "Records" in event else this_process().run(_report)


async def _report(wired: Container) -> dict[str, int]:
    return {"ordered": await wired.order_feedback_reports()()}
