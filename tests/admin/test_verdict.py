import math

import pytest

from geo.admin.verdict import Evidence, weigh
from geo.model import Match

NOTHING = Evidence("", "", "none", 0.0, (), "", "", "none", point_contradicts=False)
POINT = {"pointed": "AF-KAB", "pointed_match": "covered"}
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
        ({"coded": "AF-NAN", **POINT, "point_contradicts": True}, "AF-NAN", "name", 1, "coded AF-NAN, point in AF-KAB"),
        (
            {"coded": "AF-HER", **NAME, **POINT, "point_contradicts": True},
            "AF-HER", "name", 1, "coded AF-HER, point in AF-KAB",
        ),
        # A name stands beside no point and one that is near, even in another country.
        (NAME, "AF-NAN", "alias", 0.95, None),
        ({**NAME, **POINT, "pointed": "PK-KP", "country": "AF"}, "AF-NAN", "alias", 0.95, None),
        ({**NAME, **POINT, "point_contradicts": True}, None, "ambiguous", 0, "named AF-NAN, point in AF-KAB"),
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
