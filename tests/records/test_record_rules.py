"""The rules of data/README.md, each over all records; the tables that they name are read from there."""

import re
from collections import Counter
from typing import Any

import pytest
from record_tables import RECORDS, rows

INCIDENTS = {key: record for key, record in RECORDS.items() if record["kind"] == "incident"}
ARTICLES = rows("data/README.md", "| source | bound | where it comes from | also bounds what is told without a date |")
BOUNDS = {source: day for source, day, _, _ in ARTICLES}
CLOSING = {source for source, _, _, closes in ARTICLES if closes == "yes"}
OTHER = {key: day for key, day, _ in rows("data/README.md", "| record | last day | why |")}
EVENT_TYPES = {(first, second) for first, second in rows("data/README.md", "| event_type | sub_event_type |")}
CLAIMANTS = {name for name, _ in rows("data/README.md", "| name | what |")}
NAMED = {
    source: {int(number) for number in numbers.split(",")}
    for source, numbers in rows("docs/reading-notes.md", "| source | names Afghanistan |")
}


def sources(record: dict[str, Any]) -> set[str]:
    return {entry["source"] for entry in record["sources"]}


def test_every_record_says_what_its_bounds_mean() -> None:
    given = {
        "at": (True, True),
        "within": (True, True),
        "throughout": (True, True),
        "since": (True, True),
        "by": (False, True),
        "unknown": (False, False),
    }
    for key, record in RECORDS.items():
        bounds = record["date_start"] is not None, record["date_end"] is not None
        assert bounds == given[record["date_kind"]], key
        assert (record["date_precision"] in ("day", "month", "year")) == (record["date_kind"] == "at"), key


def test_no_end_reported_and_no_beginning_reach_to_the_bound_of_the_article() -> None:
    assert set(OTHER) <= set(RECORDS)
    for key, record in RECORDS.items():
        if record["date_kind"] in ("since", "by"):
            assert record["date_inferred"], key
            allowed = sources(record) if record["date_kind"] == "since" else sources(record) & CLOSING
            expected = {OTHER[key]} if key in OTHER else {BOUNDS[source] for source in allowed}
            assert record["date_end"] in expected, key
        else:
            assert key not in OTHER


def test_what_articles_of_known_day_tell_has_a_bound() -> None:
    undated = {key for key, record in RECORDS.items() if record["date_kind"] == "unknown" and sources(record) & CLOSING}
    assert undated == set()


def test_present_tense_is_dated_to_the_month_of_the_bound() -> None:
    present = {key: record for key, record in RECORDS.items() if "In the present tense" in (record["note"] or "")}
    assert len(present) > 10
    for key, record in present.items():
        (bound,) = {BOUNDS[source] for source in sources(record)}
        if record["date_kind"] == "at":
            assert record["date_precision"] == "month", key
            assert record["date_end"][:7] == bound[:7], key
        else:
            assert (record["date_kind"], record["date_end"]) == ("within", bound), key
            assert sources(record) == {"gvs-iskp-revival"}


def test_no_unread_footnote_closes_a_period() -> None:
    for key, record in RECORDS.items():
        if "bounds nothing" in (record["note"] or ""):
            assert record["date_end"][:7] == BOUNDS["ali-survival-dilemma"][:7], key


def test_incidents_say_how_many_events_they_tell_of() -> None:
    for key, record in RECORDS.items():
        assert (record["clarity"] in ("event", "series", "umbrella")) == (record["kind"] == "incident"), key
        assert (record["clarity"] == "umbrella") == record["description"].startswith("Umbrella statement"), key
        assert record["clarity"] != "umbrella" or record["same_as"], f"{key} sums up nothing"


def test_plural_statements_are_no_single_event() -> None:
    for key, record in INCIDENTS.items():
        if re.search(r"\b(attacks|operations|clashes|explosions|killings|detentions)\b", record["title"], re.I):
            verb = re.search(r"\b(attacks|clashes) (?!in\b|on\b|after\b|during\b)", record["title"])
            assert record["clarity"] != "event" or verb, key


def groups() -> list[set[str]]:
    """Return the incidents, strongholds and totals that are one, told more than once: `same_as` without umbrellas."""
    single = {key: record for key, record in RECORDS.items() if record["clarity"] != "umbrella"}
    found: list[set[str]] = []
    for key, record in single.items():
        kin = {key} | {
            other for other in record["same_as"] if other in single and single[other]["kind"] == record["kind"]
        }
        joined = [group for group in found if group & kin]
        found = [group for group in found if not group & kin] + [kin.union(*joined)]
    return [group for group in found if len(group) > 1]


