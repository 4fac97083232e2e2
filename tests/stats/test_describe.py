"""Sentences compared with ones written by hand."""

from typing import Any

import pytest

from geo.errors import UsageError
from geo.stats.describe import describe
from geo.stats.summary import summarise

RECORDS: list[dict[str, Any]] = [
    {
        "admin1_code": "XT-N",
        "date_start": "2020-01-05",
        "fatalities_low": 3,
        "fatalities_best": 4,
        "fatalities_high": 9,
    },
    {"admin1_code": "XT-N", "date_start": "2020-12-31", "date_end": "2022-01-01", "fatalities_low": 10},
    {"admin1_code": "XT-E", "date_start": "2021-06-01", "fatalities_best": 1700},
    {"admin1_code": "XT-E", "date_start": None, "fatalities_high": 35},
    {"admin1_code": "XT-W", "date_start": "2021-02-01"},
    {"admin1_code": None, "country_code": "XT", "date_start": "2021-03-01"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "date_end": "2021-12-31"},
    {"kind": "statistic", "admin1_code": "XT-W", "date_start": "2021-01-01", "value": 1500.0},
]


def words(make_records: Any, provinces: Any, years: Any = None, **options: Any) -> Any:
    return describe(summarise(make_records(RECORDS), provinces, years=years), **options)


def test_all_years(make_records: Any, provinces: Any) -> None:
    said = words(make_records, provinces, of=6)
    assert said.title == "Incidents by province, all years"
    assert (
        said.caption
        == str(said)
        == (
            "Incidents by province, all years. 6 of 6 incidents, 1 not placed. In East (2), North (2) and West (1). "
            "Deaths as reported: at least 13, best 1,704, no upper bound; 2 incidents without any figure. "
            "1 claimed stronghold."
        )
    )
    assert said.alt == (
        "Map. Incidents by province, all years: 6 of 6 incidents, 1 not placed. In East (2), North (2) and West (1)."
    )
    assert said.long.split("\n\n") == [
        "The map shows 6 of 6 incidents, 1 not placed, of every date and of none. 1 claimed stronghold. "
        "1 reported total is never added to the incidents.",
        "The incidents run from 2020 to 2022, most in 2021 (4). An incident that spans several years counts in each.",
        "In East (2), North (2) and West (1).",
        "Deaths as reported: at least 13, best 1,704, no upper bound; 2 incidents without any figure.",
        "1 incident is not known to a single province: none counts it. "
        "1 incident has no date, so it counts only while no period is set.",
        "A province without incidents is one that these records do not mention; that does not mean that it was calm.",
    ]


def test_one_year(make_records: Any, provinces: Any) -> None:
    said = words(make_records, provinces, (2020, 2020), of=6)
    assert said.caption == (
        "Incidents by province, 2020. 2 of 6 incidents. In North (2). Deaths as reported: at least 13, best 4, "
        "no upper bound. 1 claimed stronghold."
    )
    assert "1 incident has no date, so no period can claim it. 3 incidents lie in other years." in said.long
    assert "The incidents run" not in said.long


def test_a_period_and_deaths(make_records: Any, provinces: Any) -> None:
    said = words(make_records, provinces, (2021, 2022), metric="fatalities_best")
    assert said.title == "Deaths in incidents by province, best estimates, 2021–2022"
    assert "4 incidents, 1 not placed. Deaths in East (1,700)." in said.caption


def test_a_period_without_data_says_so(make_records: Any, provinces: Any) -> None:
    said = words(make_records, provinces, (1999, 2001), of=6)
    assert (
        said.caption
        == said.alt
        == ("Incidents by province, 1999–2001. No incident or stronghold on file is dated 1999–2001.")
    )
    assert said.long.endswith("1 incident has no date, so no period can claim it. 5 incidents lie in other years.")


def test_no_records_at_all(make_records: Any, provinces: Any) -> None:
    said = describe(summarise(make_records([]), provinces))
    assert said.caption == "Incidents by province, all years. There are no incidents or strongholds on file."


def test_no_figure_is_not_zero(make_records: Any, provinces: Any) -> None:
    said = describe(summarise(make_records(RECORDS[4:6]), provinces))
    assert "No figure of deaths is known for any of them." in said.caption
    assert "low 0" not in said.caption


def test_ties_beyond_the_third_are_counted(make_records: Any, provinces: Any) -> None:
    codes = ["XT-N", "XT-N", "XT-E", "XT-W", "YY-A", "YY-B"]
    said = describe(summarise(make_records([{"admin1_code": code} for code in codes]), provinces))
    assert "Most in North (2), East (1), West (1) and 2 others with as many, of 5 provinces." in said.caption


def test_namesakes_tell_their_country(make_records: Any, provinces: Any) -> None:
    twin = provinces.copy()
    twin.loc["XT-W", "admin1_name"] = "North"
    said = describe(summarise(make_records([{"admin1_code": "XT-N"}, {"admin1_code": "XT-W"}]), twin))
    assert "North (XT) (1)" in said.caption


