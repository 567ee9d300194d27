"""Searching by words over HTTP: relevance, forgiven slips, and suggestions while somebody types."""

from contract.http.front import Front


async def test_forgives_slips_and_suggests(front: Front) -> None:
    rao = await front.clinic.doctor(name="Dr. Asha Rao")
    await front.clinic.doctor(name="Dr. Max Kuhn")
    page = (await front.http.get("/api/doctors?q=genral%20asah")).json()
    assert [each["name"] for each in page["items"]] == ["Dr. Asha Rao"]
    for sort in ("relevance", "next_free", "name"):
        page = (await front.http.get(f"/api/doctors?q=kuhn&sort={sort}")).json()
        assert [each["name"] for each in page["items"]] == ["Dr. Max Kuhn"]
    suggested = (await front.http.get("/api/doctors/suggest?q=rao")).json()
    assert suggested == {
        "specializations": [],
        "doctors": [
            {"id": str(rao.id), "name": "Dr. Asha Rao", "specialization": "General practice", "photo_url": None}
        ],
    }
    assert (await front.http.get("/api/doctors/suggest")).json() == {
        "specializations": [{"name": "General practice", "doctors": 2}],
        "doctors": [],
    }
    other = (await front.http.get("/api/doctors/suggest?q=Hausarzt")).json()
    assert other["specializations"] == [{"name": "General practice", "doctors": 2}]
    refused = await front.http.get(f"/api/doctors/suggest?q={'a' * 201}")
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/validation")
