"""A batch of a queue, whichever: each of its records names a task, which is done under its lease and marked as done."""

from typing import Any

from entrypoints.aws_lambda.process import Event, this_process


def done(event: Event) -> dict[str, Any]:
    """Which records are to come again, in Lambda's words (ReportBatchItemFailures). A record that comes twice does nothing
    the second time; one that nobody can read goes to the dead letters after as many attempts as its queue allows."""
    return this_process().run(lambda wired: wired.inbox().handle(event))
