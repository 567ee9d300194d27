"""The keys of access tokens: as text, and as a file that several processes share."""

import json
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from adapters.identity.jwt_keys import JwtKeys, UnusableKeys, generate_keys, load_or_create

WRITTEN = json.loads(generate_keys())
OTHER = json.loads(generate_keys())
KEY, OTHER_KEY = WRITTEN["keys"][0], OTHER["keys"][0]


def test_generated_keys_sign_and_verify() -> None:
    keys = JwtKeys.parse(generate_keys())
    keys.verifying[keys.active_kid].verify(keys.signing.sign(b"x"), b"x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret",
        "[]",
        "{}",
        json.dumps({**WRITTEN, "keys": []}),
        json.dumps({**WRITTEN, "active_kid": "another"}),
        json.dumps({**WRITTEN, "keys": [KEY, KEY]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "public": OTHER_KEY["public"]}]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "private": "AAAA"}]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "public": "AAAA"}]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "private": "not base64!"}]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "public": ""}]}),
        json.dumps({**WRITTEN, "keys": [{"kid": KEY["kid"], "public": KEY["public"]}]}),
        json.dumps({**WRITTEN, "keys": [{**KEY, "alg": "HS256"}]}),
    ],
    # Not by its text, which holds a key made anew: parallel runs must agree on the names of tests.
    ids=range(14),
)
def test_refuses_what_cannot_sign_without_showing_a_key(text: str) -> None:
    with pytest.raises(UnusableKeys) as refusal:
        JwtKeys.parse(text)
    assert KEY["private"] not in str(refusal.value)


def test_makes_a_file_for_its_owner_alone_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "jwt-keys.json"
    keys = load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create(path).active_kid == keys.active_kid
    assert list(path.parent.iterdir()) == [path]


def _kid(path: Path) -> str:
    return load_or_create(path).active_kid


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for number in range(20):
            path = tmp_path / f"{number}.json"
            assert len(set(processes.map(_kid, [path] * 4))) == 1
            assert not list(tmp_path.glob(f"{number}.json.*"))
