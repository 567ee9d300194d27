"""How messages leave: a mail server, Amazon SES, or an SNS topic whose queue another process empties."""

from dataclasses import dataclass, field

from settings.reading import PREFIX, Reader, WrongSetting, whole

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    host: str
    port: int
    encryption: str
    user: str | None
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettings:
    """`mail` says what writes e-mail in the end: `smtp` or `ses`; None while it is simulated."""

    mail: str | None
    sender: str
    smtp: SmtpSettings | None
    ses_configuration_set: str | None
    texts: bool
    """Whether reminders can be text messages too."""
    topic_arn: str
    hands_over_all: bool
    """Whether every task goes through the topic, instead of messages alone."""
    queue_url: str | None


def read_messages(get: Reader, notify: str, *, production: bool) -> MessageSettings:
    """The group of what `notify` needs. Raise WrongSetting."""
    behind_sns = get.choice("SNS_MAIL", ("ses", "smtp"), "ses")
    mail = {"smtp": "smtp", "ses": "ses", "sns": behind_sns}.get(notify)
    settings = MessageSettings(
        mail=mail,
        sender=get.text("MAIL_FROM", ""),
        smtp=_smtp(get, needed=mail == "smtp"),
        ses_configuration_set=get.text("SES_CONFIGURATION_SET", "") or None,
        texts=get.choice("SMS", ("off", "sns"), "off") == "sns" or notify == "simulator",
        topic_arn=get.text("SNS_TOPIC_ARN", ""),
        hands_over_all=get.choice("SNS_TASKS", ("messages", "all"), "messages") == "all" and notify == "sns",
        queue_url=get.text("SQS_QUEUE_URL", "") or None,
    )
    if mail and not settings.sender:
        raise WrongSetting(f"{PREFIX}MAIL_FROM is required with {PREFIX}NOTIFY={notify}: who writes.")
    if notify == "sns" and not settings.topic_arn:
        raise WrongSetting(f"{PREFIX}SNS_TOPIC_ARN is required with {PREFIX}NOTIFY=sns.")
    if production and settings.smtp and settings.smtp.encryption == "none" and settings.smtp.host not in _LOOPBACK:
        raise WrongSetting(f"{PREFIX}SMTP_ENCRYPTION is none, which production allows for this machine alone.")
    return settings


def _smtp(get: Reader, *, needed: bool) -> SmtpSettings | None:
    encryption = get.choice("SMTP_ENCRYPTION", ("starttls", "implicit", "none"), "starttls")
    usual_port = {"starttls": "587", "implicit": "465", "none": "25"}[encryption]
    smtp = SmtpSettings(
        host=get.text("SMTP_HOST", ""),
        port=get.read("SMTP_PORT", usual_port, whole(1, 65_535)),
        encryption=encryption,
        user=get.text("SMTP_USER", "") or None,
        password=get.text("SMTP_PASSWORD", "") or None,
    )
    if not needed:
        return None
    if not smtp.host:
        raise WrongSetting(f"{PREFIX}SMTP_HOST is required where mail goes through a mail server.")
    if (smtp.user is None) != (smtp.password is None):
        raise WrongSetting(f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD go together.")
    return smtp
