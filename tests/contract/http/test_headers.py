"""What every answer tells browsers, and what no answer tells anybody."""

import structlog

from adapters.http.page import STYLE_SOURCE
from contract.http.front import Front, open_front

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PATHS = ("/", "/api/doctors", "/api/me", "/api/nothing", "/schema", "/schema/openapi.json", "/health/live", "/problems")


async def test_sends_security_headers_with_every_answer(front: Front) -> None:
    for path in PATHS:
        headers = (await front.http.get(path)).headers
        assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


async def test_allows_pages_their_own_scripts_and_nothing_else(front: Front) -> None:
    page = (await front.http.get("/schema")).headers["content-security-policy"]
    policy = dict(part.strip().split(" ", 1) for part in page.split(";"))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": f"'self' {STYLE_SOURCE}",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    assert STYLE_SOURCE.startswith("'sha256-")
    api = (await front.http.get("/api/doctors")).headers["content-security-policy"]
    assert api.startswith("default-src 'none'")


async def test_lets_pages_show_pictures_from_where_they_are_kept() -> None:
    async with open_front(image_sources=("https://photos.example.com",)) as front:
        policy = (await front.http.get("/")).headers["content-security-policy"]
    assert "img-src 'self' data: https://photos.example.com;" in policy


async def test_insists_on_https_where_it_is_served_so() -> None:
    async with open_front(public_url="https://clinic.example.com") as front:
        header = (await front.http.get("/api/clinic")).headers["strict-transport-security"]
    assert header == "max-age=63072000; includeSubDomains"


async def test_keeps_private_answers_out_of_caches_and_lets_public_ones_be_asked_about(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    for path in ("/api/me", "/api/appointments", "/api/patient/profile", "/api/nothing", "/api/appointments/1"):
        assert (await front.http.get(path, headers=me)).headers["cache-control"] == "no-store"
    for path in ("/api/doctors", "/api/specializations", "/api/clinic"):
        assert (await front.http.get(path)).headers["cache-control"] == "no-cache"


async def test_names_each_request_and_keeps_a_sound_name_that_came_with_it(front: Front) -> None:
    first, second = await front.http.get("/api/clinic"), await front.http.get("/nothing")
    assert len({first.headers["x-request-id"], second.headers["x-request-id"]}) == 2
    for given, kept in (("abcdef-12345", True), ("short", False), ("a" * 65, False), ("evil id {}", False)):
        answer = await front.http.get("/api/clinic", headers={"X-Request-Id": given})
        assert (answer.headers["x-request-id"] == given) is kept


async def test_says_with_every_answer_of_the_api_what_time_it_is_for_the_product(front: Front) -> None:
    front.clinic.clock.advance(seconds=1.25)
    for path in ("/api/clinic", "/api/me", "/api/nothing", "/api/auth/refresh"):
        assert (await front.http.get(path)).headers["openhours-time"] == "2027-03-01T08:00:01.250Z"
    assert "openhours-time" not in (await front.http.get("/")).headers


async def test_writes_one_line_a_request_without_anything_secret(front: Front) -> None:
    patient = await front.clinic.patient()
    with structlog.testing.capture_logs() as lines:
        await front.http.get("/api/auth/google/callback?code=CANARY&state=CANARY", headers={"Cookie": "a=CANARY"})
        await front.post("/api/auth/sign-in", {"email": "CANARY@example.com", "password": "CANARY"})
        await front.hold(patient, patient.id, "2027-03-01T10:00:00Z", key="CANARY", reason="CANARY")
        await front.http.get("/api/doctors?q=CANARY", headers={"Authorization": "Bearer CANARY"})
    assert "CANARY" not in repr(lines)
    assert [(each["method"], each["path"], each["status"]) for each in lines] == [
        ("GET", "/api/auth/google/callback", 302),
        ("POST", "/api/auth/sign-in", 401),
        ("POST", "/api/appointments", 404),
        ("GET", "/api/doctors", 401),
    ]
    assert all(each["ms"] >= 0 for each in lines)


async def test_only_counts_what_everybody_asks_for_unless_there_was_trouble(front: Front) -> None:
    doctor = await front.clinic.doctor()
    slots = f"/api/doctors/{doctor.id}/slots"
    with structlog.testing.capture_logs() as lines:
        for path in ("/api/doctors", f"{slots}?from=2027-03-01&to=2027-03-02", f"{slots}?from=never", "/api/doctors/1"):
            await front.http.get(path)
    assert [(each["path"], each["status"]) for each in lines] == [(slots, 400), ("/api/doctors/1", 404)]
    counted = (await front.http.get("/metrics")).text
    assert 'route="/api/doctors/{doctor_id}/slots",status="200"' in counted


async def test_answers_in_production_to_its_own_host_alone() -> None:
    # CVE-2026-25479: a dot in an allowed host must not stand for any character.
    async with open_front(public_url="https://clinic.example.com", production=True) as front:
        statuses = {
            host: (await front.http.get("/api/clinic", headers={"Host": host})).status_code
            for host in (
                "clinic.example.com",
                "clinicxexample.com",
                "evil.example",
                "clinic.example.com.evil.example",
                "clinic.example.com:8443",
                "evilclinic.example.com",
            )
        }
        page = await front.http.get("/", headers={"Host": "evil.example"})
        health = await front.http.get("/health/live", headers={"Host": "10.0.0.7:8000"})
    assert page.json()["type"] == "/problems/wrong-host"
    assert statuses.pop("clinic.example.com") == 200
    assert set(statuses.values()) == {421}
    assert health.status_code == 200
