import numpy as np
import pandas as pd
import pytest

from geo.readers.whole import lost_digits, whole_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3", "3"), ("3.0", "3"), ("3.00", "3"), ("3.", "3"), ("3,0", "3"), ("-9.0", "-9"), ("3.5", "3.5"),
        ("12345.0", "12345"), ("1,000", "1,000"), ("AFG12", "AFG12"), ("3.00E+00", "3"), ("2.017E+03", "2017"),
        ("2.01701010001E+11", "201701010001"), ("2.01701E+11", "2.01701E+11"), ("1E+02", "1E+02"),
    ],
)  # fmt: skip
def test_whole_numbers_are_spelled_in_one_way(value: str, expected: str) -> None:
    assert whole_text(pd.Series([value], dtype="string")).tolist() == [expected]


def test_digits_that_a_spreadsheet_left_out_are_noticed() -> None:
    words = pd.Series(["2.01701E+11", "2.01701010001E+11", "201701010001", "3E+00", None, "AFG1"], dtype="string")
    assert lost_digits(words).tolist() == [True, False, False, False, False, False]
    assert lost_digits(pd.Series([201701010001.0])).tolist() == [False]
    assert lost_digits(pd.Series([201701010001.0, 12.0], dtype=np.float32)).tolist() == [True, False]
