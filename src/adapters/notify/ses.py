"""E-mail through Amazon SES, as the very bytes that a mail server would get."""

from email.headerregistry import Address

from adapters.kit.aws import AwsService
from adapters.kit.calls import Repeat
from adapters.notify.mail import mail_of
from adapters.notify.rendering import Letters
from scheduling_core.ports.notify import Message

REFUSALS = {"MessageRejected": "mail", "InvalidParameterValue": "address"}
"""What SES says of a mail that it will never take; everything else that it refuses is about our account."""
MESSAGE_TAG = "message"
"""Names the task in the events that SES reports, such as a bounce."""


class SesMail:
    """Matches ports.notify.Notifier. `configuration_set` is the one of SES that reports bounces.

    SES has no idempotency keys and gives each mail a Message-ID of its own: one whose acceptance was lost on its way back is
    sent again, and the copies are known by their X-Openhours-Message alone.
    """

    def __init__(self, ses: AwsService, letters: Letters, *, sender: Address, configuration_set: str | None) -> None:
        self._ses = ses
        self._letters = letters
        self._sender = sender
        self._more = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    async def send(self, message: Message) -> bool:
        mail = bytes(mail_of(message, self._letters.render(message), self._sender))
        tags = [
            {"Name": MESSAGE_TAG, "Value": message.id.partition(".")[0]},
            {"Name": "kind", "Value": str(message.kind)},
        ]
        await self._ses.do(
            "send_raw_email",
            lambda ses: ses.send_raw_email(
                Source=self._sender.addr_spec,
                Destinations=[message.email],
                RawMessage={"Data": mail},
                Tags=tags,
                **self._more,
            )["MessageId"],
            repeat=Repeat.NEVER,
        )
        return False
