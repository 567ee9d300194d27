"""A letter to somebody, handed to a mail server that fails."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from aiosmtpd.smtp import SMTP

from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from contract.providers.troubles import BREAKS_OFF, FAILS, LOCKED_OUT, NONSENSE, PATIENCE, WorkOf
from scheduling_core.access import Role
from scheduling_core.ports.notify import Notifier
from scheduling_core.tasks import MessageKind, Recipient, TaskKind
from scheduling_core.use_cases.changes import tell
from support.mailserver import Mailbox

LETTERS = Letters(public_url="https://clinic.example", organizer_email="visits@clinic.example")
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
SENDER = sender_of("visits@clinic.example")


@dataclass
class LetterBy(WorkOf):
    kind = TaskKind.SEND_MESSAGE

    async def begin(self) -> None:
        reader = await self.clinic.patient(name="Canary Patient")
        async with self.clinic.storage.writing() as unit:
            to = Recipient(Role.PATIENT, reader.id)
            await tell(unit, self.clinic.chance, MessageKind.WELCOME, to, at=self.clinic.clock.now())

    def equip(self, seconds: float) -> None:
        notifier = self.notifier(seconds)
        self.clinic.adopt(payments=self.clinic.payments, rooms=self.clinic.rooms, letters=notifier)

    def notifier(self, seconds: float) -> Notifier:
        raise NotImplementedError


@dataclass
class AtAMailServer(LetterBy):
    port: int = field(kw_only=True)
    mailbox: Mailbox = field(kw_only=True)
    provider = "smtp"
    says: ClassVar[dict[str, str]] = {
        BREAKS_OFF: "cannot be talked to",
        PATIENCE: "421 4.7.0",
        FAILS: "451 4.3.0",
        NONSENSE: "the mail server refuses the mail",
        LOCKED_OUT: "refuses our sender (530 5.7.0)",
    }

    def notifier(self, seconds: float) -> Notifier:
        server = SmtpServer(host="127.0.0.1", port=self.port, encryption=Encryption.NONE)
        return SmtpMail(server, LETTERS, self.calls("smtp", seconds), sender=SENDER, trust=NO_TLS)

    def fail(self, fault: str) -> None:
        def vanish(server: SMTP) -> str:
            server.transport.abort()
            return "250 OK"

        match fault:
            case "hangs":
                self.mailbox.room = 0
            case "no longer lets us in":
                self.mailbox.sender_says = "530 5.7.0 canary"
            case _:
                said: dict[str, Callable[[SMTP], str]] = {
                    BREAKS_OFF: vanish,
                    PATIENCE: lambda _: "421 4.7.0 canary",
                    FAILS: lambda _: "451 4.3.0 canary",
                    NONSENSE: lambda _: "canary",
                }
                self.mailbox.after = said[fault]

    def mend(self) -> None:
        self.mailbox.room, self.mailbox.sender_says, self.mailbox.after = None, "", None

    async def done(self) -> int:
        return len(self.mailbox.read)
