"""What is published of a message, and what a queue's consumer does with what comes. Peer: ministack."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from adapters.notify.inbox import Inbox, Record
from adapters.notify.sns import SnsTopic
from contract.notify.making import LINK, a_message, a_visit
from scheduling_core.access import Role
from scheduling_core.errors import ProviderUnavailable, RequestInFlight
from scheduling_core.ids import TaskId
from scheduling_core.tasks import MessageKind
from support.aws import a_topic_with_a_queue, client, service
from support.making import an_id


class Desk:
    """Who does what the queue says; `busy` so many times, `broken` for some."""

    def __init__(self) -> None:
        self.delivered: list[TaskId] = []
        self.came_back: list[TaskId] = []
        self.busy = 0
        self.broken: set[UUID] = set()
        self.inbox = Inbox(self.deliver, self.bounced)

    async def deliver(self, task_id: TaskId) -> None:
        if self.busy:
            self.busy -= 1
            raise RequestInFlight
        if task_id in self.broken:
            raise ProviderUnavailable
        self.delivered.append(task_id)

    async def bounced(self, task_id: TaskId) -> None:
        self.came_back.append(task_id)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def written(id: UUID, **changes: Any) -> str:
    facts = {
        "schema_version": 1,
        "message_id": f"{id}.plain",
        "task_id": str(id),
        "kind": "booked",
        "recipient_role": "patient",
    }
    return json.dumps({**facts, **changes})


def wrapped(text: str) -> str:
    """As SNS puts it into a queue."""
    return json.dumps({"Type": "Notification", "MessageId": "x", "TopicArn": "arn", "Message": text})


def bounce(task_id: UUID, kind: str = "Permanent") -> str:
    tags = {"message": [str(task_id)], "ses:source-ip": ["192.0.2.1"]}
    return json.dumps({"eventType": "Bounce", "bounce": {"bounceType": kind}, "mail": {"tags": tags}})


async def test_what_is_published_tells_which_message_it_is_and_nothing_of_what_is_in_it() -> None:
    fan = a_topic_with_a_queue()
    visit = a_visit(join_url=LINK, dependant="Mia Koch")
    message = a_message(MessageKind.BOOKED, Role.DOCTOR, visit, unsubscribe="canary-token")
    message = replace(message, id=f"{message.id}.link")
    assert await SnsTopic(service("sns"), topic_arn=fan.topic_arn).send(message)
    [found] = client("sqs").receive_message(QueueUrl=fan.queue_url, WaitTimeSeconds=2)["Messages"]
    body = json.loads(found["Body"])
    assert {name: value["Value"] for name, value in body["MessageAttributes"].items()} == {
        "kind": "booked",
        "group": "notification",
        "recipient_role": "doctor",
        "schema_version": "1",
    }
    assert json.loads(body["Message"]) == {
        "schema_version": 1,
        "message_id": message.id,
        "task_id": message.id.removesuffix(".link"),
        "kind": "booked",
        "group": "notification",
        "recipient_role": "doctor",
    }
    for canary in ("Lena", "Mia", "Okafor", "example.com", "psychiatry", "canary-token", "abcd-efgh", "Chicago"):
        assert canary not in found["Body"]


@pytest.mark.parametrize("form", [str, wrapped], ids=["raw", "wrapped"])
async def test_delivers_what_comes_as_lambda_gives_it(desk: Desk, form: Any) -> None:
    ids = [an_id(), an_id()]
    records = [{"messageId": str(n), "body": form(written(id)), "eventSource": "aws:sqs"} for n, id in enumerate(ids)]
    assert await desk.inbox.handle({"Records": records}) == {"batchItemFailures": []}
    assert desk.delivered == ids


async def test_one_that_fails_comes_again_and_holds_up_no_other(desk: Desk) -> None:
    first, broken, last = an_id(), an_id(), an_id()
    desk.broken = {broken}
    records = [{"messageId": str(id), "body": written(id)} for id in (first, broken, last)]
    answer = await desk.inbox.handle({"Records": records})
    assert answer == {"batchItemFailures": [{"itemIdentifier": str(broken)}]}
    assert desk.delivered == [first, last]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        wrapped("no json"),
        written(an_id(), schema_version=2),
        written(an_id(), task_id="none"),
        written(an_id(), kind="sonnet"),
    ],
    ids=range(8),
)
async def test_what_nobody_can_read_goes_to_the_dead_letters(
    desk: Desk, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = an_id()
    failed = await desk.inbox.take([Record("poison", body), Record("good", written(good))])
    assert (failed, desk.delivered) == (["poison"], [good])
    assert "queued_message_failed" in capsys.readouterr().out


async def test_fields_of_a_later_version_are_passed_over(desk: Desk) -> None:
    id = an_id()
    assert await desk.inbox.take([Record("1", written(id, priority="high"))]) == []
    assert desk.delivered == [id]


async def test_one_that_is_still_being_handed_over_is_waited_for(desk: Desk) -> None:
    desk.busy, id = 2, an_id()
    assert await desk.inbox.take([Record("1", written(id))]) == []
    assert desk.delivered == [id]


async def test_a_mail_that_comes_back_for_good_is_noted_and_one_that_may_still_arrive_is_not(desk: Desk) -> None:
    gone, late, unwanted = an_id(), an_id(), an_id()
    reports = [
        wrapped(bounce(gone)),
        wrapped(bounce(late, "Transient")),
        json.dumps({"eventType": "Send", "mail": {}}),
        # As SES has it: its reader called it spam.
        wrapped(
            json.dumps({"eventType": "Complaint", "complaint": {}, "mail": {"tags": {"message": [str(unwanted)]}}})
        ),
    ]
    assert await desk.inbox.take(Record(str(n), body) for n, body in enumerate(reports)) == []
    assert desk.came_back == [gone, unwanted]
