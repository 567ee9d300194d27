"""A receipt put into words."""

from collections.abc import Iterator

from adapters.documents.sheet import Block, Facts, Row, Sheet, Sums
from adapters.kit.words import one_line, say_both, say_length, say_moment, say_money
from scheduling_core.access import Role
from scheduling_core.receipt import Receipt

_BY = {
    Role.PATIENT: "by the patient",
    Role.DOCTOR: "by the doctor",
    Role.ADMINISTRATOR: "by the clinic",
    Role.SYSTEM: "because it was not paid for in time",
}


def receipt_sheet(receipt: Receipt) -> Sheet:
    """What a visit cost, what was paid, given back and kept, with both time zones."""
    return Sheet(
        clinic=one_line(receipt.clinic),
        title="Receipt",
        number=receipt.number,
        notice=" ".join(_notices(receipt)),
        blocks=(_visit(receipt), _price(receipt), *_money(receipt)),
        foot=f"Receipt {receipt.number}, issued on {say_moment(receipt.issued_at, receipt.reader_zone)}.",
    )


def _notices(receipt: Receipt) -> Iterator[str]:
    if receipt.cancelled_at is not None and receipt.cancelled_by is not None:
        when = say_moment(receipt.cancelled_at, receipt.reader_zone)
        yield f"This visit was cancelled {_BY[receipt.cancelled_by]} on {when}."
    if receipt.voided_at is not None:
        yield f"This visit was entered by mistake and struck on {say_moment(receipt.voided_at, receipt.reader_zone)}."
    if receipt.pay_by is not None:
        yield f"This visit is not paid. It can be paid until {say_moment(receipt.pay_by, receipt.reader_zone)}."
    if receipt.returned and not receipt.kept.amount:
        yield "All of the payment was given back."
    elif receipt.returned:
        yield "A part of the payment was given back."
    if receipt.disputed:
        yield "The payment is disputed: the payer’s bank is looking into it."


def _visit(receipt: Receipt) -> Block:
    other = receipt.doctor_zone if receipt.reader_zone == receipt.patient_zone else receipt.patient_zone
    return Facts(
        heading="Visit",
        rows=(
            Row("Date and time", say_both(receipt.starts_at, zone=receipt.reader_zone, other_zone=other)),
            Row("Length", say_length(receipt.ends_at - receipt.starts_at)),
            Row("Doctor", one_line(receipt.doctor)),
            Row("Specialization", one_line(receipt.specialization)),
            Row("Patient", one_line(receipt.patient)),
        ),
    )


def _price(receipt: Receipt) -> Block:
    quote = receipt.quote
    return Sums(
        heading="Price",
        rows=(
            Row("Consultation fee", say_money(quote.fee)),
            Row(f"Tax ({quote.tax_percent.normalize():f} %)", say_money(quote.tax)),
            Row("Total", say_money(quote.total), strong=True),
        ),
    )


def _money(receipt: Receipt) -> Iterator[Block]:
    if not receipt.quote.total.amount:
        return
    rows = [Row(f"Paid on {say_moment(each.at, receipt.reader_zone)}", say_money(each.amount)) for each in receipt.paid]
    rows += [
        Row(f"Given back on {say_moment(each.at, receipt.reader_zone)}", f"−{say_money(each.amount)}")
        for each in receipt.returned
    ]
    if receipt.reserved.amount:
        rows.append(Row("Set aside by the bank, not taken yet", say_money(receipt.reserved)))
    yield Sums(heading="Payments", rows=(*rows, Row("Kept by the clinic", say_money(receipt.kept), strong=True)))
