import math

import pandas as pd
import pytest

from geo.admin.verdict import Evidence, says_disagreement, weigh
from geo.model import Match

NOTHING = Evidence("", "", "none", 0.0, False, "", (), "", "", "none", point_contradicts=False)
POINT = {"pointed": "AF-KAB", "pointed_match": "covered"}
FAR = {"point_contradicts": True}
PROVINCE = {"named_as_province": True, "country": "AF"}
NAME = {"named": "AF-NAN", "named_match": "alias", "named_score": 0.95}
EITHER = {"named_match": "ambiguous", "named_score": 0.4, "candidates": ("AF-KAB", "AF-BDS")}


@pytest.mark.parametrize(
    ("said", "code", "match", "score", "note"),
    [
        ({}, None, "none", 0, None),
        ({"country": "AF"}, None, "none", 0, None),
        # A code always stands; a point that contradicts it is named before a name that does.
        ({"coded": "AF-NAN"}, "AF-NAN", "name", 1, None),
        ({"coded": "AF-NAN", **NAME}, "AF-NAN", "name", 1, None),
        ({"coded": "AF-HER", **NAME}, "AF-HER", "name", 1, "coded AF-HER, named AF-NAN"),
        ({"coded": "AF-NAN", **POINT}, "AF-NAN", "name", 1, None),
        ({"coded": "AF-NAN", **POINT, **FAR}, "AF-NAN", "name", 1, "coded AF-NAN, point in AF-KAB"),
        (
            {"coded": "AF-HER", **NAME, **POINT, **FAR},
            "AF-HER", "name", 1, "coded AF-HER, point in AF-KAB",
        ),
        # A name stands beside no point and one that is near, even in another country.
        (NAME, "AF-NAN", "alias", 0.95, None),
        ({**NAME, **POINT, "pointed": "PK-KP", "country": "AF"}, "AF-NAN", "alias", 0.95, None),
        # The name of a place does not stand against a point; that of a province does, if it is not merely similar.
        ({**NAME, **POINT, **FAR}, None, "ambiguous", 0, "named AF-NAN, point in AF-KAB"),
        ({**NAME, **PROVINCE, **POINT, **FAR}, "AF-NAN", "alias", 0.95, "named AF-NAN, point in AF-KAB"),
        ({**NAME, **PROVINCE, **FAR}, "AF-NAN", "alias", 0.95, "named AF-NAN, point outside every province"),
        (
            {**NAME, **PROVINCE, **POINT, **FAR, "named_match": "fuzzy"},
            None, "ambiguous", 0, "named AF-NAN, point in AF-KAB",
        ),
        # Without a country the name may be one of places abroad.
        (
            {**NAME, **PROVINCE, **FAR, "country": ""},
            None, "ambiguous", 0, "named AF-NAN, point outside every province",
        ),
        ({"coded": "AF-NAN", **FAR}, "AF-NAN", "name", 1, "coded AF-NAN, point outside every province"),
        # An ambiguous name is settled by a point in one of its candidates only.
        (EITHER, None, "ambiguous", 0.4, None),
        ({**EITHER, **POINT}, "AF-KAB", "covered", math.nan, None),
        (
            {**EITHER, **POINT, "pointed": "AF-HER"},
            None, "ambiguous", 0.4, "named AF-KAB or AF-BDS, point in AF-HER",
        ),
        # A point alone stands in the record's country, or where that is not known.
        (POINT, "AF-KAB", "covered", math.nan, None),
        ({**POINT, "country": "af", "pointed_match": "nearest"}, "AF-KAB", "nearest", math.nan, None),
        ({**POINT, "country": "PK"}, None, "ambiguous", 0, "named PK, point in AF-KAB"),
    ],
)  # fmt: skip
def test_code_name_and_point_are_weighed(said, code, match, score, note):
    verdict = weigh(NOTHING._replace(**said))
    assert (verdict.code, Match(verdict.match), verdict.match_note) == (code, Match(match), note)
    assert verdict.match_score == pytest.approx(score, nan_ok=True)
    said = says_disagreement(pd.Series([verdict.match_note, None], dtype="string"))
    assert said.tolist() == [note is not None and "point" in note, False]


def test_notes_of_other_things_do_not_say_that_a_point_lies_elsewhere():
    notes = [
        "coded AF-HER, named AF-NAN", "the point in the article is near", "nkill 2.5 rounded to 3",
        "named after a village; a point in the city", "nkill 2.5 rounded to 3; named AF, point outside it",
    ]  # fmt: skip
    assert says_disagreement(pd.Series(notes)).tolist() == [False, False, False, False, True]
