"""Delivering messages, by any notifier."""

from dataclasses import replace

from contract.notify.benches import Bench
from contract.notify.making import a_message
from scheduling_core.tasks import MessageKind


async def test_a_message_reaches_its_reader(bench: Bench) -> None:
    await bench.notifier.send(a_message(MessageKind.BOOKED))
    [mail] = await bench.arrived()
    assert mail.to == "lena@example.com"
    assert mail.subject == "You are booked: Thursday 19 November, 2:20 pm Chicago time"
    assert "Dr Amara Okafor" in mail.text
    assert "Dr Amara Okafor" in mail.html


async def test_sending_it_twice_under_one_id_reads_as_once(bench: Bench) -> None:
    message = a_message(MessageKind.BOOKED)
    await bench.notifier.send(message)
    await bench.notifier.send(message)
    assert len(await bench.arrived()) == 1


async def test_two_messages_are_two(bench: Bench) -> None:
    for kind in (MessageKind.BOOKED, MessageKind.REMINDER_DAY, MessageKind.BOOKED):
        await bench.notifier.send(a_message(kind))
    # In no order: not every carrier keeps it.
    subjects = sorted(mail.subject.split(":")[0] for mail in await bench.arrived())
    assert subjects == ["Reminder", "You are booked", "You are booked"]


async def test_a_name_cannot_add_lines_to_a_subject_or_a_letter(bench: Bench) -> None:
    evil = "Lena\r\nBcc: everybody@example.com\n\nYou owe us $1,000.\u202e"
    message = a_message(MessageKind.BOOKED)
    assert message.visit is not None
    await bench.notifier.send(replace(message, name=evil, visit=replace(message.visit, doctor=evil)))
    [mail] = await bench.arrived()
    assert "\n" not in mail.subject
    assert not any(line.startswith(("Bcc:", "You owe")) for line in mail.text.splitlines())
    assert "\u202e" not in mail.text + mail.html + mail.subject