def test_records_of_one_event_agree_on_place_and_time() -> None:
    assert len(groups()) >= 10
    for group in groups():
        members = [RECORDS[key] for key in group]
        assert len({record["admin1_code"] for record in members if record["admin1_code"]}) <= 1, group
        assert len({record["country_code"] for record in members if record["country_code"]}) <= 1, group
        starts = [record["date_start"] or "0001-01-01" for record in members if record["date_kind"] != "unknown"]
        ends = [record["date_end"] for record in members if record["date_kind"] != "unknown"]
        assert max(starts)[:4] <= min(ends)[:4], group
        links = {other for record in members for other in record["same_as"]}
        assert all(group - {record["id"]} <= set(record["same_as"]) for record in members), f"{group}: links go astray"
        assert group <= links


def test_the_record_that_counts_for_a_group_is_in_force_in_every_year_of_it(shipped: Any) -> None:
    from geo.stats.distinct import counts_as
    from geo.stats.periods import year_span

    located = shipped[0]
    counted = set(located["id"][counts_as(located) == 1])
    span = year_span(located).set_index(located["id"].to_numpy())
    for group in groups():
        (one,) = group & counted
        for other in group:
            if span["first"].notna()[other]:
                assert span.loc[one, "first"] <= span.loc[other, "first"], (one, other)
                assert span.loc[one, "last"] >= span.loc[other, "last"], (one, other)


def test_event_types_are_pairs_of_the_codebook() -> None:
    for key, record in INCIDENTS.items():
        pair = record["event_type"], record["sub_event_type"]
        known = pair in EVENT_TYPES or (pair[1] is None and (pair[0] is None or pair[0] in dict(EVENT_TYPES)))
        assert known, key
        if re.search(r"\b(take over (Kabul|Afghanistan)|surrenders)", record["title"]):
            assert pair == ("Strategic developments", "Non-violent transfer of territory"), key
        if re.search(r"\b(take districts|seizes territory)", record["title"]):
            assert pair == ("Battles", "Non-state actor overtakes territory"), key
        assert pair[0] != "Battles" or pair[1], key


def test_claims_and_denials_are_of_listed_names() -> None:
    said = {record[name] for record in RECORDS.values() for name in ("claimed_by", "denied_by")} - {None}
    assert said == CLAIMANTS


def test_afghanistan_stands_only_where_a_paragraph_names_it() -> None:
    for key, record in RECORDS.items():
        if record["country_code"] == "AF" and record["geo_precision"] == "country":
            cited = [(entry["source"], entry["paragraph"]) for entry in record["sources"]]
            assert any(paragraph in NAMED[source] for source, paragraph in cited), key


def test_origins_of_people_are_no_places() -> None:
    for key, record in RECORDS.items():
        if re.search(r"\b(fighters|people|recruits).* from ", record["title"], re.I):
            assert record["admin1_code"] is None, key


def test_buildings_stay_in_the_place() -> None:
    words = r"\b(embassy|mission|ministry|prison|airport|university|hotel|maternity ward|villa)\b"
    for key, record in INCIDENTS.items():
        named = re.search(words, record["title"], re.I)
        if named and record["geo_precision"] == "city":
            assert re.search(words, record["place"], re.I), key


def test_parties_are_named_or_said_to_be_inferred() -> None:
    for key, record in INCIDENTS.items():
        if record["actor1"] is None:
            assert record["clarity"] == "umbrella" or "not" in record["description"] + record["note"], key


def test_deaths_by_side_are_those_of_the_record() -> None:
    for key, record in RECORDS.items():
        sides = [record[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
        if any(side is not None for side in sides):
            assert sum(side or 0 for side in sides) == record["fatalities_best"] == record["fatalities_high"], key


def test_ids_state_no_figure_and_no_date_that_the_record_has_not() -> None:
    for key, record in RECORDS.items():
        assert not re.match(r"by-|undated-", key)
        dates = re.findall(r"(?<!\d)\d{4}(?:-\d\d)*(?!\d)", key)
        assert not re.search(r"\d", re.sub(r"(?<!\d)\d{4}(?:-\d\d)*(?!\d)", "", key)), key
        for text in dates:
            bounds = [record[name] or "" for name in ("date_start", "date_end")]
            years = f"{bounds[0][:4]}-{bounds[1][2:4]}"
            assert text == years or any(bound.startswith(text) for bound in bounds), key


def test_a_point_of_the_gazetteer_has_one_id() -> None:
    table = rows("data/README.md", "| place | GeoNames name | GeoNames id | longitude | latitude | read from |")
    for column in (0, 2):
        assert max(Counter(row[column] for row in table).values()) == 1


@pytest.mark.parametrize("what", ["Haqqani", "RAW", "foreign intelligence|intelligence services"])
def test_who_stands_behind_the_group_is_disputed(what: str) -> None:
    told = [record for record in RECORDS.values() if re.search(what, record["title"])]
    assert told
    assert {record["status"] for record in told} == {"disputed"}
