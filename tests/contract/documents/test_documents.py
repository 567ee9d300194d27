"""Every kind of documents keeps the promises of its port."""

from datetime import timedelta

import pytest

from contract.documents.reading import RECEIPT, read
from scheduling_core.access import Role
from scheduling_core.ports.documents import Documents, Form
from scheduling_core.receipt import Moved
from support.clock import MONDAY
from support.making import usd

BOTH = pytest.mark.parametrize("form", Form)


@BOTH
async def test_a_receipt_says_what_a_visit_cost_and_what_was_paid(documents: Documents, form: Form) -> None:
    said = await read(documents, form)
    for fact in (
        "Openhours Clinic", "Receipt 2027-000123", "Dr. Asha Rao", "Dermatology", "Lena Koch", "30 minutes",
        "Wednesday 3 March 2027, 9:00 am Berlin time (1:30 pm Kolkata time)", "Consultation fee $500.00",
        "Tax (18 %) $90.00", "Total $590.00", "Paid on Monday 1 March 2027, 9:00 am Berlin time $590.00",
        "Kept by the clinic $590.00",
    ):  # fmt: skip
        assert fact in said


@BOTH
async def test_a_doctor_reads_their_own_zone_first(documents: Documents, form: Form) -> None:
    said = await read(documents, form, reader_zone="Asia/Kolkata")
    assert "Wednesday 3 March 2027, 1:30 pm Kolkata time (9:00 am Berlin time)" in said


@BOTH
async def test_a_receipt_of_a_cancelled_visit_says_so_and_what_was_given_back(documents: Documents, form: Form) -> None:
    said = await read(
        documents,
        form,
        returned=(Moved(amount=usd(29_500), at=MONDAY + timedelta(days=1)),),
        kept=usd(29_500),
        cancelled_at=MONDAY + timedelta(hours=1),
        cancelled_by=Role.PATIENT,
    )
    assert "This visit was cancelled by the patient on Monday 1 March 2027, 10:00 am Berlin time." in said
    assert "A part of the payment was given back." in said
    assert "Given back on Tuesday 2 March 2027, 9:00 am Berlin time −$295.00" in said
    assert "Kept by the clinic $295.00" in said


@BOTH
async def test_a_disputed_payment_is_called_so(documents: Documents, form: Form) -> None:
    assert "disputed" in await read(documents, form, disputed=True)
    assert "disputed" not in await read(documents, form)


@BOTH
@pytest.mark.parametrize(
    "name", ["Анна Київська", "Αλέξανδρος Παπαδόπουλος", "Nguyễn Thị Ánh", "Łukasz Żółć", "Jo-Ann O’Neil"]
)
async def test_names_in_latin_greek_and_cyrillic_letters_stay_as_they_are(
    documents: Documents, form: Form, name: str
) -> None:
    assert name in await read(documents, form, patient=name)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("田中太郎", "TianZhongTaiLang"),
        ("محمد", "mhmd"),
        ("आशा राव", "asa rav"),
        ("אברהם", "vrhm"),
        ("김철수", "GimCheolSu"),
    ],
)
async def test_a_name_in_other_letters_is_kept_or_transliterated(documents: Documents, name: str, reading: str) -> None:
    assert name in await read(documents, Form.HTML, patient=name)
    assert reading in await read(documents, Form.PDF, patient=name)


@BOTH
async def test_no_text_acts_as_markup(documents: Documents, form: Form) -> None:
    hostile = '<script>alert(1)</script> &lt; <font size="90">'
    assert hostile in await read(documents, form, doctor=hostile)
    drawn = await documents.receipt(RECEIPT, Form.HTML)
    assert b"<script" not in drawn
    assert b"src=" not in drawn
    assert b"href=" not in drawn


@BOTH
async def test_a_very_long_word_stays_on_the_page(documents: Documents, form: Form) -> None:
    said = await read(documents, form, patient="y" * 2_000)
    assert said.count("y") >= 2_000
    assert "Kept by the clinic $590.00" in said


@BOTH
async def test_the_same_facts_make_the_same_bytes(documents: Documents, form: Form) -> None:
    assert await documents.receipt(RECEIPT, form) == await documents.receipt(RECEIPT, form)


async def test_a_free_visit_has_a_receipt_without_payments(documents: Documents) -> None:
    quote = type(RECEIPT.quote).of(usd(0), tax_percent=RECEIPT.quote.tax_percent)
    said = await read(documents, Form.HTML, quote=quote, paid=(), kept=usd(0))
    assert "Total $0.00" in said
    assert "Payments" not in said


@BOTH
async def test_money_that_is_set_aside_is_not_called_paid(documents: Documents, form: Form) -> None:
    said = await read(documents, form, paid=(), kept=usd(0), reserved=usd(59_000))
    assert "Set aside by the bank, not taken yet $590.00" in said
    assert "Paid on" not in said


@BOTH
async def test_a_visit_that_is_not_paid_or_never_was_meant_is_called_so(documents: Documents, form: Form) -> None:
    assert "struck on Monday 1 March 2027, 9:00 am Berlin time" in await read(documents, form, voided_at=MONDAY)
    said = await read(documents, form, paid=(), kept=usd(0), pay_by=MONDAY)
    assert "not paid. It can be paid until Monday 1 March 2027, 9:00 am Berlin time" in said
    assert "not paid" not in await read(documents, form)
