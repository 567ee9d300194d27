"""One setting puts another provider behind a port, and a setting that it lacks stops the start with one line."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dependency_injector import providers
from litestar.testing import AsyncTestClient

import bootstrap
from adapters.notify.ses import SesMail
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.smtp import SmtpMail
from adapters.notify.sns import SnsTopic
from adapters.notify.texts import MailAndTexts
from adapters.photos.s3 import S3Photos
from contract.notify.making import a_message
from scheduling_core.tasks import MessageKind
from settings import WrongSetting
from support.outside import LetterBox

MAIL = {"MAIL_FROM": "Clinic <visits@clinic.example>"}
SMTP = {**MAIL, "NOTIFY": "smtp", "SMTP_HOST": "mail.clinic.example"}
SNS = {**MAIL, "NOTIFY": "sns", "SNS_TOPIC_ARN": "arn:aws:sns:eu-west-1:123456789012:messages"}
S3 = {"PHOTOS": "s3", "S3_BUCKET": "clinic-pictures", "S3_PUBLIC_URL": "https://pictures.clinic.example/"}


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with a region and credentials, which nobody is asked about at a start."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return


def started(tmp_path: Path, named: dict[str, str]) -> bootstrap.Container:
    environ = {"OPENHOURS_VAR": str(tmp_path), **{f"OPENHOURS_{name}": value for name, value in named.items()}}
    return bootstrap.container(bootstrap.settings_of(environ))


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ({}, SimulatedMailbox),
        (SMTP, SmtpMail),
        ({**MAIL, "NOTIFY": "ses"}, SesMail),
        (SNS, SnsTopic),
        ({**SMTP, "SMS": "sns"}, MailAndTexts),
    ],
    ids=["simulator", "smtp", "ses", "sns", "smtp and texts"],
)
async def test_one_setting_says_how_messages_leave(tmp_path: Path, named: dict[str, str], kind: type[Any]) -> None:
    wired = started(tmp_path, named)
    assert type(wired.notifier()) is kind
    await bootstrap.close(wired)


async def test_two_notifiers_are_put_together_by_one_line(tmp_path: Path) -> None:
    table, first = bootstrap.Container.notifier.providers, LetterBox()
    both = providers.Singleton("adapters.notify.texts.MailAndTexts", providers.Object(first), table["simulator"])
    bootstrap.Container.notifier.set_providers(**table, both=both)
    try:
        wired = started(tmp_path, {"NOTIFY": "both"})
        await wired.notifier().send(a_message(MessageKind.REMINDER_SOON, phone="+4930901820"))
        await wired.notifier().send(a_message(MessageKind.BOOKED))
        assert [letter.kind for letter in first.letters.values()] == [MessageKind.REMINDER_SOON, MessageKind.BOOKED]
        mails = await wired.notifier.providers["simulator"]().mails()
        assert "+4930901820" in {mail.to for mail in mails}
        await bootstrap.close(wired)
    finally:
        bootstrap.Container.notifier.set_providers(**table)


@pytest.mark.parametrize(("behind", "kind"), [("ses", SesMail), ("smtp", SmtpMail)])
async def test_what_came_through_a_topic_is_written_by_the_mail_that_is_named(
    tmp_path: Path, behind: str, kind: type[Any]
) -> None:
    queue = {"SQS_QUEUE_URL": "https://sqs.eu-west-1.amazonaws.com/123456789012/messages"}
    wired = started(tmp_path, {**SNS, **queue, "SNS_MAIL": behind, "SMTP_HOST": "mail.clinic.example"})
    assert type(wired.mail()) is kind
    assert wired.inbox() is not None
    await bootstrap.close(wired)


async def test_pages_show_and_send_pictures_where_they_are_kept(tmp_path: Path) -> None:
    wired = started(tmp_path, {**S3, "RUN_TASKS": "off"})
    assert type(wired.photo_keeper()) is S3Photos
    async with AsyncTestClient(bootstrap.app_of(wired)) as browser:
        policy = (await browser.get("/health/live")).headers["content-security-policy"]
    assert "img-src 'self' data: https://pictures.clinic.example;" in policy
    assert "connect-src 'self' https://clinic-pictures.s3.eu-west-1.amazonaws.com;" in policy


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"NOTIFY": "pigeon"}, "OPENHOURS_NOTIFY is 'pigeon': it must be one of simulator, sns, smtp, ses"),
        ({"CALENDAR": "pigeon"}, "OPENHOURS_CALENDAR is 'pigeon': it must be one of simulator, google"),
        ({"IDENTITY": "pigeon"}, "OPENHOURS_IDENTITY is 'pigeon': it must be one of simulator, google"),
        ({"PHOTOS": "pigeon"}, "OPENHOURS_PHOTOS is 'pigeon': it must be one of local, s3"),
        ({**SMTP, "SMTP_HOST": ""}, "OPENHOURS_SMTP_HOST"),
        ({**SMTP, "MAIL_FROM": ""}, "OPENHOURS_MAIL_FROM"),
        ({**SMTP, "MAIL_FROM": "nobody"}, "OPENHOURS_MAIL_FROM"),
        ({**SMTP, "SMTP_PORT": "0"}, "OPENHOURS_SMTP_PORT"),
        ({**SMTP, "SMTP_USER": "clinic"}, "OPENHOURS_SMTP_PASSWORD"),
        ({**SNS, "SNS_TOPIC_ARN": ""}, "OPENHOURS_SNS_TOPIC_ARN"),
        ({**SNS, "SNS_TOPIC_ARN": "messages"}, "OPENHOURS_SNS_TOPIC_ARN"),
        ({**S3, "S3_BUCKET": "with.dots"}, "OPENHOURS_S3_BUCKET"),
        ({**S3, "S3_PUBLIC_URL": ""}, "OPENHOURS_S3_PUBLIC_URL"),
        ({**S3, "S3_PUBLIC_URL": "pictures"}, "OPENHOURS_S3_PUBLIC_URL"),
        ({"PEPPER": '{"active": "v1"}'}, "OPENHOURS_PEPPER"),
    ],
    ids=range(15),
)
def test_a_setting_that_lacks_or_cannot_be_stops_the_start_with_one_line(
    tmp_path: Path, named: dict[str, str], said: str
) -> None:
    with pytest.raises(WrongSetting, match=said) as wrong:
        started(tmp_path, named)
    assert "\n" not in str(wrong.value)


def test_a_machine_without_a_region_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    with pytest.raises(WrongSetting, match="AWS_DEFAULT_REGION"):
        started(tmp_path, S3)


PRODUCTION = {
    **SMTP,
    "ENV": "production",
    "PUBLIC_URL": "https://visits.clinic.example",
    "PAYMENTS": "stripe",
    "STRIPE_SECRET_KEY": "rk_live_" + "a1b2" * 8,
    "STRIPE_WEBHOOK_SECRETS": "whsec_" + "a1b2" * 8,
    "IDENTITY": "google",
    "GOOGLE_CLIENT_ID": "clinic.apps.googleusercontent.com",
    "GOOGLE_CLIENT_SECRET": "of the clinic",
    "CALENDAR": "google",
    "GOOGLE_CREDENTIALS": '{"type": "authorized_user", "client_id": "a", "client_secret": "b", "refresh_token": "c"}',
}


@pytest.mark.parametrize("missing", ["JWT_KEYS", "LINK_KEY"])
def test_production_makes_up_no_key_that_it_is_not_given(tmp_path: Path, missing: str) -> None:
    started(tmp_path, {})
    keys = {"JWT_KEYS": (tmp_path / "jwt-keys.json").read_text(), "LINK_KEY": "k" * 40}
    elsewhere = tmp_path / "production"
    with pytest.raises(WrongSetting, match=f"^OPENHOURS_{missing} .*required in production"):
        started(elsewhere, {**PRODUCTION, **keys, missing: ""})
    assert not [path.name for path in elsewhere.iterdir() if path.suffix != ".sqlite"]
