"""``geo countries``: the table of countries and the units of one, as text and as JSON."""

import json

from click.testing import CliRunner

from geo.cli import main


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["countries", *args])
    return result.exit_code, result.output


def test_countries_are_listed_with_their_vintage():
    code, text = run()
    lines = text.splitlines()
    assert code == 0
    assert lines[0].split() == ["CODE", "COUNTRY", "LEVEL", "DRAWN", "ISO", "VINTAGE"]
    rows = {line[:2]: line.split() for line in lines[1:]}
    assert rows["ML"] == ["ML", "Mali", "region", "9", "11", "2016-01-19"]
    assert rows["UA"] == ["UA", "Ukraine", "region", "27", "27", "today"]
    assert not any(line.endswith(" ") for line in lines)


def test_units_of_a_country_say_since_when_they_are_out_of_date():
    code, text = run("ml")
    assert code == 0
    (gao,) = [line for line in text.splitlines() if line.startswith("ML-7")]
    assert gao.split()[:3] == ["ML-7", "Gao", "2016-01-19"]
    assert "Ménaka (ML-9)" in gao
    assert text.splitlines()[-1].startswith("Mali: 9 units drawn, 11 in ISO 3166-2 today. ")


def test_both_vintages_of_a_province_are_listed():
    units = [unit for unit in json.loads(run("PK", "--json")[1]) if unit["code"] == "PK-KP"]
    assert [(unit["from"], unit["to"]) for unit in units] == [(None, "2018-05-30"), ("2018-05-31", None)]


def test_json_holds_the_faults_and_an_unknown_country_is_refused():
    countries = {country["code"]: country for country in json.loads(run("--json")[1])}
    assert countries["CD"]["drawn"] == 11
    assert "CD-OR" in countries["CD"]["faults"]
    code, text = run("QQ")
    assert code == 2
    assert "no provinces for country QQ; geo countries lists those" in text
