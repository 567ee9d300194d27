"""The simulated mailbox in the browser, as JSON, and when it fails."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.rendering import Letters
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.simulator_pages import mailbox_pages
from contract.notify.conftest import HOME
from contract.notify.making import LINK, a_message, a_visit
from scheduling_core.access import Role
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.tasks import MessageKind
from support.clock import ManualClock

Browser = AsyncTestClient[Litestar]


@pytest.fixture
async def browser(simulated: SimulatedMailbox) -> AsyncIterator[Browser]:
    async with AsyncTestClient(Litestar([mailbox_pages(simulated, public_url=HOME)])) as client:
        yield client


async def subjects(mailbox: SimulatedMailbox) -> list[str]:
    return [mail.subject for mail in await mailbox.mails()]


async def test_the_list_shows_everybodys_mail_and_one_persons_when_asked(
    browser: Browser, simulated: SimulatedMailbox
) -> None:
    for role in (Role.PATIENT, Role.DOCTOR):
        await simulated.send(a_message(MessageKind.BOOKED, role))
    everybody = (await browser.get("/simulator/mailbox")).text
    assert "You are booked" in everybody
    assert "New visit" in everybody
    assert "nothing here was sent to anybody" in everybody
    doctors = (await browser.get("/simulator/mailbox", params={"to": "AMARA@example.com"})).text
    assert "You are booked" not in doctors
    assert "New visit" in doctors


async def test_an_empty_mailbox_says_so(browser: Browser) -> None:
    assert "No message yet" in (await browser.get("/simulator/mailbox")).text
    nobody = await browser.get("/simulator/mailbox", params={"to": "<script>alert(1)</script>"})
    assert "No message to" in nobody.text
    assert "<script>alert" not in nobody.text


async def test_a_message_can_be_read_and_its_file_taken(browser: Browser, simulated: SimulatedMailbox) -> None:
    message = a_message(MessageKind.BOOKED, visit=a_visit(join_url=LINK))
    await simulated.send(message)
    page = (await browser.get(f"/simulator/mailbox/{message.id}")).text
    assert f'src="/simulator/mailbox/{message.id}/letter"' in page
    assert f"Join visit: {LINK}" in page
    file = await browser.get(f"/simulator/mailbox/{message.id}/files/visit.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "attachment" in file.headers["content-disposition"]
    assert Calendar.from_ical(file.content)["METHOD"] == "REQUEST"


async def test_a_letter_is_shown_where_nothing_in_it_can_act(browser: Browser, simulated: SimulatedMailbox) -> None:
    message = replace(a_message(MessageKind.BOOKED), name="<script>alert(1)</script>")
    await simulated.send(message)
    page = await browser.get(f"/simulator/mailbox/{message.id}")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    letter = await browser.get(f"/simulator/mailbox/{message.id}/letter")
    policy = letter.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "<script" not in letter.text


async def test_what_is_not_there_is_a_page_that_says_so(browser: Browser, simulated: SimulatedMailbox) -> None:
    message = a_message(MessageKind.REMINDER_DAY)
    await simulated.send(message)
    for path in ("none", "none/letter", f"{message.id}/files/visit.ics"):
        answer = await browser.get(f"/simulator/mailbox/{path}")
        assert answer.status_code == 404
        assert "There is nothing here" in answer.text


async def test_scripts_read_the_mailbox_as_json(
    browser: Browser, simulated: SimulatedMailbox, clock: ManualClock
) -> None:
    first = a_message(MessageKind.BOOKED)
    await simulated.send(first)
    clock.advance(minutes=1)
    await simulated.send(a_message(MessageKind.REMINDER_DAY))
    await simulated.send(a_message(MessageKind.BOOKED, Role.DOCTOR))
    answer = await browser.get("/simulator/mailbox.json", params={"to": "lena@example.com"})
    mails = answer.json()
    assert [mail["subject"].split(":")[0] for mail in mails] == ["You are booked", "Reminder"]
    assert mails[0].keys() == {"id", "to", "subject", "text", "html", "attachments", "sent_at", "headers", "deliveries"}
    assert (mails[0]["id"], mails[0]["to"], mails[0]["sent_at"]) == (first.id, first.email, "2027-03-01T08:00:00Z")
    [attachment] = mails[0]["attachments"]
    assert attachment["filename"] == "visit.ics"
    assert attachment["content_type"].startswith("text/calendar")
    assert attachment["content"].startswith("BEGIN:VCALENDAR")
    assert len((await browser.get("/simulator/mailbox.json")).json()) == 3


async def test_a_timeout_delivers_and_an_error_does_not(simulated: SimulatedMailbox, faults: Faults) -> None:
    for fault, arrived in ((Fault.ERROR, 0), (Fault.TIMEOUT, 1)):
        await faults.order("notify", fault)
        with pytest.raises(ProviderUnavailable):
            await simulated.send(a_message(MessageKind.BOOKED))
        assert len(await simulated.mails()) == arrived


async def test_silence_loses_a_message(simulated: SimulatedMailbox, faults: Faults) -> None:
    await faults.order("notify", Fault.SILENCE)
    await simulated.send(a_message(MessageKind.BOOKED))
    await simulated.send(a_message(MessageKind.REMINDER_DAY))
    assert await subjects(simulated) == ["Reminder: Thursday 19 November, 2:20 pm Chicago time"]


async def test_a_duplicate_is_shown_once_and_counted(
    browser: Browser, simulated: SimulatedMailbox, faults: Faults
) -> None:
    await faults.order("notify", Fault.DUPLICATE)
    message = a_message(MessageKind.BOOKED)
    await simulated.send(message)
    [mail] = await simulated.mails()
    assert mail.deliveries == 2
    assert "2 times, shown once" in (await browser.get(f"/simulator/mailbox/{message.id}")).text


async def test_an_address_that_never_takes_mail_is_a_definite_no(simulated: SimulatedMailbox) -> None:
    with pytest.raises(ProviderRefused) as refusal:
        await simulated.send(a_message(MessageKind.BOOKED, email="nobody@gone.invalid"))
    assert refusal.value.code == "address"
    assert await simulated.mails() == []


async def test_a_restart_and_another_process_find_the_same_mail(
    tmp_path: Path, clock: ManualClock, letters: Letters
) -> None:
    states = [SimulatorState(tmp_path / "shared.sqlite") for _ in range(2)]
    one, other = (SimulatedMailbox(state, Faults(state), clock, letters) for state in states)
    message = a_message(MessageKind.BOOKED)
    await one.send(message)
    await other.send(message)
    assert await one.mails() == await other.mails()
    assert len(await one.mails()) == 1
    for state in states:
        await state.close()
    reborn = SimulatorState(tmp_path / "shared.sqlite")
    assert len(await SimulatedMailbox(reborn, Faults(reborn), clock, letters).mails()) == 1
    await reborn.close()
