import subprocess
import sys

import geo


def test_public_names_are_sorted_and_said_once():
    assert list(geo.__all__) == sorted(set(geo.__all__))
    assert set(geo.__all__) <= set(dir(geo))


def test_a_function_stays_public_when_its_module_is_imported_first_or_later():
    code = """
import geo
from geo.stats.summary import totals
assert geo.summarise.__name__ == "summarise" and callable(geo.summarise)
assert callable(geo.summarise)
import geo.stats.describe
assert callable(geo.describe)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(geo, "no_such_name")
