"""When two names are alike enough to be one."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import similarity as likeness
from geo.gazetteer.normalize import fold, phonetic_keys
from geo.gazetteer.similarity import (
    close_enough,
    difference,
    distinctive_letters,
    max_difference,
    skeleton_suffices,
    vowels_suffice,
)
from geo.gazetteer.thresholds import DIFFERENCES, DISTINCTIVE_LENGTHS, LENGTHS, SHORTEST_KEY, WIDE_LENGTHS

KEYS = st.text("aiukgXhsSzJCTtdpfbvlrmny", min_size=1, max_size=12)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(likeness).failed == 0


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        ("Kunduz", "Konduz", 0),
        ("Mengajik", "Mangajek", 0.5),
        # kh for h, t for d: the same sound to somebody
        ("Muzrabot", "Muzrabod", 0.75),
        ("Sayxunobod", "Sayhunobod", 0.75),
        ("Kharzar", "Kharwar", 1),
        # two letters that changed places
        ("Kandahar", "Kadnahar", 1),
    ],
)
def test_vowels_differ_least_and_unlike_consonants_most(one, other, cost):
    assert difference(phonetic_keys(one)[0], phonetic_keys(other)[0]) == cost


@given(KEYS, KEYS)
def test_difference_is_a_distance(one, other):
    assert difference(one, other) == difference(other, one) >= 0
    assert (difference(one, other) == 0) == (one == other)


@given(KEYS)
def test_what_many_names_share_is_taken_off_the_ends(key):
    assert distinctive_letters(key)
    assert distinctive_letters(key) in key


def test_names_that_share_their_ending_need_more():
    assert [distinctive_letters(phonetic_keys(name)[0]) for name in ("Karimabad", "Qala-ye Zal", "Bezhanitskiy")] == [
        "karim", "zal", "biJani",
    ]  # fmt: skip
    # Qasimabad and Karimabad are nine letters of which five say which it is.
    for name, kind, same in (("qasimabad", "town", False), ("kandahari", "town", True)):
        assert close_enough(1, phonetic_keys(name)[0], kind, typed=False, wide=False) == same


@given(st.sampled_from(sorted(LENGTHS)), KEYS, st.sampled_from(DIFFERENCES), st.booleans(), st.booleans())
def test_more_difference_is_never_easier(kind, key, cost, typed, wide):
    options = {"typed": typed, "wide": wide}
    if close_enough(cost, key, kind, **options):
        assert len(key) >= SHORTEST_KEY
        assert all(close_enough(less, key, kind, **options) for less in DIFFERENCES if less <= cost)
        assert close_enough(cost, key, kind, typed=True, wide=False)
    assert not close_enough(DIFFERENCES[-1] + 0.25, key * 9, kind, **options)


def test_thresholds_rise():
    for row in (*LENGTHS.values(), *WIDE_LENGTHS.values(), DISTINCTIVE_LENGTHS):
        assert list(row) == sorted(row)
        assert len(row) == len(DIFFERENCES)
    assert all(WIDE_LENGTHS[kind][i] >= LENGTHS[kind][i] for kind in LENGTHS for i in range(len(DIFFERENCES)))


@pytest.mark.parametrize(
    ("name", "kind", "bare", "typed"),
    [
        # two consonants: a district or a city, if its letters are many
        ("چوره", "admin2", True, True), ("کویته", "city", True, True), ("بنو", "city", False, True),
        ("تانک", "town", False, True), ("کشمر", "town", True, True), ("ربط", "town", False, True),
    ],
)  # fmt: skip
def test_short_names_in_the_arabic_script_need_a_known_kind(name, kind, bare, typed):
    assert vowels_suffice(fold(name), kind, typed=False) == bare
    assert vowels_suffice(fold(name), kind, typed=True) == typed


def test_consonants_alone_need_to_be_many():
    assert not skeleton_suffices(fold("کشمر"), typed=False)
    assert skeleton_suffices(fold("کشمر"), typed=True)
    assert skeleton_suffices(fold("نصرت‌شهرستان"), typed=False)


@given(KEYS, st.booleans(), st.booleans())
def test_nothing_further_than_the_most_is_enough(key, typed, wide):
    most = max_difference(key, typed=typed, wide=wide)
    for kind in LENGTHS:
        for cost in DIFFERENCES:
            if close_enough(cost, key, kind, typed=typed, wide=wide):
                assert most is not None
                assert cost <= most
    assert most is None or any(close_enough(most, key, kind, typed=typed, wide=wide) for kind in LENGTHS)


def test_a_number_is_like_no_name():
    assert max_difference("1234567", typed=True, wide=False) is None
    assert max_difference("sektar12", typed=True, wide=False) is not None


@pytest.mark.parametrize(
    ("kind", "lengths", "wide_lengths"),
    [
        ("admin1", (5, 6, 6, 10, 13), (6, 8, 8, 13, None)),
        ("admin2", (5, 6, 7, 10, 13), (None,) * 5),
        ("city", (6, 7, 7, 12, None), (8, None, None, None, None)),
        ("town", (7, 8, 9, 13, None), (None,) * 5),
    ],
)
def test_letters_that_each_difference_needs(kind, lengths, wide_lengths):
    """State the thresholds once more: the shortest key of letters of its own that is enough, None for no key."""
    for wide, wanted in ((False, lengths), (True, wide_lengths)):
        for typed in (False, True):
            least = []
            for cost in (0.5, 0.75, 1.0, 1.5, 2.0):
                fit = (n for n in range(1, 60) if close_enough(cost, "n" * n, kind, typed=typed, wide=wide))
                least.append(next(fit, None))
            # A word for the type counts for a letter.
            assert least == [n and n - typed for n in wanted], (wide, typed)
        assert not close_enough(2.25, "n" * 60, kind, typed=True, wide=wide)


@pytest.mark.parametrize(("cost", "own"), [(0.5, 3), (0.75, 4), (1.0, 6), (1.5, 7), (2.0, 9)])
def test_letters_of_its_own_that_a_name_needs(cost, own):
    # "-abad" is what many names share.
    for letters in range(3, 12):
        key = "n" * letters + "abad"
        if len(key) >= 13:
            assert close_enough(cost, key, "admin2", typed=False, wide=False) == (letters >= own)
        assert close_enough(cost, key, "admin2", typed=True, wide=False) <= (letters + 1 >= own)
    assert close_enough(0.5, "nnabad", "admin2", typed=True, wide=False)
    assert not close_enough(0.5, "nnabad", "admin2", typed=False, wide=False)


@pytest.mark.parametrize(
    ("key", "typed", "wide", "most"),
    [
        ("nnnn", False, False, None), ("nnnn", True, False, 0.5), ("nnnnn", False, False, 0.5),
        ("nnnnnn", False, False, 1.0), ("nnnnnnnnnn", False, False, 1.5), ("n" * 13, False, False, 2.0),
        ("nnnnn", False, True, None), ("nnnnnn", False, True, 0.5), ("n" * 8, False, True, 1.0),
        ("n" * 13, False, True, 1.5), ("n" * 40, False, True, 1.5),
    ],
)  # fmt: skip
def test_the_most_that_a_key_may_differ(key, typed, wide, most):
    assert max_difference(key, typed=typed, wide=wide) == most


def test_the_shortest_key_with_a_likeness_has_four_letters():
    assert SHORTEST_KEY == 4


@pytest.mark.parametrize(
    ("kind", "typed", "consonants", "letters"),
    [
        # Consonants alone, and with a long vowel for one of them.
        ("admin1", False, 2, None), ("admin2", False, 2, None), ("city", False, 3, 5), ("town", False, 4, 6),
        ("town", True, 2, None), ("city", True, 2, None),
    ],
)  # fmt: skip
def test_consonants_that_a_written_name_needs(kind, typed, consonants, letters):
    assert vowels_suffice("بنکم"[:consonants], kind, typed=typed)
    assert not vowels_suffice("بنکم"[: consonants - 1], kind, typed=typed)
    if letters:
        # One consonant less is made up for by long vowels, from so many letters on.
        name = "بنکم"[: consonants - 1] + "یوا"
        assert vowels_suffice(name[:letters], kind, typed=typed)
        assert not vowels_suffice(name[: letters - 1], kind, typed=typed)


def test_consonants_that_a_name_needs_without_its_vowels():
    letters = "بنکمرس"
    assert [skeleton_suffices(letters[:n], typed=False) for n in (4, 5, 6)] == [False, False, True]
    assert [skeleton_suffices(letters[:n], typed=True) for n in (3, 4, 5)] == [False, True, True]


def test_costs_of_a_difference():
    # A letter more, one less, or another: 1 for a consonant, 1/2 for a vowel; two that changed places count once.
    assert difference("mangadir", "mangadir") == 0
    assert difference("mangadir", "mangadr") == difference("mangadir", "mangaidir") == 0.5
    assert difference("mangadir", "mangadi") == difference("mangadir", "mangadirl") == 1
    assert difference("mangadir", "mnagadir") == 0.5
    assert difference("mangadir", "mangadlr") == 1
    assert difference("mangadir", "mankadir") == 0.75
    assert difference("mangadir", "mankatir") == 1.5
    assert difference("mangadir", "lalgadir") == 2.0
