"""E-mail through a mail server (SMTP submission, RFC 6409): encrypted, signed in, in time."""

import io
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum

from adapters.kit.calls import Calls, ComeBackLater, NotLetIn, Repeat
from adapters.kit.deadlines import TimedReads
from adapters.notify.mail import mail_of
from adapters.notify.rendering import Letters
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ports.notify import Message

ANSWER_SECONDS = 8.0
"""How long each answer of the server is awaited."""
_GOODBYE_SECONDS = 1.0
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})


class Encryption(StrEnum):
    STARTTLS = "starttls"
    """Asked for before anything is said; a server that has none gets no mail."""
    IMPLICIT = "implicit"
    """From the first byte, usually on port 465."""
    NONE = "none"
    """For a server on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed in. Without a user nobody signs in."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)


class SmtpMail:
    """Matches ports.notify.Notifier.

    A connection for each mail. A server that takes a mail and falls silent before it says so is given it again, under the
    same Message-ID. What goes wrong is told by the server's codes, never by its words: those repeat addresses.
    """

    def __init__(
        self, server: SmtpServer, letters: Letters, calls: Calls, *, sender: Address, trust: ssl.SSLContext
    ) -> None:
        self._server = server
        self._letters = letters
        self._calls = calls
        self._sender = sender
        self._trust = trust

    async def send(self, message: Message) -> bool:
        mail = mail_of(message, self._letters.render(message), self._sender)
        await self._calls.make_blocking("send", lambda: self._hand_in(mail, message.email), repeat=Repeat.NEVER)
        return False

    def _hand_in(self, mail: EmailMessage, reader: str) -> None:
        with _told(), self._connected() as session:
            options = () if reader.isascii() else ("SMTPUTF8",)
            session.sendmail(self._sender.addr_spec, [reader], bytes(mail), mail_options=options)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        session = self._connect()
        try:
            if self._server.encryption is Encryption.STARTTLS:
                session.starttls(context=self._trust)
            if self._server.user is not None:
                session.login(self._server.user, self._server.password or "")
            yield session
            _say_goodbye(session)
        finally:
            session.close()

    def _connect(self) -> smtplib.SMTP:
        host, port, known_as = self._server.host, self._server.port, self._sender.domain
        if self._server.encryption is Encryption.IMPLICIT:
            return _PrivateSession(host, port, known_as, timeout=ANSWER_SECONDS, context=self._trust)
        return _Session(host, port, known_as, timeout=ANSWER_SECONDS)


class _Session(smtplib.SMTP):
    """Its library awaits each byte anew; here no answer lasts longer than the call."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(TimedReads(self.sock))
        return super().getreply()


class _PrivateSession(_Session, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


def _say_goodbye(session: smtplib.SMTP) -> None:
    """The mail is in: whatever happens now changes nothing about that."""
    with suppress(OSError, smtplib.SMTPException):
        if session.sock is not None:
            session.sock.settimeout(_GOODBYE_SECONDS)
            # What reads has its own memory of how long each word is awaited.
            session.file = None
        session.quit()


@contextmanager
def _told() -> Iterator[None]:
    """What the server or the network did, in the words of the core."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as refusal:
        raise NotLetIn(f"the mail server does not accept our user and password ({_codes(refusal)})") from None
    except smtplib.SMTPRecipientsRefused as refusal:
        (code, reply) = next(iter(refusal.recipients.values()))
        raise _refused("address", "the mail server refuses the address", code, reply) from None
    except smtplib.SMTPSenderRefused as refusal:
        # About us, not about the reader: it can be mended, and then the mail goes out.
        raise _about_us(refusal.smtp_code, f"the mail server refuses our sender ({_codes(refusal)})") from None
    except smtplib.SMTPDataError as refusal:
        raise _refused("mail", "the mail server refuses the mail", refusal.smtp_code, refusal.smtp_error) from None
    except smtplib.SMTPResponseException as refusal:
        raise ComeBackLater(f"the mail server takes no mail now ({_codes(refusal)})") from None
    except smtplib.SMTPNotSupportedError as lack:
        raise _lacking(lack) from None
    except ssl.SSLCertVerificationError:
        raise ProviderUnavailable("the certificate of the mail server is not trusted") from None
    except (smtplib.SMTPException, OSError, ValueError) as trouble:
        raise ProviderUnavailable(f"the mail server cannot be talked to ({type(trouble).__name__})") from None


def _refused(code: str, what: str, status: int, reply: bytes | str) -> Exception:
    said = f"{what} ({_said(status, reply)})"
    if status in _NOT_SIGNED_IN:
        return NotLetIn(said)
    return ProviderRefused(code, said) if status >= 500 else ComeBackLater(said)


def _about_us(status: int, said: str) -> ProviderUnavailable:
    return NotLetIn(said) if status >= 500 else ComeBackLater(said)


def _lacking(lack: smtplib.SMTPNotSupportedError) -> Exception:
    if "SMTPUTF8" in str(lack):
        return ProviderRefused("address", "the mail server takes no addresses in other letters than English ones")
    return NotLetIn("the mail server offers no encryption or no way of signing in that we could use")


def _codes(refusal: smtplib.SMTPResponseException) -> str:
    return _said(refusal.smtp_code, refusal.smtp_error)


def _said(status: int, reply: bytes | str) -> str:
    enhanced = _ENHANCED.search(reply.encode("ascii", "replace") if isinstance(reply, str) else reply)
    return f"{status} {enhanced[0].decode()}" if enhanced else str(status)
