"""Drives what is due, each minute: what the process whose commit wrote it has not handed over, or nobody has done since.

Usually there is nothing: a process that is alive hands its tasks over by itself, as soon as it has committed them.
"""

import asyncio

from bootstrap import Container
from entrypoints.aws_lambda.process import Context, Event, this_process

_SIDE_BY_SIDE = 8
_LAST_BEGIN_MILLIS = 15_000
"""Nothing is begun with less time left: a call may take ten seconds, and its outcome has to be written down."""


def handler(event: Event, context: Context) -> dict[str, int]:  # Lambda gives both
    """How many tasks were taken up. What is left when time is nearly up is taken up next time."""
    return this_process().run(lambda wired: _drive(wired, context))


async def _drive(wired: Container, context: Context) -> dict[str, int]:
    async def one_after_the_other() -> int:
        taken = 0
        while context.get_remaining_time_in_millis() > _LAST_BEGIN_MILLIS and await wired.deliver_tasks()():
            taken += 1
        return taken

    return {"taken": sum(await asyncio.gather(*(one_after_the_other() for _ in range(_SIDE_BY_SIDE))))}
