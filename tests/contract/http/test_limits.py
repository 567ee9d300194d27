"""Nobody may ask too often, and nobody gets around it by claiming to be somebody else."""

import httpx

from adapters.http.limits import Limit, Limits, address_of
from adapters.http.problems import Declined
from contract.http.front import ADMIN_EMAIL, PASSWORD, Front, open_front


async def sign_ins(front: Front, count: int, **headers: str) -> list[httpx.Response]:
    body = {"email": "nobody@example.com", "password": "wrong"}
    return [await front.post("/api/auth/sign-in", body, headers=headers) for _ in range(count)]


async def test_lets_an_address_sign_in_ten_times_a_minute() -> None:
    async with open_front(rate_limits=True) as front:
        answers = await sign_ins(front, 11)
    assert [each.status_code for each in answers] == [401] * 10 + [429]
    assert answers[-1].json()["type"] == "/problems/too-many-requests"
    assert int(answers[-1].headers["retry-after"]) in range(1, 61)


async def test_reads_no_header_that_claims_another_address() -> None:
    # CVE-2025-59152: a limiter that counted by X-Forwarded-For was escaped by sending another one each time.
    async with open_front(rate_limits=True) as front:
        statuses = []
        for number in range(11):
            address = f"203.0.113.{number}"
            forged = {"X-Forwarded-For": address, "X-Real-Ip": address, "Forwarded": f"for={address}"}
            statuses.append((await sign_ins(front, 1, **forged))[0].status_code)
    assert statuses == [401] * 10 + [429]


async def test_lets_nobody_guess_at_one_account_from_many_addresses() -> None:
    async with open_front(rate_limits=True) as front:
        await front.administrator()
        statuses = []
        for number in range(11):
            transport = httpx.ASGITransport(app=front.app, client=(f"203.0.113.{number}", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as elsewhere:
                body = {"email": ADMIN_EMAIL.upper() if number % 2 else f" {ADMIN_EMAIL}", "password": "guess"}
                statuses.append((await elsewhere.post("/api/auth/sign-in", json=body)).status_code)
    assert statuses == [401] * 10 + [429]


async def test_counts_people_and_not_their_address_once_they_are_signed_in() -> None:
    async with open_front(rate_limits=True) as front:
        lena, maya = await front.clinic.patient(), await front.clinic.patient()

        async def holds(who: dict[str, str], count: int) -> list[int]:
            headers = {**who, "Idempotency-Key": "k"}
            return [(await front.post("/api/appointments", {}, headers=headers)).status_code for _ in range(count)]

        assert await holds(front.as_patient(lena), 31) == [400] * 30 + [429]
        assert await holds(front.as_patient(maya), 1) == [400]
        # Reading is counted apart from holding.
        assert (await front.http.get("/api/me", headers=front.as_patient(lena))).status_code == 200


async def test_limits_everything_else_too_across_all_operations() -> None:
    async with open_front(rate_limits=True) as front:
        paths = ["/api/clinic", "/api/specializations", "/api/doctors"]
        statuses = [(await front.http.get(paths[number % 3])).status_code for number in range(301)]
    assert statuses == [200] * 300 + [429]


async def test_counts_requests_with_a_forged_token_against_their_address() -> None:
    async with open_front(rate_limits=True) as front:
        forged = {"Authorization": "Bearer forged"}
        statuses = [(await front.http.get("/api/clinic", headers=forged)).status_code for _ in range(301)]
    assert statuses == [401] * 300 + [429]


async def test_never_limits_webhooks_and_health() -> None:
    async with open_front(rate_limits=True) as front:
        for _ in range(310):
            assert (await front.http.get("/health/live")).status_code == 200
            assert (await front.http.post("/api/webhooks/payments", content=b"{}")).status_code == 400


async def test_limits_nothing_when_switched_off(front: Front) -> None:
    assert {each.status_code for each in await sign_ins(front, 15)} == {401}


async def test_tells_a_registration_apart_from_signing_in() -> None:
    async with open_front(rate_limits=True) as front:
        await front.administrator()
        statuses = [(await front.post("/api/auth/doctors", {})).status_code for _ in range(11)]
        assert statuses == [400] * 10 + [429]
        body = {"email": ADMIN_EMAIL, "password": PASSWORD}
        assert (await front.post("/api/auth/sign-in", body)).status_code == 200


class Watch:
    """A clock for buckets."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def waits(limits: Limits, limit: Limit, subject: str) -> int | None:
    """The seconds that a request is told to wait; None when it may pass."""
    try:
        limits.spend(limit, subject)
    except Declined as declined:
        return int(declined.headers["Retry-After"])
    return None


def test_refills_a_bucket_steadily_and_says_exactly_when_to_come_back() -> None:
    watch, limit = Watch(), Limit("test", 6)
    limits = Limits(enabled=True, now=watch)
    assert [waits(limits, limit, "a") for _ in range(7)] == [None] * 6 + [10]
    watch.time = 9.5
    assert waits(limits, limit, "a") == 1
    watch.time = 10
    assert [waits(limits, limit, "a") for _ in range(2)] == [None, 10]
    watch.time = 10_000
    assert [waits(limits, limit, "a") for _ in range(7)] == [None] * 6 + [10]


def test_keeps_limits_and_callers_apart() -> None:
    limits = Limits(enabled=True, now=Watch())
    one, other = Limit("one", 1), Limit("other", 1)
    assert [waits(limits, one, "a"), waits(limits, one, "a")] == [None, 60]
    assert [waits(limits, one, "b"), waits(limits, other, "a")] == [None, None]


def test_remembers_only_so_many_callers_and_forgets_the_oldest() -> None:
    limits = Limits(enabled=True, now=Watch())
    one = Limit("one", 1)
    for number in range(50_001):
        limits.spend(one, str(number))
    assert waits(limits, one, "50000") == 60
    assert waits(limits, one, "0") is None


def test_counts_a_household_of_ipv6_as_one() -> None:
    assert address_of(("2001:db8:1:2::1", 1)) == address_of(("2001:db8:1:2:ffff::9", 2))
    assert address_of(("2001:db8:1:2::1", 1)) != address_of(("2001:db8:1:3::1", 1))
    assert address_of(("203.0.113.1", 1)) == "203.0.113.1"
    assert address_of(("::ffff:203.0.113.1", 1)) != address_of(("::ffff:203.0.113.2", 1))
    assert address_of(("/run/socket", 0)) == "/run/socket"
    assert address_of(None) == "unknown"
