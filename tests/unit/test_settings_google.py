"""A setting for Google that is missing or malformed stops the start with one line that names it."""

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
        ("OPENHOURS_IDENTITY", "facebook"),
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


async def test_one_setting_changes_who_signs_people_in(tmp_path) -> None:
    settings = read_settings({**SIGN_IN, "OPENHOURS_VAR": str(tmp_path)})
    async with bootstrap.opened(settings) as wired:
        assert type(wired.identity()).__name__ == "GoogleIdentity"
    assert settings.simulated == ("payments", "calendar", "notify")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert "canary" not in repr(read_settings({**SIGN_IN, "OPENHOURS_GOOGLE_CLIENT_SECRET": "canary"}))
