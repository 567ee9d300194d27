"""The simulated mailbox: every message is rendered, kept, and can be read in the browser. Nothing leaves the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape

from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from adapters.notify.rendering import Attachment, Letters
from scheduling_core.errors import NotFound, ProviderRefused
from scheduling_core.ports.notify import Message
from scheduling_core.ports.system import Clock

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message as it arrived. `deliveries` counts how often it was sent under its one id."""

    id: str
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    sent_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    deliveries: int = 1


_MAILS = Shelf("notify.mails", Mail)


class SimulatedMailbox:
    """Notifier. A message that comes again under the same id is the same mail. Addresses in `.invalid` never take any."""

    def __init__(self, state: SimulatorState, faults: Faults, clock: Clock, letters: Letters) -> None:
        self._state = state
        self._faults = faults
        self._clock = clock
        self._letters = letters

    async def send(self, message: Message) -> bool:
        if message.email.lower().endswith(".invalid"):
            raise ProviderRefused("address", "this address takes no mail")
        letter = self._letters.render(message)
        mail = Mail(
            id=message.id,
            to=message.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=letter.attachments,
            headers=letter.headers,
            sent_at=self._clock.now(),
        )

        arriving = [mail] if message.mail else []
        if message.phone is not None:
            text = self._letters.text(message)
            plain = replace(mail, text=text, html=f"<p>{escape(text)}</p>", attachments=(), headers={})
            arriving.append(replace(plain, id=f"{mail.id}.text", to=message.phone, subject="Text message"))

        def deliver(books: Books) -> None:
            if self._faults.take(books, "notify", Fault.SILENCE):
                return
            for each in arriving:
                self._arrive(books, each)
            if self._faults.take(books, "notify", Fault.DUPLICATE):
                for each in arriving:
                    self._arrive(books, each)

        await self._faults.call("notify", deliver)
        return False

    async def mails(self, *, to: str | None = None) -> list[Mail]:
        """What arrived last, newest first, of everybody or of one address whatever its case."""

        def look(books: Books) -> list[Mail]:
            if to is None:
                return _MAILS.newest(books, limit=MOST_SHOWN)
            return _MAILS.tagged(books, to.strip().lower())[: -MOST_SHOWN - 1 : -1]

        return await self._state.read(look)

    async def mail(self, mail_id: str) -> Mail:
        """One mail. Raise NotFound."""
        mail = await self._state.read(lambda books: _MAILS.get(books, mail_id))
        if mail is None:
            raise NotFound
        return mail

    def _arrive(self, books: Books, mail: Mail) -> None:
        known = _MAILS.get(books, mail.id)
        arrived = mail if known is None else replace(known, deliveries=known.deliveries + 1)
        _MAILS.put(books, mail.id, arrived, tag=mail.to.strip().lower())
