"""A letter as an e-mail (RFC 5322), the same whoever carries it and however often."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr

from adapters.kit.words import one_line
from adapters.notify.rendering import Attachment, Letter
from scheduling_core.errors import ProviderRefused
from scheduling_core.ports.notify import Message

MESSAGE_HEADER = "X-Openhours-Message"
"""The message's own id, for carriers that give every mail a Message-ID of theirs (Amazon SES does)."""


class _Policy(EmailPolicy):
    """Python's own folds an address that is longer than a line into encoded words, which no mail program can follow."""

    def fold(self, name: str, value: str) -> str:
        if value.isascii() and " " not in value:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


_POLICY = _Policy(linesep="\r\n", max_line_length=78)
_INTERNATIONAL = _POLICY.clone(utf8=True)


def sender_of(text: str) -> Address:
    """Who writes: an address, or a name and an address in angle brackets. Raise ValueError."""
    name, address = parseaddr(text)
    local, at, domain = address.rpartition("@")
    if not (local and at and "." in domain and address.isascii()) or any(ord(each) <= 32 for each in address):
        raise ValueError("it must be like clinic@example.com or Clinic <clinic@example.com>")
    return Address(display_name=name, addr_spec=address)


def message_id(message: Message, sender: Address) -> str:
    """The same each time that this message is sent, so that a second copy is known as one."""
    return f"<{message.id}@{sender.domain}>"


def mail_of(message: Message, letter: Letter, sender: Address) -> EmailMessage:
    """The e-mail. Raise ProviderRefused for an address that no mail can be sent to."""
    mail = EmailMessage(policy=_POLICY if message.email.isascii() else _INTERNATIONAL)
    mail["From"] = sender
    mail["To"] = _reader(message)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(message.written_at)
    mail["Message-ID"] = message_id(message, sender)
    mail[MESSAGE_HEADER] = message.id
    # No program answers it with "I am on holiday" (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        mail[name] = value
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    for attachment in letter.attachments:
        _attach(mail, attachment)
    return mail


def _reader(message: Message) -> Address:
    try:
        return Address(display_name=one_line(message.name), addr_spec=message.email)
    except (ValueError, IndexError):
        raise ProviderRefused("address", "this is no address that mail can be sent to") from None


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    kind, *parameters = (part.strip() for part in attachment.content_type.split(";"))
    maintype, _, subtype = kind.partition("/")
    mail.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=attachment.filename,
        params=dict(parameter.split("=", 1) for parameter in parameters),
    )
