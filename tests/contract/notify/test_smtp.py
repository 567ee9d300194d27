"""Mail through a mail server: encrypted, signed in, and every way in which it can go wrong."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from adapters.kit.calls import Calls, Limits, NotLetIn
from adapters.notify import smtp
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from contract.notify.making import LINK, a_message, a_visit
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind
from support.calling import calls_to
from support.mailserver import PASSWORD, USER, Mailbox, MailServer, mail_server

BOOKED = a_message(MessageKind.BOOKED, visit=a_visit(join_url=LINK))


def a_sender(
    letters: Letters,
    port: int,
    *,
    trust: ssl.SSLContext | None = None,
    calls: Calls | None = None,
    **changes: Any,
) -> SmtpMail:
    server = SmtpServer(host="127.0.0.1", port=port, encryption=Encryption.NONE)
    return SmtpMail(
        replace(server, **changes),
        letters,
        calls or calls_to("smtp"),
        sender=sender_of("Openhours <visits@clinic.example>"),
        trust=trust or ssl.create_default_context(),
    )


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
def mailbox(server: MailServer) -> Mailbox:
    return server.mailbox


@pytest.fixture
def mail(server: MailServer, letters: Letters) -> SmtpMail:
    return a_sender(letters, server.port)


@pytest.fixture
def trust(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


async def refusal(mail: SmtpMail, message: Message = BOOKED) -> str:
    with pytest.raises(ProviderRefused) as refused:
        await mail.send(message)
    return str(refused.value)


async def trouble(mail: SmtpMail) -> str:
    with pytest.raises(ProviderUnavailable) as unavailable:
        await mail.send(BOOKED)
    return str(unavailable.value)


async def test_a_mail_has_words_a_page_and_an_entry_for_a_calendar(mail: SmtpMail, mailbox: Mailbox) -> None:
    assert not await mail.send(BOOKED)
    [arrived] = mailbox.mails
    assert arrived["From"] == "Openhours <visits@clinic.example>"
    assert arrived["To"] == "Lena Koch <lena@example.com>"
    assert "Dr Amara Okafor" in arrived.get_body(["plain"]).get_content()  # type: ignore[union-attr]
    assert "<h1" in arrived.get_body(["html"]).get_content()  # type: ignore[union-attr]
    [entry] = arrived.iter_attachments()
    assert (entry.get_content_type(), entry.get_filename()) == ("text/calendar", "visit.ics")
    assert entry["Content-Type"].params["method"] == "REQUEST"


async def test_a_mail_that_is_sent_again_is_known_as_the_same(mail: SmtpMail, mailbox: Mailbox) -> None:
    for _ in range(2):
        await mail.send(BOOKED)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"] == f"<{BOOKED.id}@clinic.example>"
    assert first["Date"] == second["Date"]


async def test_one_click_stops_a_reminder_however_long_its_address_is(mail: SmtpMail, mailbox: Mailbox) -> None:
    token = "a1B2" * 40
    await mail.send(a_message(MessageKind.REMINDER_DAY, unsubscribe=token))
    [arrived] = mailbox.mails
    assert arrived["List-Unsubscribe"] == f"<http://127.0.0.1:1/unsubscribe/{token}>"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@asynccontextmanager
async def guarded(certificate: Path, *, implicit: bool) -> AsyncIterator[tuple[MailServer, dict[str, Any]]]:
    how = Encryption.IMPLICIT if implicit else Encryption.STARTTLS
    async with mail_server(certificate=certificate, implicit=implicit, with_user=True) as server:
        yield server, {"encryption": how, "user": USER, "password": PASSWORD}


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
async def test_signs_in_once_nobody_can_listen(
    certificate: Path, trust: ssl.SSLContext, letters: Letters, implicit: bool
) -> None:
    async with guarded(certificate, implicit=implicit) as (server, how):
        await a_sender(letters, server.port, trust=trust, **how).send(BOOKED)
        assert len(server.mailbox.mails) == 1
        wrong = a_sender(letters, server.port, trust=trust, **{**how, "password": "wrong"})
        assert await trouble(wrong) == "the mail server does not accept our user and password (535 5.7.8)"
        with pytest.raises(NotLetIn):
            await wrong.send(BOOKED)
        stranger = a_sender(letters, server.port, **how)
        assert "not trusted" in await trouble(stranger)
        assert len(server.mailbox.mails) == 1


async def test_says_nothing_to_a_server_that_cannot_be_talked_to_in_private(
    server: MailServer, letters: Letters
) -> None:
    plain = a_sender(letters, server.port, encryption=Encryption.STARTTLS, user=USER, password=PASSWORD)
    assert "no encryption" in await trouble(plain)
    assert not server.mailbox.mails


@pytest.mark.parametrize("answer", ["550 5.1.1 <lena@example.com>: who is that?", "553 lena@example.com"])
async def test_an_address_that_does_not_exist_is_refused_for_good(
    mail: SmtpMail, mailbox: Mailbox, answer: str
) -> None:
    mailbox.says["lena@example.com"] = answer
    said = await refusal(mail)
    assert answer[:3] in said
    assert "lena" not in said


@pytest.mark.parametrize("answer", ["450 4.2.1 greylisted", "452 4.2.2 lena@example.com is full", "421 4.7.0 too many"])
async def test_what_passes_is_tried_again(mail: SmtpMail, mailbox: Mailbox, answer: str) -> None:
    mailbox.says["lena@example.com"] = answer
    said = await trouble(mail)
    assert answer[:9] in said
    assert "lena" not in said
    mailbox.says.clear()
    await mail.send(BOOKED)


@pytest.mark.parametrize(
    ("answer", "word"), [("550 5.7.1 spam", "refuses the mail"), ("552 5.3.4 too big", "552 5.3.4")]
)
async def test_a_mail_that_is_refused_is_refused_for_good(
    mail: SmtpMail, mailbox: Mailbox, answer: str, word: str
) -> None:
    mailbox.after = lambda _: answer
    assert word in await refusal(mail)


async def test_a_sender_that_is_refused_waits_for_whoever_mends_it(mail: SmtpMail, mailbox: Mailbox) -> None:
    mailbox.sender_says = "550 5.7.1 you may not write as visits@clinic.example"
    assert await trouble(mail) == "the mail server refuses our sender (550 5.7.1)"


async def test_addresses_in_letters_that_the_server_does_not_know_are_refused(mail: SmtpMail) -> None:
    assert "address" in await refusal(mail, replace(BOOKED, email="лена@example.com"))


async def test_a_server_that_takes_a_mail_and_is_gone_gets_it_again_under_the_same_id(
    mail: SmtpMail, mailbox: Mailbox
) -> None:
    def vanish(server: SMTP) -> str:
        server.transport.abort()
        return "250 OK"

    mailbox.after = vanish
    assert "cannot be talked to" in await trouble(mail)
    mailbox.after = None
    await mail.send(BOOKED)
    assert (len(mailbox.mails), len(mailbox.read)) == (2, 1)


async def test_a_mail_that_was_taken_is_sent_though_nobody_says_goodbye(
    server: MailServer, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 120.0)
    monkeypatch.setattr(smtp, "_GOODBYE_SECONDS", 0.1)
    server.mailbox.manners = False
    await a_sender(letters, server.port, calls=calls_to("smtp", limits=Limits(seconds=60, tries=1))).send(BOOKED)
    assert len(server.mailbox.mails) == 1


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[int]:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_server_that_hangs_is_left_in_time(letters: Letters) -> None:
    released = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        writer.close()

    async with talking(hang) as port:
        hasty = calls_to("smtp", limits=Limits(seconds=0.2, tries=1))
        began = asyncio.get_running_loop().time()
        assert "did not answer within 0.2 s" in await trouble(a_sender(letters, port, calls=hasty))
        assert asyncio.get_running_loop().time() - began < 2
        released.set()


@pytest.mark.parametrize("banner", [b"\x00\xff\xfe garbage\r\n", b"HTTP/1.1 500 No\r\n\r\n", b"554 go away\r\n", b""])
async def test_what_is_no_mail_server_is_tried_again_and_told_of(letters: Letters, banner: bytes) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(banner)
        writer.close()

    async with talking(speak) as port:
        assert "mail server" in await trouble(a_sender(letters, port))


async def test_nobody_there_is_tried_again(letters: Letters) -> None:
    async with mail_server() as gone:
        port = gone.port
    assert "ConnectionRefusedError" in await trouble(a_sender(letters, port))
