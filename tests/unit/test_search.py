"""Finding people by what somebody typed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.other_names import FIELDS, LANGUAGES, other_names
from scheduling_core.search import fold, rank, searchable, slips, slips_allowed, words_of

LETTERS = st.text("abcdé", min_size=1, max_size=12)
DOCTORS = {
    name: searchable(name, specialization)
    for name, specialization in {
        "Dr. Asha Rao": "Dermatology",
        "Dr. Łukasz Müller": "Cardiology",
        "Dr. Zoë Ng": "Pediatric Cardiology",
        "Dr. Ana O’Brien": "Neurology",
    }.items()
}


def found(query: str) -> list[str]:
    """Who fits, the best first."""
    ranked = rank(query, DOCTORS)
    return [name.removeprefix("Dr. ") for name in sorted(ranked, key=lambda name: (ranked[name], name))]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("mul", ["Łukasz Müller"]),
        ("CARDIO", ["Zoë Ng", "Łukasz Müller"]),
        ("zoe cardio", ["Zoë Ng"]),
        ("obrien", ["Ana O’Brien"]),
        # One slip from four letters on: missing, too many, wrong, changed places.
        ("mulle", ["Łukasz Müller"]),
        ("muler", ["Łukasz Müller"]),
        ("mulller", ["Łukasz Müller"]),
        ("mutler", ["Łukasz Müller"]),
        ("mulelr", ["Łukasz Müller"]),
        ("asah", ["Asha Rao"]),
        ("rap", []),
        ("mutlre", []),
        # Two from eight on, also in a beginning.
        ("drematolgy", ["Asha Rao"]),
        ("dermotalo", ["Asha Rao"]),
        ("dremotolgi", []),
        ("kardilogy", ["Zoë Ng", "Łukasz Müller"]),
        ("lukasz cardoilogy", ["Łukasz Müller"]),
        ("nobody at all", []),
    ],
)
def test_finds_who_is_meant(query: str, names: list[str]) -> None:
    assert found(query) == names


def test_forgives_nothing_where_somebody_fits_as_it_was_typed() -> None:
    people = {"Meyer": searchable("Meyer"), "Meier": searchable("Meier")}
    assert rank("meyer", people).keys() == {"Meyer"}
    assert rank("meyar", people).keys() == {"Meyer"}
    assert rank("mexer", people).keys() == {"Meyer", "Meier"}


def test_puts_whole_words_before_beginnings_and_fewer_slips_before_more() -> None:
    people = {each: searchable(each) for each in ("Anna", "Annabel", "Banna")}
    assert sorted(rank("anna", people), key=rank("anna", people).__getitem__) == ["Anna", "Annabel"]
    slipped = rank("cardiolagy", {each: searchable(each) for each in ("cardiology", "cordiology")})
    assert slipped["cardiology"] < slipped["cordiology"]


def test_puts_a_name_of_their_own_before_one_beside_it() -> None:
    people = {
        "oncologist": searchable("Lin Wu", "Cancer (oncology)") + other_names("Cancer (oncology)"),
        "Krebsbach": searchable("Krebsbach", "Surgery") + other_names("Surgery"),
        "Krebs": searchable("Krebs", "Surgery") + other_names("Surgery"),
    }
    ranked = rank("krebs", people)
    assert sorted(ranked, key=ranked.__getitem__) == ["Krebs", "Krebsbach", "oncologist"]
    assert rank("kreps", people).keys() == {"Krebs", "Krebsbach", "oncologist"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_found_by_each_of_its_names_as_they_are_written(field: str) -> None:
    fields = {each: searchable(each) + other_names(each) for each in FIELDS}
    for name in (field, FIELDS[field][0], *" ".join(FIELDS[field]).split()):
        assert field in rank(name, fields)
    assert fields.keys() == rank("", fields).keys()


@pytest.mark.parametrize("language", [*LANGUAGES, "Klingon"])
def test_a_language_is_found_by_each_of_its_names(language: str) -> None:
    text = searchable("Lin Wu", "Surgery") + other_names("Surgery", (language,))
    for name in (language, LANGUAGES.get(language, language)):
        assert rank(name, {1: text}) == {1: 2}


def test_nothing_typed_is_everybody() -> None:
    assert set(rank("", DOCTORS)) == set(rank(" % ", DOCTORS)) == set(DOCTORS)


def reference(one: str, other: str) -> int:
    """Optimal string alignment, by the book."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not (i and j):
                rows[i][j] = i + j
                continue
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(LETTERS, LETTERS)
def test_counts_slips_to_the_nearest_beginning(typed: str, word: str) -> None:
    exact = min(reference(typed, word[:length]) for length in range(len(word) + 1))
    most = slips_allowed(typed)
    assert slips(typed, word) == min(exact, most + 1)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text("abcdefgh ", max_size=20), max_size=6), st.text("abcdefgh ", max_size=12))
def test_a_word_that_somebody_has_finds_them(names: list[str], query: str) -> None:
    people = dict(enumerate(map(searchable, names)))
    ranked = rank(query, people)
    for key, text in people.items():
        if all(any(word.startswith(typed) for word in text.split()) for typed in words_of(query)):
            assert key in ranked
            assert ranked[key] < 100
    for key, name in enumerate(names):
        for longer, shorter in pairwise((name, name[:-1], name[:-2])):
            if shorter and words_of(shorter) and words_of(longer):
                assert key in rank(shorter, people)
