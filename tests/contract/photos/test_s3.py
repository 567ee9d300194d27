"""What is peculiar to pictures in S3: what S3 itself refuses, where pages may send to, and how it fails."""

import asyncio
from collections.abc import Callable, Iterator, Mapping

import httpx
import pytest

from adapters.kit.aws import AwsService, Client, aws_client
from adapters.kit.calls import Limits
from adapters.kit.picture_limits import SIDES
from adapters.photos import s3
from adapters.photos.s3 import REFUSALS, S3Photos
from contract.photos.making import a_picture
from scheduling_core.errors import InvalidInput, NotFound, ProviderUnavailable
from servers.wire import Break, Reply, Wire
from support.aws import a_bucket, client, client_over, failing_wire, in_environment, service
from support.calling import calls_to
from support.clock import MONDAY, ManualClock
from support.making import an_id

Post = Callable[[str, Mapping[str, str], bytes], int]
"""Sends a form as a browser does; the status."""


def keeper(service: AwsService, bucket: str) -> S3Photos:
    return S3Photos(service, ManualClock(), bucket=bucket, public_url="https://pictures.clinic.example")


@pytest.fixture
def photos() -> Iterator[S3Photos]:
    photos = keeper(service("s3", **REFUSALS), a_bucket())
    yield photos
    photos.close()


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with httpx.Client(trust_env=False, timeout=30) as browser:
        yield lambda url, fields, file: browser.post(url, data=dict(fields), files={"file": ("me", file)}).status_code


async def test_s3_itself_refuses_what_is_too_large_empty_or_of_another_type(photos: S3Photos, post: Post) -> None:
    upload = await photos.invite(f"upload-{an_id()}")
    fields = upload.fields
    assert post(upload.url, fields, bytes(upload.largest + 1)) == 400
    assert post(upload.url, fields, b"") == 400
    assert post(upload.url, {**fields, "Content-Type": "text/html"}, a_picture()) == 403
    assert post(upload.url, {**fields, "key": "profiles/somebody/else.webp"}, a_picture()) == 403
    with pytest.raises(NotFound):
        await photos.take(upload.id, an_id())
    assert post(upload.url, fields, a_picture()) == 204


async def test_pictures_never_change_and_are_seen_where_the_settings_say(photos: S3Photos, post: Post) -> None:
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, a_picture())
    owner = an_id()
    url = await photos.take(upload.id, owner)
    assert url.startswith(f"https://pictures.clinic.example/profiles/{owner}/")
    kept = client("s3").head_object(Bucket=a_bucket(), Key=url.removeprefix("https://pictures.clinic.example/"))
    assert kept["CacheControl"] == "public, max-age=31536000, immutable"
    assert kept["ContentType"] == "image/webp"


@pytest.mark.parametrize("endpoint", ["", "https://s3.example.test", "http://127.0.0.1:9"])
async def test_pages_may_send_to_the_bucket_and_to_no_other(endpoint: str) -> None:
    with in_environment(AWS_ENDPOINT_URL=endpoint, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="" if endpoint else "true"):
        asked = AwsService("s3", aws_client("s3"), calls_to("s3"))
    photos = keeper(asked, "clinic-pictures")
    upload = await photos.invite(f"upload-{an_id()}")
    assert f"{photos.upload_origin}/" in f"{upload.url}/"
    assert "clinic-pictures" in upload.url
    photos.close()


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[Wire, Client]]:
    """S3 over a wire that can fail, and who asks over it: made once, since making a client takes long."""
    with failing_wire() as line:
        yield line, client_over(line, "s3")


@pytest.fixture
def failing(line: tuple[Wire, Client]) -> Iterator[tuple[Wire, S3Photos]]:
    photos = keeper(AwsService("s3", line[1], calls_to("s3"), refusals=REFUSALS), a_bucket())
    yield line[0], photos
    photos.close()


EXPIRED = b"<Error><Code>ExpiredToken</Code><Message>canary@example.com</Message></Error>"


FAULTS: dict[str, tuple[Reply | Break, str]] = {
    "500": (Reply(500, b"<Error><Code>InternalError</Code></Error>"), "500 InternalError"),
    "slow down": (Reply(503, b"<Error><Code>SlowDown</Code></Error>", {"Retry-After": "0"}), "503 SlowDown"),
    "429": (Reply(429, b"", {"Retry-After": "0"}), "429"),
    "expired": (Reply(400, EXPIRED), "400 ExpiredToken"),
    "denied": (Reply(403, b"<Error><Code>AccessDenied</Code></Error>"), "403 AccessDenied"),
    "malformed": (Reply(200, b"<half an answ"), "answered 500"),
    "reset": (Break.DONE_THEN_RESET, "did not answer as it should"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_fails_is_said_without_s3s_words_and_works_when_it_is_tried_again(
    photos: S3Photos, post: Post, failing: tuple[Wire, S3Photos], fault: str
) -> None:
    (line, fails), owner = failing, an_id()
    broken, said = FAULTS[fault]
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, a_picture())
    url = await photos.take(upload.id, owner)
    line.fail(broken, at=a_bucket())
    with pytest.raises(ProviderUnavailable) as trouble:
        await fails.keep_only(owner, url, before=MONDAY)
    assert said in str(trouble.value)
    assert "canary" not in str(trouble.value)
    assert await fails.keep_only(owner, url, before=MONDAY)


NO_ANSWER = {"malformed"}
"""What is no fault of a file that is fetched or put: those have no form."""


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - NO_ANSWER))
async def test_a_file_that_could_not_be_fetched_lies_there_still(
    photos: S3Photos, post: Post, failing: tuple[Wire, S3Photos], fault: str
) -> None:
    line, fails = failing
    broken, said = FAULTS[fault]
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, b"any file")
    line.fail(broken, at="incoming/")
    with pytest.raises(ProviderUnavailable) as trouble:
        await fails.take(upload.id, an_id())
    assert said in str(trouble.value)
    assert "canary" not in str(trouble.value)
    # Once S3 is back it is looked at, and found to be no picture.
    with pytest.raises(InvalidInput):
        await fails.take(upload.id, an_id())


async def test_a_picture_that_could_not_be_kept_is_kept_once_it_is_tried_again(
    photos: S3Photos, post: Post, failing: tuple[Wire, S3Photos]
) -> None:
    (line, fails), owner = failing, an_id()
    broken, said = FAULTS["reset"]
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, a_picture())
    line.fail(broken, at="profiles/")
    with pytest.raises(ProviderUnavailable, match=said):
        await fails.take(upload.id, owner)
    url = await fails.take(upload.id, owner)
    kept = client("s3").list_objects_v2(Bucket=a_bucket(), Prefix=f"profiles/{owner}/")["Contents"]
    assert len(kept) == len(SIDES)
    assert url.removeprefix("https://pictures.clinic.example/") in {found["Key"] for found in kept}


async def test_whoever_waits_for_their_picture_waits_for_all_of_it_only_so_long(
    photos: S3Photos, post: Post, failing: tuple[Wire, S3Photos], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line, _), owner = failing, an_id()
    patient = keeper(
        AwsService("s3", client_over(line, "s3"), calls_to("s3", limits=Limits(seconds=600, tries=1))), a_bucket()
    )
    monkeypatch.setattr(s3, "TAKING", 1.0)
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, a_picture())
    line.fail(Break.HANG, at="profiles/")
    with pytest.raises(ProviderUnavailable, match="has not kept the picture within 1 s"):
        await asyncio.wait_for(patient.take(upload.id, owner), 60)
    line.mend()
    monkeypatch.undo()
    assert await photos.take(upload.id, owner)
    patient.close()
