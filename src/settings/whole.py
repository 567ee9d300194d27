"""The settings of a deployment, read from the environment once, at the start.

Every name begins with OPENHOURS_; docs/operations.md lists them. A wrong one stops the start with one clear line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.privacy import DEFAULT_RETENTION, Kept
from settings.databases import DatabaseSettings, read_databases
from settings.google import GoogleSettings, read_google
from settings.messages import MessageSettings, read_messages
from settings.pictures import BucketSettings, read_bucket
from settings.reading import PREFIX, Reader, WrongSetting, whole
from settings.secrets import SecretSettings, read_secrets
from settings.stripe import StripeSettings, read_stripe

SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole and consistent set of settings. `var` is where everything is kept that a first start makes."""

    production: bool
    databases: DatabaseSettings
    public_url: str
    payments: str
    """A name in bootstrap's table of payment providers, as the other ports' are in theirs; bootstrap refuses any other."""
    stripe: StripeSettings | None
    calendar: str
    identity: str
    notify: str
    messages: MessageSettings
    photos: str
    bucket: BucketSettings
    google: GoogleSettings
    clinic: str
    currency: str
    tax_percent: Decimal
    hold: timedelta
    policy: CancellationPolicy
    workers: int
    rate_limits: bool
    proxies: int
    run_tasks: bool
    traces_url: str | None
    """The OTLP/HTTP collector that traces are sent to; None: nobody collects any."""
    metrics: str
    """`page`: at /metrics alone; `embedded`: in the log too, in CloudWatch's embedded metric format."""
    clock_offset: timedelta
    jwt_keys: str | None
    pepper: str | None
    secrets: SecretSettings
    link_key: str | None
    retention: Mapping[Kept, timedelta]
    var: Path
    web: Path

    @property
    def simulated(self) -> tuple[str, ...]:
        """The ports that a simulator stands behind."""
        ports = ("payments", "calendar", "identity", "notify")
        return tuple(port for port in ports if getattr(self, port) == "simulator")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from an environment. Raise WrongSetting."""
    get = Reader(environ)
    production = get.choice("ENV", ("development", "production"), "development") == "production"
    var = Path(get.text("VAR", "var"))
    currency = get.read("CURRENCY", "USD", _currency)
    payments = get.text("PAYMENTS", "simulator")
    calendar = get.text("CALENDAR", "simulator")
    identity = get.text("IDENTITY", "simulator")
    notify = get.text("NOTIFY", "simulator")
    photos = get.text("PHOTOS", "local")
    settings = Settings(
        production=production,
        databases=read_databases(get, var),
        public_url=get.read("PUBLIC_URL", "http://127.0.0.1:8000", _public_url),
        payments=payments,
        stripe=read_stripe(get, payments=payments, currency=currency, production=production),
        calendar=calendar,
        identity=identity,
        notify=notify,
        messages=read_messages(get, notify, production=production),
        photos=photos,
        bucket=read_bucket(get, photos),
        google=read_google(get, identity=identity, calendar=calendar),
        clinic=get.text("CLINIC", "Openhours Clinic"),
        currency=currency,
        tax_percent=get.read("TAX_PERCENT", "18", _percent),
        hold=timedelta(minutes=get.read("HOLD_MINUTES", "10", whole(3, 60))),
        policy=get.read("CANCELLATION_POLICY", "24h:100,4h:50", CancellationPolicy.parse),
        workers=get.read("WORKERS", "1", whole(1, 64)),
        rate_limits=get.choice("RATE_LIMITS", ("on", "off"), "on") == "on",
        proxies=get.read("PROXIES", "0", whole(0, 8)),
        run_tasks=get.choice("RUN_TASKS", ("on", "off"), "on") == "on",
        traces_url=get.read("TRACES_URL", "", _collector) or None,
        metrics=get.choice("METRICS", ("page", "embedded"), "page"),
        clock_offset=timedelta(seconds=get.read("CLOCK_OFFSET", "0", whole(-(10**9), 10**9))),
        retention={kept: _days(get, kept, usual) for kept, usual in DEFAULT_RETENTION.items()},
        jwt_keys=get.text("JWT_KEYS", "") or None,
        pepper=get.text("PEPPER", "") or None,
        secrets=read_secrets(get),
        link_key=get.read("LINK_KEY", "", _link_key) or None,
        var=var,
        web=Path(get.text("WEB", str(Path(__file__).resolve().parents[2] / "web" / "dist"))),
    )
    if production:
        _check_production(settings)
    return settings


def _check_production(settings: Settings) -> None:
    if settings.simulated:
        name = PREFIX + settings.simulated[0].upper()
        raise WrongSetting(f"{name} is simulator, which production refuses: name a real provider.")
    if not settings.rate_limits:
        raise WrongSetting(f"{PREFIX}RATE_LIMITS is off, which production refuses.")
    if settings.clock_offset:
        raise WrongSetting(f"{PREFIX}CLOCK_OFFSET is for development only.")
    if not settings.public_url.startswith("https://"):
        raise WrongSetting(f"{PREFIX}PUBLIC_URL must begin with https:// in production.")


def _link_key(text: str) -> str:
    if 0 < len(text) < SHORTEST_KEY:
        raise ValueError(f"it must have {SHORTEST_KEY} characters or more")
    return text


def _days(get: Reader, kept: Kept, usual: timedelta) -> timedelta:
    # Never less than a day: requests are remembered, and lost webhooks sent again, for that long.
    return timedelta(days=get.read(f"RETENTION_{kept.upper()}_DAYS", str(usual.days), whole(1, 36_500)))


def _percent(text: str) -> Decimal:
    try:
        percent = Decimal(text)
    except InvalidOperation:
        raise ValueError("it must be a number") from None
    if not 0 <= percent <= 100:
        raise ValueError("it must be from 0 to 100")
    return percent


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha() or not text.isupper():
        raise ValueError("it must be an ISO 4217 code such as USD")
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.query
        or parts.fragment
        or parts.path.strip("/")
    ):
        raise ValueError("it must be like https://clinic.example, without a path")
    return text.rstrip("/")


def _collector(text: str) -> str:
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname):
        raise ValueError("it must be like http://127.0.0.1:4318/v1/traces")
    return text
