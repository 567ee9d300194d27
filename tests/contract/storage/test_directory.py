"""Finding doctors."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import (
    DAY,
    HOUR,
    NINE,
    stored_doctor,
    stored_feedback,
    stored_hold,
    stored_patient,
    stored_visit,
)
from scheduling_core.doctor import Doctor, DoctorStatus, Rating
from scheduling_core.errors import NotFound
from scheduling_core.ids import DoctorId
from scheduling_core.ports.directory import DoctorFilter, ListedDoctor
from scheduling_core.ports.storage import Storage
from scheduling_core.roll import Facet
from scheduling_core.use_cases.directory import FindDoctors
from support.clinic import TERMS
from support.clock import ManualClock
from support.making import a_time_off, an_id, minutes, some_hours, usd

INSTANT = timedelta(microseconds=1)


async def _names(storage: Storage, wanted: DoctorFilter) -> list[str]:
    find = FindDoctors(storage, ManualClock(), TERMS)
    return sorted(each.listed.doctor.name for each in (await find(wanted)).items)


async def _rated(storage: Storage, *stars: int, name: str = "Dr. Ada Okafor") -> Doctor:
    doctor, patient = await stored_doctor(storage, name=name), await stored_patient(storage)
    for number, count in enumerate(stars):
        await stored_feedback(storage, await stored_visit(storage, doctor, patient, NINE + number * HOUR), count)
    return doctor


async def test_lists_approved_doctors_by_id(storage: Storage) -> None:
    hours = some_hours(slot_minutes=20, time_zone="Asia/Tokyo")
    first_id = DoctorId(an_id())
    second = await stored_doctor(storage, hours)
    first = await stored_doctor(storage, id=first_id)
    for status in set(DoctorStatus) - {DoctorStatus.APPROVED}:
        hidden = await stored_doctor(storage, status=status)
    async with storage.reading() as unit:
        everybody = (await unit.directory.roll()).everybody
        assert [each.id for each in everybody.entries] == [first.id, second.id]
        assert await unit.directory.listed([second.id, first.id, hidden.id, DoctorId(an_id())]) == [
            ListedDoctor(doctor=first, rating=Rating(), hours=some_hours()),
            ListedDoctor(doctor=second, rating=Rating(), hours=hours),
        ]


async def test_one_is_a_listed_doctor_with_rating_and_hours(storage: Storage) -> None:
    rated, hidden = await _rated(storage, 5, 4, 4), await stored_doctor(storage, status=DoctorStatus.SUSPENDED)
    async with storage.reading() as unit:
        assert await unit.directory.one(rated.id) == ListedDoctor(
            doctor=rated, rating=Rating(stars=13, count=3), hours=some_hours()
        )
        for nobody in (hidden.id, DoctorId(an_id())):
            with pytest.raises(NotFound):
                await unit.directory.one(nobody)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Jean-Luc O’Brien", "Łukasz Müller", "Zoë Ng"]),
        ("  ", ["Jean-Luc O’Brien", "Łukasz Müller", "Zoë Ng"]),
        ("mul", ["Łukasz Müller"]),
        ("MÜLLER", ["Łukasz Müller"]),
        ("muller lukasz", ["Łukasz Müller"]),
        ("łukasz", ["Łukasz Müller"]),
        ("ller", []),
        ("zoe cardio", ["Zoë Ng"]),
        ("zoë derma", []),
        ("cárdio", ["Jean-Luc O’Brien", "Zoë Ng"]),
        ("luc obrien", ["Jean-Luc O’Brien"]),
        ("o'brien", ["Jean-Luc O’Brien"]),
        ("jean-luc", ["Jean-Luc O’Brien"]),
        ("ng", ["Zoë Ng"]),
        ("%", ["Jean-Luc O’Brien", "Łukasz Müller", "Zoë Ng"]),
        ("m%r", []),
        ("mull_r", ["Łukasz Müller"]),
        ("' OR 1=1 --", []),
    ],
)
async def test_text_matches_each_word_as_a_prefix_with_accents_and_case_folded(
    storage: Storage, text: str, found: list[str]
) -> None:
    await stored_doctor(storage, name="Łukasz Müller", specialization="Dermatology")
    await stored_doctor(storage, name="Zoë Ng", specialization="Cardiology")
    await stored_doctor(storage, name="Jean-Luc O’Brien", specialization="Cardiología infantil")
    await stored_doctor(storage, name="Zoë Müller", status=DoctorStatus.PENDING)
    assert await _names(storage, DoctorFilter(text=text)) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Krebs", ["Ada Krebs", "Lin Wu"]),
        ("hautarzt", ["Zoë Ng"]),
        ("Haut (Dermatologie)", ["Zoë Ng"]),
        ("Innere Medizin", ["Ada Krebs"]),
        ("Türkisch", ["Lin Wu"]),
        ("onkologie turkish", ["Lin Wu"]),
    ],
)
async def test_fields_and_languages_are_found_by_their_other_names_too(
    storage: Storage, text: str, found: list[str]
) -> None:
    await stored_doctor(storage, name="Ada Krebs", specialization="Internal medicine")
    await stored_doctor(storage, name="Lin Wu", specialization="Cancer (oncology)", languages=("English", "Turkish"))
    await stored_doctor(storage, name="Zoë Ng", specialization="Skin (dermatology)")
    assert await _names(storage, DoctorFilter(text=text)) == found


async def test_filters_by_specialization_fee_and_language(storage: Storage) -> None:
    await stored_doctor(storage, name="A", specialization="Cardiology", fee=usd(100), languages=("English", "Türkçe"))
    await stored_doctor(storage, name="B", specialization="Cardiology", fee=usd(101), languages=("English",))
    await stored_doctor(storage, name="C", specialization="Dermatology", fee=usd(0), languages=())
    assert await _names(storage, DoctorFilter(specialization="Cardiology")) == ["A", "B"]
    assert await _names(storage, DoctorFilter(specialization="Card")) == []
    assert await _names(storage, DoctorFilter(max_fee=100)) == ["A", "C"]
    assert await _names(storage, DoctorFilter(max_fee=0)) == ["C"]
    assert await _names(storage, DoctorFilter(language="Türkçe")) == ["A"]
    assert await _names(storage, DoctorFilter(language="English")) == ["A", "B"]
    assert await _names(storage, DoctorFilter(language="Eng")) == []
    assert await _names(storage, DoctorFilter(text="cardio", language="English", max_fee=100)) == ["A"]


async def test_filters_by_the_average_that_people_see(storage: Storage) -> None:
    await _rated(storage, 5, 5, 4, name="4.7")
    await _rated(storage, 4, name="4.0")
    await _rated(storage, 1, name="1.0")
    await stored_doctor(storage, name="unrated")
    assert await _names(storage, DoctorFilter(min_rating=4.7)) == ["4.7"]
    assert await _names(storage, DoctorFilter(min_rating=4)) == ["4.0", "4.7"]
    assert await _names(storage, DoctorFilter(min_rating=4.8)) == []
    assert await _names(storage, DoctorFilter(min_rating=1)) == ["1.0", "4.0", "4.7"]


async def test_facets_count_listed_doctors_by_name(storage: Storage) -> None:
    await stored_doctor(storage, specialization="Neurology", languages=("Türkçe", "English"))
    await stored_doctor(storage, specialization="Cardiology", languages=("English",))
    await stored_doctor(storage, specialization="Neurology", languages=())
    await stored_doctor(storage, specialization="Oncology", languages=("Latin",), status=DoctorStatus.REJECTED)
    async with storage.reading() as unit:
        everybody = (await unit.directory.roll()).everybody
        assert everybody.specializations == [Facet("Cardiology", 1), Facet("Neurology", 2)]
        assert everybody.languages == [Facet("English", 2), Facet("Türkçe", 1)]


async def test_commitments_are_time_off_and_taken_time_that_overlap_the_window(storage: Storage) -> None:
    busy, other, free = [await stored_doctor(storage) for _ in range(3)]
    patient = await stored_patient(storage)
    touching, inside, reaching_in = a_time_off(NINE - HOUR), a_time_off(NINE), a_time_off(NINE - DAY, DAY + INSTANT)
    elsewhere = a_time_off(NINE)
    async with storage.writing() as unit:
        for each in (touching, inside, reaching_in):
            await unit.schedules.add_time_off(busy.id, each)
        await unit.schedules.add_time_off(other.id, elsewhere)
    gap_reaches_in = await stored_visit(storage, busy, patient, NINE - HOUR, gap=minutes(31))
    held = await stored_hold(storage, busy, patient, NINE + HOUR)
    await stored_visit(storage, busy, patient, NINE + 2 * HOUR)
    async with storage.reading() as unit:
        found = await unit.directory.commitments([busy.id, free.id], since=NINE, until=NINE + 2 * HOUR)
        taken = found[busy.id][1]
    assert found[busy.id][0] == [reaching_in, inside]
    assert [(each.interval, each.held) for each in taken] == [(gap_reaches_in.occupied, False), (held.occupied, True)]
    assert taken[1].expires_at == held.hold_expires_at
    assert found.get(free.id, ([], [])) == ([], [])
    assert other.id not in found


async def test_commitments_of_nobody_are_none(storage: Storage) -> None:
    async with storage.reading() as unit:
        assert await unit.directory.commitments([], since=NINE, until=NINE + HOUR) == {}


async def test_what_never_came_to_be_is_in_no_roll(storage: Storage) -> None:
    first, second = await stored_doctor(storage, name="Dr. Ada"), await stored_doctor(storage, name="Dr. Bo")

    async def looks_and_fails() -> None:
        async with storage.writing() as unit:
            await unit.doctors.save(replace(first, specialization="Astrology"))
            assert "Astrology" in {each.name for each in (await unit.directory.roll()).everybody.specializations}
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await looks_and_fails()
    async with storage.writing() as unit:
        await unit.doctors.save(replace(second, specialization="Urology"))
    async with storage.reading() as unit:
        fields = {each.name for each in (await unit.directory.roll()).everybody.specializations}
    assert fields == {first.specialization, "Urology"}
