"""One service of Amazon Web Services: its calls in our deadlines, its errors in the words of the core.

Credentials, region and endpoint are found where boto3 looks for them (the environment, a role of the machine;
AWS_ENDPOINT_URL), so that nothing here knows where it runs.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from adapters.kit.answers import retry_after
from adapters.kit.calls import Calls, ComeBackLater, NotLetIn, Repeat
from adapters.kit.deadlines import TimedResponse
from adapters.kit.system import SystemClock
from scheduling_core.errors import ProviderFailed, ProviderRefused, ProviderUnavailable

T = TypeVar("T")
Client = Any
"""boto3 makes its clients at run time; they have no types."""

_CONNECT_SECONDS, _ANSWER_SECONDS = 2.0, 4.0
_THROTTLED = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "TooManyRequestsException",
        "LimitExceededException",
    }
)


class NoClient(Exception):
    """The service cannot be used as this machine is set up; the message is one line and says why."""


def aws_client(service: str, *, region: str | None = None, answer_seconds: float = _ANSWER_SECONDS) -> Client:
    """A client, which threads may share; each answer is awaited so long. Raise NoClient."""
    # Not above: it takes half a second, which a deployment without AWS need not spend at its start.
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    # Repeats are ours: they know what may be repeated, and when the time is up.
    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=answer_seconds,
        retries={"total_max_attempts": 1, "mode": "standard"},
        signature_version="s3v4" if service == "s3" else None,
        # Its own host for each bucket, in its region: the address of all regions redirects, which browsers do not follow.
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )
    try:
        session = boto3.session.Session(region_name=region)
        if session.region_name is None:
            # S3 would go on with another region than its bucket's.
            raise NoClient(f"AWS {service} cannot be used: no region is set")
        client = session.client(service, config=config)
    except (BotoCoreError, ValueError) as wrong:
        raise NoClient(f"AWS {service} cannot be used: {type(wrong).__name__}") from None
    _have_reads_timed(client)
    if client.meta.service_model.resolved_protocol == "json":
        client.meta.events.register("before-parse", _require_json)
    return client


def _require_json(response_dict: Mapping[str, Any], **_: Any) -> None:
    """Its library takes what is no JSON for an answer without anything in it: a queue would look empty."""
    from botocore.parsers import ResponseParserError  # noqa: PLC0415  # as above

    # Nothing at all is what it answers where there is nothing to say.
    if response_dict["status_code"] < 300 and response_dict["body"]:
        try:
            msgspec.json.decode(response_dict["body"])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise ResponseParserError("no JSON") from None


def _have_reads_timed(client: Client) -> None:
    """Its library times each read alone, and has no setting for the whole: its connections are given answers of ours."""
    from botocore import awsrequest  # noqa: PLC0415  # as above

    class Plain(awsrequest.AWSHTTPConnection):  # type: ignore[misc]  # it has no types
        response_class = TimedResponse

    class Private(awsrequest.AWSHTTPSConnection):  # type: ignore[misc]  # it has no types
        response_class = TimedResponse

    class PlainPool(awsrequest.AWSHTTPConnectionPool):  # type: ignore[misc]  # it has no types
        ConnectionCls = Plain

    class PrivatePool(awsrequest.AWSHTTPSConnectionPool):  # type: ignore[misc]  # it has no types
        ConnectionCls = Private

    # Those that go through a proxy are made of the same ones.
    client._endpoint.http_session._pool_classes_by_scheme.update({"http": PlainPool, "https": PrivatePool})


def region_of(arn: str) -> str:
    """The region that an ARN names. Raise ValueError for what is no ARN."""
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn" or not parts[3]:
        raise ValueError("it must be like arn:aws:service:region:account:name")
    return parts[3]


class AwsService:
    """The calls to one service. `refusals` are its error codes that are a definite no to what was asked, with the core's
    word for each; every other failure is about us, or passes, and the work waits.
    """

    def __init__(
        self, service: str, client: Client, calls: Calls, *, refusals: Mapping[str, str] | None = None
    ) -> None:
        self._service = service
        self._client = client
        self._calls = calls
        self._refusals = refusals or {}

    @property
    def endpoint(self) -> str:
        """Where the service is."""
        return str(self._client.meta.endpoint_url)

    async def do(self, operation: str, work: Callable[[Client], T], *, repeat: Repeat) -> T:
        """What `work` answers, given the client. It blocks, so it has a thread of its own."""

        def told() -> T:
            with aws_told(self._service, self._refusals):
                return work(self._client)

        return await self._calls.make_blocking(operation, told, repeat=repeat)


@contextmanager
def aws_told(service: str, refusals: Mapping[str, str]) -> Iterator[None]:
    """What boto3 raises, in the words of the core: by codes, never by AWS's words, which repeat addresses and numbers."""
    from botocore import exceptions as boto  # noqa: PLC0415  # as above
    from botocore.parsers import ResponseParserError  # noqa: PLC0415

    try:
        yield
    except boto.ClientError as error:
        raise _answered(service, error.response, refusals) from None
    except (
        boto.NoCredentialsError,
        boto.PartialCredentialsError,
        boto.CredentialRetrievalError,
        boto.TokenRetrievalError,
        boto.UnauthorizedSSOTokenError,
        boto.SSOTokenLoadError,
    ) as error:
        raise NotLetIn(f"AWS {service}: there are no credentials to be had ({type(error).__name__})") from None
    except boto.ParamValidationError:
        raise ProviderRefused("request", f"AWS {service} cannot be asked for that") from None
    except (boto.BotoCoreError, boto.HTTPClientError, ResponseParserError, KeyError, ValueError) as error:
        raise ProviderUnavailable(f"AWS {service} did not answer as it should ({type(error).__name__})") from None


def _answered(service: str, answer: Mapping[str, Any], refusals: Mapping[str, str]) -> Exception:
    code = str(answer.get("Error", {}).get("Code", "unknown"))[:80]
    about = answer.get("ResponseMetadata", {})
    status = int(about.get("HTTPStatusCode", 0))
    said = f"AWS {service} answered {status} {code}"
    if code in _THROTTLED or status == 429 or (status == 503 and "retry-after" in about.get("HTTPHeaders", {})):
        # Amazon's dates are those of the world, whatever time the product has been told it is.
        return ComeBackLater(said, seconds=retry_after(about.get("HTTPHeaders", {}), now=SystemClock().now()))
    if status >= 500:
        return ProviderFailed(said)
    if code in refusals:
        return ProviderRefused(refusals[code], said)
    # Credentials that ended, permissions that are missing, a topic or bucket that is not there: a person must mend it.
    return NotLetIn(said)
