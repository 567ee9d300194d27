"""Questions that come while others are being answered, asked together in the next statement."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Has `answer_all` answer many questions at once, in their order: one statement at a time, whatever came meanwhile in the
    next. Who is alone waits for nobody, and no answer is older than its question.

    It raises to each whoever asked what `answer_all` raised for all of them.
    """

    def __init__(self, answer_all: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], *, most: int) -> None:
        self._answer_all = answer_all
        self._most = most
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def __call__(self, question: Q) -> A:
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await future

    async def _ask(self) -> None:
        asked: list[tuple[Q, asyncio.Future[A]]] = []
        try:
            while self._waiting:
                asked, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                # Who gave up meanwhile needs no answer any more.
                asked = [each for each in asked if not each[1].done()]
                if asked:
                    await self._answer(asked)
        finally:
            # Where this ended before its time, nobody is left waiting for it.
            for _, future in (*asked, *self._waiting):
                future.cancel()
            self._waiting, self._asking = [], None

    async def _answer(self, asked: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        try:
            answers = await self._answer_all([question for question, _ in asked])
        except Exception as error:  # noqa: BLE001  # not ours to judge: handed to each who asked
            for _, future in asked:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), answer in zip(asked, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
