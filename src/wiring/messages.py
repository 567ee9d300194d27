"""How messages leave, by the settings: the adapters of the port `notify` that need more than their parts to be made."""

import ssl
from email.headerregistry import Address

from adapters.kit.aws import AwsService, NoClient, aws_client, region_of
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.notify.inbox import Inbox
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.ses import REFUSALS, SesMail
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from adapters.notify.sns import SnsTopic
from adapters.notify.sqs import SqsQueue
from adapters.notify.texts import REFUSALS as TEXT_REFUSALS
from adapters.notify.texts import MailAndTexts, SnsTexts
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.system import Chance
from settings import Settings, WrongSetting

_ONCE = Limits(tries=1)
"""A mail is tried again by its task, which waits longer and is seen by administrators."""


def letters(settings: Settings) -> Letters:
    """The letters of this clinic, with whom calendars take for the host."""
    sender = settings.messages.sender
    organizer = _sender(settings).addr_spec if sender else "visits@openhours.example"
    return Letters(public_url=settings.public_url, organizer_email=organizer)


def smtp_mail(settings: Settings, letters: Letters, figures: CallFigures, chance: Chance) -> SmtpMail:
    """E-mail through the mail server of the settings. Raise WrongSetting."""
    smtp = settings.messages.smtp
    if smtp is None:
        raise WrongSetting("OPENHOURS_SMTP_HOST is required where mail goes through a mail server.")
    server = SmtpServer(
        host=smtp.host,
        port=smtp.port,
        encryption=Encryption(smtp.encryption),
        user=smtp.user,
        password=smtp.password,
    )
    calls = Calls("smtp", figures, chance, limits=_ONCE)
    return SmtpMail(server, letters, calls, sender=_sender(settings), trust=ssl.create_default_context())


def ses_mail(settings: Settings, letters: Letters, figures: CallFigures, chance: Chance) -> SesMail:
    """E-mail through Amazon SES. Raise WrongSetting."""
    ses = _service("ses", Calls("ses", figures, chance, limits=_ONCE), refusals=REFUSALS)
    configuration_set = settings.messages.ses_configuration_set
    return SesMail(ses, letters, sender=_sender(settings), configuration_set=configuration_set)


def sns_topic(settings: Settings, figures: CallFigures, chance: Chance) -> SnsTopic:
    """The topic that messages are handed on through. Raise WrongSetting."""
    arn = settings.messages.topic_arn
    return SnsTopic(_service("sns", Calls("sns", figures, chance), arn=arn), topic_arn=arn)


def sqs_queue(settings: Settings, inbox: Inbox, figures: CallFigures, chance: Chance) -> SqsQueue:
    """The queue that this process empties. Raise WrongSetting."""
    sqs = _service("sqs", Calls("sqs", figures, chance), arn=settings.messages.topic_arn)
    return SqsQueue(sqs, inbox, url=settings.messages.queue_url or "")


def sns_texts(settings: Settings, letters: Letters, figures: CallFigures, chance: Chance) -> SnsTexts | None:
    """Text messages through Amazon SNS; None where the settings have none. Raise WrongSetting."""
    if not settings.messages.texts:
        return None
    sns = _service("sns", Calls("texts", figures, chance, limits=_ONCE), refusals=TEXT_REFUSALS)
    return SnsTexts(sns, letters)


def mail_and_texts(mail: Notifier, texts: Notifier | None) -> Notifier:
    """That mail, and those texts beside it where there are any."""
    return mail if texts is None else MailAndTexts(mail, texts)


def _service(name: str, calls: Calls, *, arn: str | None = None, refusals: dict[str, str] | None = None) -> AwsService:
    try:
        region = region_of(arn) if arn else None
        return AwsService(name, aws_client(name, region=region), calls, refusals=refusals)
    except ValueError as wrong:
        raise WrongSetting(f"OPENHOURS_SNS_TOPIC_ARN cannot be used: {wrong}.") from None
    except NoClient as wrong:
        raise WrongSetting(f"{wrong}. Set AWS_DEFAULT_REGION, and credentials where boto3 looks for them.") from None


def _sender(settings: Settings) -> Address:
    try:
        return sender_of(settings.messages.sender)
    except ValueError as wrong:
        raise WrongSetting(f"OPENHOURS_MAIL_FROM cannot be used: {wrong}.") from None
