"""When two names are alike enough to be one."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import similarity as likeness
from geo.gazetteer.normalize import fold, sounds
from geo.gazetteer.similarity import (
    DIFFERENCES,
    LENGTHS,
    OWN_LENGTHS,
    SHORTEST,
    WIDE_LENGTHS,
    difference,
    enough,
    enough_consonants,
    enough_written,
    most_difference,
    own_letters,
)  # fmt: skip

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
    assert difference(sounds(one)[0], sounds(other)[0]) == cost


@given(KEYS, KEYS)
def test_difference_is_a_distance(one, other):
    assert difference(one, other) == difference(other, one) >= 0
    assert (difference(one, other) == 0) == (one == other)


@given(KEYS)
def test_what_many_names_share_is_taken_off_the_ends(key):
    assert own_letters(key)
    assert own_letters(key) in key


def test_names_that_share_their_ending_need_more():
    assert [own_letters(sounds(name)[0]) for name in ("Karimabad", "Qala-ye Zal", "Bezhanitskiy")] == [
        "karim", "zal", "biJani",
    ]  # fmt: skip
    # Qasimabad and Karimabad are nine letters of which five say which it is.
    for name, kind, same in (("qasimabad", "town", False), ("kandahari", "town", True)):
        assert enough(1, sounds(name)[0], kind, told=False, wide=False) == same


@given(st.sampled_from(sorted(LENGTHS)), KEYS, st.sampled_from(DIFFERENCES), st.booleans(), st.booleans())
def test_more_difference_is_never_easier(kind, key, cost, told, wide):
    options = {"told": told, "wide": wide}
    if enough(cost, key, kind, **options):
        assert len(key) >= SHORTEST
        assert all(enough(less, key, kind, **options) for less in DIFFERENCES if less <= cost)
        assert enough(cost, key, kind, told=True, wide=False)
    assert not enough(DIFFERENCES[-1] + 0.25, key * 9, kind, **options)


def test_thresholds_rise():
    for row in (*LENGTHS.values(), *WIDE_LENGTHS.values(), OWN_LENGTHS):
        assert list(row) == sorted(row)
        assert len(row) == len(DIFFERENCES)
    assert all(WIDE_LENGTHS[kind][i] >= LENGTHS[kind][i] for kind in LENGTHS for i in range(len(DIFFERENCES)))


@pytest.mark.parametrize(
    ("name", "kind", "bare", "told"),
    [
        # two consonants: a district or a city, if its letters are many
        ("چوره", "admin2", True, True), ("کویته", "city", True, True), ("بنو", "city", False, True),
        ("تانک", "town", False, True), ("کشمر", "town", True, True), ("ربط", "town", False, True),
    ],
)  # fmt: skip
def test_short_names_in_the_arabic_script_need_a_known_kind(name, kind, bare, told):
    assert enough_written(fold(name), kind, told=False) == bare
    assert enough_written(fold(name), kind, told=True) == told


def test_consonants_alone_need_to_be_many():
    assert not enough_consonants(fold("کشمر"), told=False)
    assert enough_consonants(fold("کشمر"), told=True)
    assert enough_consonants(fold("نصرت‌شهرستان"), told=False)


@given(KEYS, st.booleans(), st.booleans())
def test_nothing_further_than_the_most_is_enough(key, told, wide):
    most = most_difference(key, told=told, wide=wide)
    for kind in LENGTHS:
        for cost in DIFFERENCES:
            if enough(cost, key, kind, told=told, wide=wide):
                assert most is not None
                assert cost <= most
    assert most is None or any(enough(most, key, kind, told=told, wide=wide) for kind in LENGTHS)


def test_a_number_is_like_no_name():
    assert most_difference("1234567", told=True, wide=False) is None
    assert most_difference("sektar12", told=True, wide=False) is not None
