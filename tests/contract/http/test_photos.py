"""A person's picture over HTTP."""

from contract.http.front import Front

PHOTO = "/api/me/photo"


async def test_a_picture_is_sent_past_us_and_then_shown(front: Front) -> None:
    doctor = await front.clinic.doctor()
    me = front.as_doctor(doctor)
    asked = await front.post(f"{PHOTO}/upload", headers=me)
    assert asked.status_code == 201
    upload = asked.json()
    assert upload.keys() == {"upload_id", "url", "fields", "largest_bytes", "expires_at"}
    front.clinic.album.sent[upload["upload_id"]] = b"a face"
    shown = await front.http.put(PHOTO, json={"upload_id": upload["upload_id"]}, headers=me)
    assert (shown.status_code, shown.json()["photo_url"].startswith("https://photos.example.com/")) == (200, True)
    listed = (await front.http.get(f"/api/doctors/{doctor.id}")).json()
    assert listed["photo_url"] == shown.json()["photo_url"]
    assert (await front.http.delete(PHOTO, headers=me)).status_code == 204
    assert (await front.http.get("/api/me", headers=me)).json()["photo_url"] is None


async def test_says_what_is_wrong_with_a_file(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    front.clinic.album.sent["mine"] = b"no picture"
    refused = await front.http.put(PHOTO, json={"upload_id": "mine"}, headers=me)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "upload_id")
    assert (await front.http.put(PHOTO, json={"upload_id": "not sent"}, headers=me)).status_code == 404
    front.clinic.album.away = True
    assert (await front.post(f"{PHOTO}/upload", headers=me)).status_code == 503
