"""Looks each minute whether what is stored keeps its promises, and writes what it found for CloudWatch, whose alarms count it.

A process that Lambda keeps goes on where it was; a new one sees what changes from now on, and walks through all else from the oldest on.
"""

from bootstrap import Container
from entrypoints.aws_lambda.process import Context, Event, this_process


def handler(event: Event, context: Context) -> dict[str, int]:  # Lambda gives both
    """How many things break each invariant. An error, where it could not look: silence is not health."""
    return this_process().run(_look)


async def _look(wired: Container) -> dict[str, int]:
    found = await wired.watch().look()
    return {invariant.value: count for invariant, count in found.items()}
