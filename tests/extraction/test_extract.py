"""What a text says comes out with its words; what it does not say stays empty."""

import pandas as pd
import pytest
from click.testing import CliRunner

import geo
from geo.cli import main


def one(text, **given):
    found = geo.extract(text, **given)
    assert len(found) == 1, found[["title", "place", "date_start"]].to_string()
    return found.iloc[0]


def test_a_whole_event():
    text = (
        "On 5 March 2021, gunmen attacked a police post in Khogyani district of Nangarhar province, killing three "
        "policemen and a child and wounding at least seven others. The Taliban claimed responsibility."
    )
    found = one(text, gazetteer="AF")
    assert (found.date_start, found.date_end, found.date_kind) == ("2021-03-05", "2021-03-05", "at")
    assert (found.admin1_code, found.geo_precision) == ("AF-NAN", "district")
    assert (found.fatalities_low, found.fatalities_best, found.fatalities_high) == (4, 4, 4)
    assert (found.injuries_low, found.injuries_best) == (7, 7)
    assert found.blank["injuries_high"]
    assert (found.status, found.claimed_by) == ("claimed", "Taliban")
    assert found.evidence["fatalities_best"]["text"] == "three policemen and a child"
    for span in found.evidence.values():
        assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The blast killed up to 35 fighters in Kabul.", (None, None, 35)),
        ("More than 180 people were killed in a bombing in Kabul.", (180, 180, None)),
        ("A bombing in Kabul killed 10 to 15 people.", (10, None, 15)),
        ("Hundreds of people were killed in a bombing in Kabul.", (None, None, None)),
        ("Ten people, including three children, were killed in a bombing in Kabul.", (10, 10, 10)),
        ("A soldier and two rebels died in a clash in Kabul; 12 people were wounded.", (3, 3, 3)),
        ("Clashes in Kabul left three soldiers and twelve militants dead.", (15, 15, 15)),
        ("A 24-year-old man was shot dead in Kabul.", (1, 1, 1)),
        ("Gunmen kidnapped 20 people in Kabul.", (None, None, None)),
    ],
)
def test_the_dead(text, figures):
    found = one(text, gazetteer="AF")
    got = [found[f"fatalities_{bound}"] for bound in ("low", "best", "high")]
    assert tuple(None if pd.isna(value) else value for value in got) == figures


@pytest.mark.parametrize(
    "text",
    [
        "The rebels plan to attack Kabul.",
        "No bomb exploded in Kabul.",
        "If the rebels attack Kabul, many will die.",
        "Police foiled an attack in Kabul.",
        "The Taliban could attack the capital.",
        "",
        "   \n\n",
    ],
)
def test_what_did_not_happen_is_no_candidate(text):
    assert geo.extract(text, gazetteer="AF").empty


def test_relative_dates_count_from_the_day_of_publication():
    text = "A bomb exploded in Kabul on Friday."
    assert one(text, published="2021-12-12", gazetteer="AF").date_start == "2021-12-10"
    found = one(text, gazetteer="AF")
    assert found.blank["date_start"]


def test_a_month_stays_a_month():
    found = one("In November 2020 gunmen attacked Kabul University.", gazetteer="AF")
    assert (found.date_start, found.date_end, found.date_precision) == ("2020-11-01", "2020-11-30", "month")


def test_the_command_writes_candidates_and_reports(tmp_path):
    article, out = tmp_path / "a.txt", tmp_path / "c.geojson"
    article.write_text("A bomb killed two people in Kabul on 3 May 2019. He could attack again.", encoding="utf-8")
    done = CliRunner().invoke(main, ["extract", str(article), "--out", str(out), "--country", "Afghanistan"])
    assert done.exit_code == 0, done.output
    assert "2 sentences read, 1 sentences used, 1 candidates" in done.stderr
    assert "1 hypothetical" in done.stderr
    records = geo.read_incidents(out)
    assert list(records["fatalities_best"]) == [2]


def test_a_dateline_says_when_it_was_sent_and_nothing_of_the_event():
    # 5 March 2021 was a Friday, the Wednesday before it the 3rd.
    text = "KABUL, March 5, 2021 (Wire) -- A bomb exploded in Khost on Wednesday and killed two soldiers."
    found = one(text, gazetteer="AF")
    assert (found.date_start, found.admin1_code) == ("2021-03-03", "AF-KHO")
    silent = one("KABUL, March 5, 2021 (Wire) -- A bomb killed two soldiers.", gazetteer="AF")
    assert pd.isna(silent.date_start)
    assert pd.isna(silent.admin1_code)


def test_names_of_victims_are_in_no_field_and_in_no_evidence():
    found = one("Gunmen shot dead Abdul Wali Rahimi in Khost on 3 May 2019.", gazetteer="AF")
    assert found.fatalities_best == 1
    shown = [str(value) for name, value in found.items() if name not in ("sentence", "geometry")]
    assert not [value for value in shown if "Rahimi" in value]


def test_an_event_told_with_victims_place_and_day_is_surer_than_a_bare_word():
    full = one("On 3 May 2019 gunmen killed three civilians in Khost.", gazetteer="AF")
    bare = one("There were clashes.", gazetteer="AF")
    assert full.confidence["record"] > bare.confidence["record"] + 0.3


def test_own_groups_are_found_beside_the_shipped_ones():
    text = "The Red Front attacked a police post in Khost, killing two policemen."
    assert one(text, gazetteer="AF", actors={"Red Front (RF)": ["Red Front", "RF"]}).actor1 == "Red Front (RF)"
    assert one(text, gazetteer="AF").evidence.get("actor1", {}).get("text") != "Red Front"


def test_three_kinds_of_what_a_text_says():
    text = (
        "The group has strongholds in Nangarhar province, analysts say, and the Taliban are recruiting in Kunar.\n\n"
        "In 2023, the TTP perpetrated at least 208 attacks in Pakistan, killing more than 579 people.\n\n"
        "On 5 March 2021 a bomb killed two soldiers in Khost.\n\nMore is not known.\n\nNobody else has said anything."
    )
    found = geo.extract(text)
    totals = found[found["kind"] == "statistic"]
    assert list(zip(totals["value"], totals["unit"], strict=True)) == [(208, "attacks"), (579, "people killed")]
    assert set(totals["date_start"]) == {"2023-01-01"}
    held = found[found["kind"] == "stronghold"]
    assert ("Taliban", "recruitment") in set(zip(held["group"], held["role"], strict=True))
    (event,) = found[found["kind"] == "incident"].to_dict("records")
    assert (event["admin1_code"], event["fatalities_best"]) == ("AF-KHO", 2)
