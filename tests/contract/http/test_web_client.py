"""The web client is served from one folder; everything that is not the API's is its business."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract.http.front import PUBLIC_URL, Front, open_front
from scheduling_core.doctor import DoctorStatus

INDEX = "<!doctype html><title>Openhours</title>" + " " * 1000
SCRIPT = "console.log('hello');" * 100


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Front]:
    """A product with a small web client; a secret lies beside its folder."""
    (tmp_path / "secret.txt").write_text("CANARY")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-abc123.js").write_text(SCRIPT)
    (folder / "assets" / "index-abc123.js.br").write_bytes(b"made by brotli")
    async with open_front(static_dir=folder) as front:
        yield front


async def test_answers_every_page_with_the_client_that_is_asked_for_again_each_time(site: Front) -> None:
    for path in ("/", "/doctors", "/appointments/123", "/sign-in?error=refused", "/apiary", "/doctors/"):
        page = await site.http.get(path)
        assert (path, page.status_code, page.text) == (path, 200, INDEX)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
    head = await site.http.head("/doctors")
    assert (head.status_code, head.content) == (200, b"")


async def test_leaves_addresses_of_the_api_to_the_api(site: Front) -> None:
    for path in (
        "/api",
        "/api/",
        "/api/nothing",
        "/schema/nothing",
        "/assets/old-1.js",
        "/simulator/x",
        "/health",
        "/health/x",
    ):
        answer = await site.http.get(path)
        assert (path, answer.status_code, answer.headers["content-type"]) == (path, 404, "application/problem+json")
    posted = await site.http.post("/doctors")
    assert (posted.status_code, posted.json()["type"]) == (404, "/problems/not-found")


async def test_lets_hashed_files_be_kept_for_ever_and_sends_them_compressed(site: Front) -> None:
    plain = await site.http.get("/assets/index-abc123.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == SCRIPT
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"].startswith("text/javascript")
    zipped = await site.http.get("/assets/index-abc123.js", headers={"Accept-Encoding": "gzip"})
    assert (zipped.headers["content-encoding"], zipped.text) == ("gzip", SCRIPT)
    assert zipped.headers["vary"] == "Accept-Encoding"
    async with site.http.stream(
        "GET", "/assets/index-abc123.js", headers={"Accept-Encoding": "gzip, br;q=0.9"}
    ) as best:
        assert best.headers["content-encoding"] == "br"
        assert b"".join([part async for part in best.aiter_raw()]) == b"made by brotli"
    assert (await site.http.get("/assets/index-abc123.js.br")).status_code == 404


async def test_answers_a_first_page_with_its_own_file_in_the_language_of_the_reader(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    pages = [{"pattern": "/", "name": "landing"}, {"pattern": "/doctors/[0-9a-f-]{36}", "name": "doctor"}]
    (first / "pages.json").write_text(json.dumps({"languages": ["en", "de"], "pages": pages}))
    for name in ("landing.en", "landing.de", "doctor.en", "doctor.de"):
        (first / f"{name}.html").write_text(name)
    wishes = {
        "": "en",
        "de-AT,de;q=0.9,en;q=0.8": "de",
        "fr,en;q=0.5,de;q=0.7": "de",
        "de;q=0,en;q=0.1": "en",
        "fr": "en",
        "de;q=nonsense,*": "en",
    }
    async with open_front(static_dir=tmp_path) as front:
        for wish, language in wishes.items():
            page = await front.http.get("/", headers={"Accept-Language": wish})
            assert (wish, page.text, page.headers["cache-control"]) == (wish, f"landing.{language}", "no-cache")
            assert page.headers["vary"] == "Accept-Encoding, Accept-Language"
        doctor = "/doctors/01a20464-6cdd-72f0-9c05-c3f6ed611a0a"
        assert (await front.http.get(doctor, headers={"Accept-Language": "de"})).text == "doctor.de"
        for other in ("/doctors", f"{doctor}/x", "/sign-in"):
            assert (await front.http.get(other)).text == INDEX


async def test_a_doctors_page_says_the_name_once_an_answer_has_said_it_and_no_longer_than_it_is_true(
    tmp_path: Path,
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    doctors = {"pattern": "/doctors/[0-9a-fA-F-]{36}", "name": "doctor", "introducing": "introduced"}
    (first / "pages.json").write_text(json.dumps({"languages": ["en"], "pages": [doctors]}))
    (first / "doctor.en.html").write_text("somebody")
    (first / "introduced.en.html").write_text("<title>{{name}}</title><h1>{{name}}</h1>" + " " * 1000)
    (first / "introduced.en.html.br").write_bytes(b"without a name")
    async with open_front(static_dir=tmp_path) as front:
        doctor = await front.clinic.doctor(name='Dr <b>&"{{name}}')
        for path in (f"/doctors/{doctor.id}", "/doctors/" + "-" * 36):
            assert (await front.http.get(path)).text == "somebody"
        await front.http.get("/api/doctors")
        page = await front.http.get(f"/doctors/{doctor.id}", headers={"Accept-Encoding": "gzip, br"})
        said = "Dr &lt;b&gt;&amp;&quot;{{name}}"
        assert page.text.strip() == f"<title>{said}</title><h1>{said}</h1>"
        assert (page.headers["cache-control"], page.headers["content-encoding"]) == ("no-cache", "gzip")
        again = await front.http.get(f"/doctors/{doctor.id}", headers={"If-None-Match": page.headers["etag"]})
        assert again.status_code == 304
        other = await front.clinic.doctor(name="Dr Other")
        await front.http.get(f"/api/doctors/{other.id}")
        assert "<h1>Dr Other</h1>" in (await front.http.get(f"/doctors/{other.id}")).text
        async with front.clinic.storage.writing() as unit:
            await unit.doctors.save(other.become(DoctorStatus.SUSPENDED))
        assert (await front.http.get(f"/api/doctors/{other.id}")).status_code == 404
        assert (await front.http.get(f"/doctors/{other.id}")).text == "somebody"


async def test_answers_that_a_file_has_not_changed(site: Front) -> None:
    tag = (await site.http.get("/favicon.svg")).headers["etag"]
    again = await site.http.get("/favicon.svg", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


async def test_leads_nowhere_outside_its_folder(site: Front) -> None:
    for path in (
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/....//secret.txt",
        "/%5c..%5csecret.txt",
    ):
        answer = await site.http.get(path)
        assert "CANARY" not in answer.text


async def test_leads_from_the_other_names_of_this_machine_to_the_one_that_cookies_belong_to(site: Front) -> None:
    for host in ("localhost:8000", "LOCALHOST:8000", "[::1]:8000", "127.0.0.2:8000"):
        page = await site.http.get("/doctors/7?at=2027-03-01T10%3A00%3A00Z", headers={"Host": host})
        assert (host, page.status_code) == (host, 307)
        assert page.headers["location"] == f"{PUBLIC_URL}/doctors/7?at=2027-03-01T10%3A00%3A00Z"
        assert page.headers["cache-control"] == "no-store"
        assert (
            (await site.http.get("//evil.example", headers={"Host": host})).headers["location"].startswith(PUBLIC_URL)
        )


async def test_serves_pages_to_whoever_reaches_it_by_another_way(site: Front, tmp_path: Path) -> None:
    for host in (
        "127.0.0.1:8000",
        "127.0.0.1:9000",
        "localhost:9000",
        "192.168.1.7:8000",
        "localhost.evil.example:8000",
        "",
    ):
        assert (host, (await site.http.get("/doctors", headers={"Host": host})).status_code) == (host, 200)
    assert (await site.http.get("/favicon.svg", headers={"Host": "localhost:8000"})).status_code == 200
    assert (await site.http.get("/api/clinic", headers={"Host": "localhost:8000"})).status_code == 200
    elsewhere = {"public_url": "http://clinic.example.com:8000", "static_dir": tmp_path / "dist"}
    async with open_front(**elsewhere) as front:
        assert (await front.http.get("/", headers={"Host": "localhost:8000"})).status_code == 200


async def test_serves_the_api_alone_without_a_client(front: Front) -> None:
    assert (await front.http.get("/")).status_code == 404
    assert (await front.http.get("/api/clinic")).status_code == 200
