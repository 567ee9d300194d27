"""What is peculiar to pictures in S3: what S3 itself refuses, where pages may send to, and how it fails."""

from collections.abc import Callable, Iterator, Mapping

import httpx
import pytest

from adapters.kit.aws import AwsService, Client, aws_client
from adapters.photos.s3 import REFUSALS, S3Photos
from contract.photos.making import a_picture
from scheduling_core.errors import NotFound, ProviderUnavailable
from servers.wire import Break, Reply, Wire
from support.aws import a_bucket, client, client_over, failing_wire, in_environment, service
from support.calling import calls_to
from support.clock import MONDAY, ManualClock
from support.making import an_id

Post = Callable[[str, Mapping[str, str], bytes], int]
"""Sends a form as a browser does; the status."""


def keeper(s3: AwsService, bucket: str) -> S3Photos:
    return S3Photos(s3, ManualClock(), bucket=bucket, public_url="https://pictures.clinic.example")


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
        s3 = AwsService("s3", aws_client("s3"), calls_to("s3"))
    photos = keeper(s3, "clinic-pictures")
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


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(500, b"<Error><Code>InternalError</Code></Error>"), "500 InternalError"),
        (Reply(503, b"<Error><Code>SlowDown</Code></Error>", {"Retry-After": "0"}), "503 SlowDown"),
        (Reply(429, b"", {"Retry-After": "0"}), "429"),
        (Reply(400, EXPIRED), "400 ExpiredToken"),
        (Reply(403, b"<Error><Code>AccessDenied</Code></Error>"), "403 AccessDenied"),
        (Reply(200, b"<half an answ"), "answered 500"),
        (Break.DONE_THEN_RESET, "did not answer as it should"),
    ],
    ids=["500", "slow down", "429", "expired", "denied", "malformed", "reset"],
)
async def test_what_fails_is_said_without_s3s_words_and_works_when_it_is_tried_again(
    photos: S3Photos, post: Post, failing: tuple[Wire, S3Photos], fault: Reply | Break, said: str
) -> None:
    (line, fails), owner = failing, an_id()
    upload = await photos.invite(f"upload-{an_id()}")
    post(upload.url, upload.fields, a_picture())
    url = await photos.take(upload.id, owner)
    line.fail(fault, at=a_bucket())
    with pytest.raises(ProviderUnavailable) as trouble:
        await fails.keep_only(owner, url, before=MONDAY)
    assert said in str(trouble.value)
    assert "canary" not in str(trouble.value)
    assert await fails.keep_only(owner, url, before=MONDAY)
