"""A setting for Google that is missing or malformed stops the start with one line that names it."""

import json
from pathlib import Path

import pytest

import bootstrap
from settings import WrongSetting, read_settings

SIGN_IN = {
    "OPENHOURS_IDENTITY": "google",
    "OPENHOURS_GOOGLE_CLIENT_ID": "1-a.apps.googleusercontent.com",
    "OPENHOURS_GOOGLE_CLIENT_SECRET": "s",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENHOURS_GOOGLE_CLIENT_ID", ""),
        ("OPENHOURS_GOOGLE_CLIENT_ID", "1-a.apps.googleusercontent.com extra"),
        ("OPENHOURS_GOOGLE_CLIENT_ID", "1-a"),
        ("OPENHOURS_GOOGLE_CLIENT_SECRET", ""),
        ("OPENHOURS_GOOGLE_ISSUER_URL", "http://accounts.example"),
        ("OPENHOURS_GOOGLE_ISSUER_URL", "accounts.example"),
        ("OPENHOURS_GOOGLE_CALENDAR_URL", "https://calendar.example/?key=1"),
        ("OPENHOURS_GOOGLE_DELEGATE", "clinic"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name} ") as refusal:
        read_settings({**SIGN_IN, name: value})
    assert "\n" not in str(refusal.value)


async def test_one_setting_changes_who_signs_people_in(tmp_path: Path) -> None:
    settings = read_settings({**SIGN_IN, "OPENHOURS_VAR": str(tmp_path)})
    async with bootstrap.opened(settings) as wired:
        assert type(wired.identity()).__name__ == "GoogleIdentity"
    assert settings.simulated == ("payments", "calendar", "notify")


CALENDAR = {"OPENHOURS_CALENDAR": "google", "OPENHOURS_GOOGLE_DELEGATE": "clinic@example.com"}
ACCOUNT = {"type": "authorized_user", "client_id": "a", "client_secret": "canary", "refresh_token": "canary"}
ROBOT = {"type": "service_account", "client_email": "r@example.com", "private_key": "canary"}


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("", "is required"),
        ("/nowhere/key.json", "neither JSON nor a file"),
        ("{canary", "not JSON"),
        ('{"type": "canary"}', "neither service_account nor authorized_user"),
        (json.dumps(ROBOT), "private_key"),
        (json.dumps(ACCOUNT), "OPENHOURS_GOOGLE_DELEGATE"),
        (json.dumps({**ACCOUNT, "refresh_token": ""}), "refresh_token"),
        (json.dumps({**ACCOUNT, "token_uri": "http://evil.example/"}), "token_uri"),
    ],
)
def test_a_key_that_cannot_be_used_stops_the_start_in_one_line_that_does_not_show_it(
    key: str, says: str, tmp_path: Path
) -> None:
    own = {} if "DELEGATE" in says or "authorized_user" not in key else {"OPENHOURS_GOOGLE_DELEGATE": ""}
    with pytest.raises(WrongSetting, match=r"^OPENHOURS_GOOGLE_CREDENTIALS ") as refusal:
        bootstrap.container(
            read_settings({**CALENDAR, **own, "OPENHOURS_GOOGLE_CREDENTIALS": key, "OPENHOURS_VAR": str(tmp_path)})
        )
    assert says in str(refusal.value)
    assert "canary" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_service_account_needs_somebody_to_act_for(tmp_path: Path) -> None:
    settings = {"OPENHOURS_CALENDAR": "google", "OPENHOURS_GOOGLE_CREDENTIALS": json.dumps(ROBOT)}
    with pytest.raises(WrongSetting, match="OPENHOURS_GOOGLE_DELEGATE"):
        bootstrap.container(read_settings({**settings, "OPENHOURS_VAR": str(tmp_path)}))


async def test_one_setting_changes_whose_calendar_it_is(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps(ACCOUNT))
    settings = {"OPENHOURS_CALENDAR": "google", "OPENHOURS_GOOGLE_CREDENTIALS": str(key)}
    async with bootstrap.opened(read_settings({**settings, "OPENHOURS_VAR": str(tmp_path)})) as wired:
        assert type(wired.calendar()).__name__ == "GoogleCalendar"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert "canary" not in repr(read_settings({**SIGN_IN, "OPENHOURS_GOOGLE_CLIENT_SECRET": "canary"}))
