"""Text messages beside e-mail, for those who ask for them. Peer: ministack's SNS."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from adapters.notify.rendering import Letters
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.texts import REFUSALS, MailAndTexts, SnsTexts
from adapters.persistence.memory import MemoryStorage
from contract.notify.making import a_message
from scheduling_core.access import Actor
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.notices import Topic
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.messages import SendMessage
from scheduling_core.use_cases.preferences import ReadPreferences, SetPreferences
from support.aws import environment, noting, service
from support.clinic import SEALS, Clinic
from support.clock import ManualClock
from support.outside import LetterBox

NUMBER = "+4930901820"


class Texts(SnsTexts):
    """The same, failing as often as a test says."""

    failing: int = 0

    async def send(self, message: Message) -> bool:
        if self.failing:
            self.failing -= 1
            raise ProviderUnavailable
        return await super().send(message)


@pytest.fixture
def texts(letters: Letters, met: Callable[[str, str, str], None]) -> Iterator[Texts]:
    with noting(lambda: met("notify", "texts", "ministack"), "sns"):
        yield Texts(service("sns", **REFUSALS), letters)


@pytest.fixture
def letter_box() -> LetterBox:
    return LetterBox()


@pytest.fixture
def both(texts: Texts, letter_box: LetterBox) -> MailAndTexts:
    return MailAndTexts(letter_box, texts)


def sent_to(number: str) -> list[str]:
    """What ministack keeps of text messages."""
    account = environment()["AWS_ACCESS_KEY_ID"]
    with httpx.Client(base_url=environment()["AWS_ENDPOINT_URL"], trust_env=False, timeout=30) as browser:
        found = browser.get("/_ministack/sns/sms-messages", params={"account": account, "phoneNumber": number})
    return [each["Message"] for each in found.json()["sms_messages"].get(number, [])]


def reminder(number: str | None, **changes: object) -> Message:
    return a_message(MessageKind.REMINDER_SOON, phone=number, **changes)


async def test_says_when_and_where_to_look_and_names_nobody(both: MailAndTexts, letter_box: LetterBox) -> None:
    message = reminder(NUMBER)
    assert not await both.send(message)
    [text] = sent_to(NUMBER)
    assert text.startswith("Openhours: your video visit is on Thursday 19 November 2026, 2:20 pm Chicago time. http")
    assert not any(name in text for name in ("Lena", "Okafor", "psychiatry"))
    assert list(letter_box.letters) == [message.id]


async def test_goes_to_nobody_who_has_not_asked(both: MailAndTexts, letter_box: LetterBox) -> None:
    await both.send(reminder(None))
    assert len(letter_box.letters) == 1


async def test_one_that_fails_comes_again_without_its_mail(
    both: MailAndTexts, texts: Texts, letter_box: LetterBox
) -> None:
    number, message = "+4930901821", reminder("+4930901821")
    texts.failing = 2
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await both.send(message)
        letter_box.letters.clear()
    await both.send(message)
    assert (len(sent_to(number)), letter_box.letters) == (1, {})


@pytest.mark.parametrize("number", ["nonsense", "+49", "+999123456789", "030901820"])
async def test_a_number_that_is_none_does_not_undo_the_mail(
    both: MailAndTexts, letter_box: LetterBox, number: str
) -> None:
    await both.send(reminder(number))
    assert len(letter_box.letters) == 1
    with pytest.raises(ProviderRefused):
        await both.send(reminder(number, mail=False))
    assert len(letter_box.letters) == 1


async def test_the_simulated_mailbox_shows_texts_too(simulated: SimulatedMailbox) -> None:
    await simulated.send(reminder(NUMBER))
    await simulated.send(reminder(NUMBER, mail=False))
    assert sorted(mail.to for mail in await simulated.mails()) == [NUMBER, NUMBER, "lena@example.com"]


async def test_reminders_come_as_each_person_has_chosen() -> None:
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    send = SendMessage(clinic.storage, clinic.letters, clinic.terms, SEALS, texts=True)
    object.__setattr__(clinic.deliver_tasks, "send_message", send)
    doctor, patient = await clinic.doctor(), await clinic.patient()
    me = Actor.doctor(doctor.id)
    prefer, read = SetPreferences(clinic.storage, texts=True), ReadPreferences(clinic.storage, texts=True)
    assert not (await read(me))[Topic.TEXT_REMINDERS]
    wanted = await prefer(me, {Topic.TEXT_REMINDERS: True, Topic.REMINDERS: False})
    assert wanted == {**dict.fromkeys(Topic, True), Topic.REMINDERS: False}
    await clinic.booked(patient, doctor, minutes=60)
    await clinic.wait(minutes=45)
    [text] = [letter for letter in clinic.letters.to(doctor.email) if letter.kind is MessageKind.REMINDER_SOON]
    [mail] = [letter for letter in clinic.letters.to(patient.email) if letter.kind is MessageKind.REMINDER_SOON]
    assert (text.mail, text.phone, mail.mail, mail.phone) == (False, doctor.phone, True, None)
    [booked] = [letter for letter in clinic.letters.to(doctor.email) if letter.kind is MessageKind.BOOKED]
    assert (booked.mail, booked.phone) == (True, None)
    await clinic.close()
