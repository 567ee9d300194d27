"""What `make hangs` writes: a row is judged by how much the quiet ones differ among themselves, and the page is kept but for its place."""

from pathlib import Path

import pytest

from bench.hangs_table import BEGIN, END, Row, Times, verdict, write


def row(*p99s: float, name: str = "SES hangs", quiet: bool = False, free: bool = False) -> Row:
    """Turns of which each booking took as long, in seconds; holding took a tenth of it."""
    return Row(name, free, quiet, turns=[Times([each / 10] * 3, [each] * 3) for each in p99s])


QUIET = row(0.2, 0.4, 0.3, name="quiet", quiet=True)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((0.1, 0.2, 0.39), "as long as ever"),
        # One turn alone is chance, as it is while nothing hangs.
        ((0.3, 9.0, 0.3), "as long as ever"),
        # Nor is what rounds to nothing worth a word.
        ((0.4002, 0.4002, 0.4002), "as long as ever"),
        ((0.3, 0.5, 0.6), "10 ms longer to hold, 100 ms longer to book"),
    ],
)
def test_a_row_takes_longer_where_its_middle_turn_is_beyond_every_quiet_one(
    turns: tuple[float, ...], said: str
) -> None:
    assert verdict(row(*turns), QUIET) == said


def test_the_page_gets_table_and_caption_and_keeps_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "providers.md"
    page.write_text(f"Before.\n\n{BEGIN}\n\nby hand\n\n{END}\n\nAfter.\n")
    free = row(0.1, name="quiet and free", quiet=True, free=True)
    for _ in range(2):
        write(page, [QUIET, row(0.5), free], seconds=8, hung=240, at_once=2)
    before, _, rest = page.read_text().partition(BEGIN)
    measured, _, after = rest.partition(END)
    assert (before, after) == ("Before.\n\n", "\n\nAfter.\n")
    assert "by hand" not in measured
    assert "Turns of 8 s" in measured
    assert "for up to 240 s" in measured
    assert "| quiet | 3 | 9 | 30 | 30 (20–40) | 300 | 300 (200–400) | 0 | — |" in measured
    assert (
        "| SES hangs | 1 | 3 | 50 | 50 (50–50) | 500 | 500 (500–500) | 0 | 10 ms longer to hold, 100 ms longer"
        in measured
    )


def test_a_page_without_a_place_for_it_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "providers.md"
    page.write_text("Something else.\n")
    with pytest.raises(ValueError, match="no place"):
        write(page, [QUIET], seconds=8, hung=240, at_once=2)
    assert page.read_text() == "Something else.\n"
