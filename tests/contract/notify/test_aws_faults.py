"""SNS and SES over a wire that fails: nothing is lost, the reason is told by codes, and what may be repeated is. Peer: ministack."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from adapters.kit.aws import AwsService, Client
from adapters.kit.calls import Calls, ComeBackLater, Limits, NotLetIn
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.ses import REFUSALS, SesMail
from adapters.notify.sns import SnsTopic
from contract.notify.making import a_message
from scheduling_core.errors import ProviderFailed, ProviderRefused, ProviderUnavailable
from scheduling_core.ports.notify import Notifier
from scheduling_core.tasks import MessageKind
from servers.wire import Break, Reply, Wire
from support.aws import Fan, a_topic_with_a_queue, client, client_over, failing_wire
from support.calling import calls_to

BOOKED = a_message(MessageKind.BOOKED)
HASTY, PATIENT = Limits(seconds=0.5, tries=1), Limits(first_pause=0.01, longest_pause=0.01)


def error(code: str, status: int = 400, **headers: str) -> Reply:
    """As AWS answers an error, with words that must not be repeated."""
    said = f"canary: lena@example.com may not, {code}"
    body = (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{said}</Message></Error></ErrorResponse>"
    )
    return Reply(status, body.encode(), {"Content-Type": "text/xml", **headers})


@dataclass
class Line:
    wire: Wire
    sns: Client
    ses: Client
    fan: Fan


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with failing_wire() as wire:
        client("ses").verify_email_identity(EmailAddress="visits@clinic.example")
        yield Line(wire, client_over(wire, "sns"), client_over(wire, "ses"), a_topic_with_a_queue())


def notifier(line: Line, which: str, letters: Letters, calls: Calls) -> Notifier:
    if which == "sns":
        return SnsTopic(AwsService("sns", line.sns, calls), topic_arn=line.fan.topic_arn)
    ses = AwsService("ses", line.ses, calls, refusals=REFUSALS)
    return SesMail(ses, letters, sender=sender_of("visits@clinic.example"), configuration_set=None)


FAULTS = {
    "500": (error("InternalFailure", 500), ProviderFailed, "500 InternalFailure"),
    "throttled": (error("Throttling"), ComeBackLater, "400 Throttling"),
    "429": (error("TooManyRequests", 429, **{"Retry-After": "0"}), ComeBackLater, "429"),
    "expired": (error("ExpiredToken", 403), NotLetIn, "403 ExpiredToken"),
    "not allowed": (error("AuthorizationError", 403), NotLetIn, "403 AuthorizationError"),
    "malformed": (Reply(200, b"<half an answ"), ProviderUnavailable, "did not answer as it should"),
    "empty": (Reply(200, b""), ProviderUnavailable, "did not answer as it should"),
    "reset": (Break.RESET, ProviderUnavailable, "did not answer as it should"),
    "applied, then reset": (Break.DONE_THEN_RESET, ProviderUnavailable, "did not answer as it should"),
}


@pytest.mark.parametrize("which", ["sns", "ses"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_fails_waits_with_its_reason_and_is_sent_when_it_is_tried_again(
    line: Line, letters: Letters, which: str, fault: str
) -> None:
    happens, kind, said = FAULTS[fault]
    sender = notifier(line, which, letters, calls_to(which))
    line.wire.fail(happens)
    with pytest.raises(kind) as trouble:
        await sender.send(BOOKED)
    assert said in str(trouble.value)
    assert "canary" not in str(trouble.value)
    assert "lena" not in str(trouble.value)
    assert await sender.send(BOOKED) is (which == "sns")


@pytest.mark.parametrize("which", ["sns", "ses"])
async def test_one_that_hangs_is_left_in_time(line: Line, letters: Letters, which: str) -> None:
    line.wire.fail(Break.HANG)
    with pytest.raises(ProviderUnavailable, match="did not answer within"):
        await notifier(line, which, letters, calls_to(which, limits=HASTY)).send(BOOKED)


@pytest.mark.parametrize("fault", ["500", "throttled", "reset", "applied, then reset"])
async def test_publishing_is_repeated_at_once_since_a_second_copy_does_nothing(
    line: Line, letters: Letters, fault: str
) -> None:
    line.wire.fail(FAULTS[fault][0])
    assert await notifier(line, "sns", letters, calls_to("sns", limits=PATIENT)).send(BOOKED)


@pytest.mark.parametrize("fault", ["500", "reset", "applied, then reset"])
async def test_a_mail_is_left_to_its_task_since_ses_knows_no_copies(line: Line, letters: Letters, fault: str) -> None:
    asked = len(line.wire.asked)
    line.wire.fail(FAULTS[fault][0])
    with pytest.raises(ProviderUnavailable):
        await notifier(line, "ses", letters, calls_to("ses", limits=PATIENT)).send(BOOKED)
    assert len(line.wire.asked) == asked + 1


@pytest.mark.parametrize(("code", "word"), [("MessageRejected", "mail"), ("InvalidParameterValue", "address")])
async def test_a_mail_that_ses_will_never_take_is_refused_for_good(
    line: Line, letters: Letters, code: str, word: str
) -> None:
    line.wire.fail(error(code))
    with pytest.raises(ProviderRefused) as refused:
        await notifier(line, "ses", letters, calls_to("ses")).send(BOOKED)
    assert (refused.value.code, "canary" in str(refused.value)) == (word, False)