def test_a_former_province_is_explained(make_records: Any, provinces: Any) -> None:
    said = words(make_records, provinces, merged={"Old": "North"})
    assert "Old is drawn as part of North, which holds its area today." in said.long


def test_same_table_same_words(make_records: Any, provinces: Any) -> None:
    assert words(make_records, provinces) == words(make_records, provinces)


def test_what_is_not_a_summary_is_refused(make_records: Any, provinces: Any) -> None:
    table = summarise(make_records(RECORDS), provinces)
    with pytest.raises(UsageError, match="metric = 'deaths': give one of incidents"):
        describe(table, metric="deaths")
    with pytest.raises(UsageError, match="needs a table with admin1_code among its groups"):
        describe(summarise(make_records(RECORDS), provinces, by="year"))


def test_one_and_many_agree_with_their_verbs(make_records: Any, provinces: Any) -> None:
    one = [{"admin1_code": "XT-N", "date_start": "2020-01-01"}, {"date_start": None, "country_code": "XT"}]
    said = describe(summarise(make_records(one), provinces, years=(2020, 2020)), of=3)
    assert said.missing == "1 incident has no date, so no period can claim it. 1 incident lies in other years."
    said = describe(summarise(make_records(one * 2), provinces))
    assert said.missing == (
        "2 incidents are not known to a single province: none counts them. "
        "2 incidents have no date, so they count only while no period is set."
    )
    said = describe(summarise(make_records(one * 2), provinces, years=(2020, 2021)), of=6)
    assert said.missing == "2 incidents have no date, so no period can claim them. 2 incidents lie in other years."
    totals = [{"kind": "statistic", "date_start": "2020-01-01"}] * 2 + one
    assert (
        "2 reported totals are never added to the incidents."
        in describe(summarise(make_records(totals), provinces)).long
    )


def test_three_provinces_are_named_and_of_more_the_first_three(make_records: Any, provinces: Any) -> None:
    codes = ["XT-N"] * 3 + ["XT-E"] * 2 + ["XT-W"] * 2
    three = describe(summarise(make_records([{"admin1_code": code} for code in codes]), provinces))
    assert ". In North (3), East (2) and West (2). " in three.caption
    four = describe(summarise(make_records([{"admin1_code": code} for code in [*codes, "YY-A"]]), provinces))
    assert ". Most in North (3), East (2) and West (2), of 4 provinces. " in four.caption
    tied = describe(summarise(make_records([{"admin1_code": c} for c in [*codes, "YY-A", "YY-A"]]), provinces))
    assert ". Most in North (3), East (2), West (2) and 1 other with as many, of 4 provinces. " in tied.caption


def test_provinces_without_deaths_are_not_ranked_by_them(make_records: Any, provinces: Any) -> None:
    records = [{"admin1_code": "XT-N", "fatalities_best": 0}, {"admin1_code": "XT-E", "fatalities_best": 1200}]
    said = describe(summarise(make_records(records), provinces), metric="fatalities_best")
    assert ". Deaths in East (1,200). Deaths as reported: best 1,200, no upper bound." in said.caption
    assert "figure" not in said.caption
    none = describe(summarise(make_records(records[:1]), provinces), metric="fatalities_best")
    assert none.caption.endswith("1 incident. Deaths as reported: best 0, no upper bound.")


def test_strongholds_alone_are_a_map_without_incidents(make_records: Any, provinces: Any) -> None:
    camp = {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01"}
    said = describe(summarise(make_records([camp, camp]), provinces))
    assert said.caption == "Incidents by province, all years. 0 incidents. 2 claimed strongholds."
    assert said.alt == "Map. Incidents by province, all years: 0 incidents."


def test_the_busiest_years_are_those_with_the_most(make_records: Any, provinces: Any) -> None:
    days = ["2019-01-01", "2019-02-01", "2020-01-01", "2022-01-01", "2022-02-01"]
    said = describe(summarise(make_records([{"admin1_code": "XT-N", "date_start": day} for day in days]), provinces))
    assert "The incidents run from 2019 to 2022, most in 2019 and 2022 (2 each)." in said.long
    one_year = describe(summarise(make_records([{"admin1_code": "XT-N", "date_start": "2020-01-01"}]), provinces))
    assert "The incidents run" not in one_year.long
    assert one_year.long.startswith("The map shows 1 incident, of every date and of none.\n\n")


def test_years_that_have_as_many_are_not_listed(make_records: Any, provinces: Any) -> None:
    days = [f"{year}-05-01" for year in (2014, 2015, 2016, 2018)]
    records = [{"date_start": day, "admin1_code": "XT-N"} for day in days]
    said = describe(summarise(make_records(records), provinces))
    assert "The incidents run from 2014 to 2018, 1 in each year that has any. An incident" in said.long
