"""Text messages through Amazon SNS, beside e-mail."""

import structlog

from adapters.kit.aws import AwsService
from adapters.kit.calls import Repeat
from adapters.notify.rendering import Letters
from scheduling_core.errors import ProviderRefused
from scheduling_core.ports.notify import Message, Notifier

log = structlog.get_logger(__name__)

REFUSALS = {"InvalidParameter": "number", "InvalidParameterValue": "number", "OptedOut": "number"}
"""What SNS says of a number that it will never write to, be it that its owner has asked it not to."""


class SnsTexts:
    """Matches ports.notify.Notifier: sends the text of a message to its reader's telephone."""

    def __init__(self, sns: AwsService, letters: Letters) -> None:
        self._sns = sns
        self._letters = letters

    async def send(self, message: Message) -> bool:
        """Raise ProviderRefused for a number that no text can be sent to, ProviderUnavailable to be tried again."""
        number, text = _sound(message.phone or ""), self._letters.text(message)
        kind = {"DataType": "String", "StringValue": "Transactional"}
        await self._sns.do(
            "text",
            lambda sns: sns.publish(PhoneNumber=number, Message=text, MessageAttributes={"AWS.SNS.SMS.SMSType": kind})[
                "MessageId"
            ],
            repeat=Repeat.NEVER,
        )
        return False


class MailAndTexts:
    """Matches ports.notify.Notifier: e-mail first, then the text, to whoever wants either.

    A text that fails brings the whole message back, whose mail is then known by its Message-ID; in this process it is not
    even sent again. A text that is refused for good does not undo a mail that went out.
    """

    def __init__(self, mail: Notifier, texts: Notifier, *, remembered: int = 10_000) -> None:
        self._mail = mail
        self._texts = texts
        self._mailed: dict[str, None] = {}
        self._remembered = remembered

    async def send(self, message: Message) -> bool:
        if message.mail and message.id not in self._mailed:
            await self._mail.send(message)
            self._remember(message.id)
        if message.phone is not None:
            try:
                await self._texts.send(message)
            except ProviderRefused as refusal:
                if not message.mail:
                    raise
                log.warning("text_refused", message=message.id, code=refusal.code)
        self._mailed.pop(message.id, None)
        return False

    def _remember(self, id: str) -> None:
        self._mailed[id] = None
        if len(self._mailed) > self._remembered:
            del self._mailed[next(iter(self._mailed))]


def _sound(phone: str) -> str:
    # Loaded with the first text: few clinics send any.
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        raise ProviderRefused("number", "this is no telephone number") from None
    if not phonenumbers.is_valid_number(number):
        raise ProviderRefused("number", "this is no telephone number that is in use anywhere")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
