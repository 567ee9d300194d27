"""What the documents of the deployment reckon comes out, and their sums are those of their rows."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from deployment.templates import FOLDER, resources

NUMBER = r"\d[\d,]*(?:\.\d+)?"
SUM = re.compile(rf"({NUMBER}(?: [×÷] {NUMBER})+) = ({NUMBER})")


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def reckoned(expression: str) -> Decimal:
    """From left to right."""
    first, *rest = expression.split(" ")
    value = number(first)
    for sign, other in zip(rest[::2], rest[1::2], strict=True):
        value = value * number(other) if sign == "×" else value / number(other)
    return value


@pytest.mark.parametrize(("name", "least"), [("COSTS.md", 50), ("GROWTH.md", 20)])
def test_every_calculation_comes_out(name: str, least: int) -> None:
    found = SUM.findall((FOLDER / name).read_text(encoding="utf-8"))
    assert len(found) >= least
    for expression, result in found:
        unit = Decimal(1).scaleb(-len(result.partition(".")[2]))
        assert reckoned(expression).quantize(unit, ROUND_HALF_UP) == number(result), expression


def test_the_columns_of_costs_add_up() -> None:
    table = [line for line in (FOLDER / "COSTS.md").read_text(encoding="utf-8").splitlines() if " = " in line]
    columns = [[cell.rpartition(" = ")[2].strip() for cell in line.split("|")[3:6]] for line in table if " × " in line]
    totals = re.findall(
        r"\*\*([\d,.]+)\*\*", next(iter(re.findall(r".*a month, US dollars.*", (FOLDER / "COSTS.md").read_text())))
    )
    for index, total in enumerate(totals):
        assert sum(number(row[index]) for row in columns if row[index] != "–") == number(total)
    assert len(totals) == 3


def test_alarms_are_counted_as_many_as_there_are() -> None:
    alarms = len(list(resources("AWS::CloudWatch::Alarm")))
    assert f"{alarms} × 0.10" in (FOLDER / "COSTS.md").read_text(encoding="utf-8")
