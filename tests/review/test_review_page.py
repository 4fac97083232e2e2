"""A reader reviews two articles in Chromium without a network: keys, selections, pairs, undo, what the file holds."""

import json
from pathlib import Path
from typing import Any

import candidate_files
import pytest

pytestmark = pytest.mark.browser

SELECT = """([words, nth]) => {
  const walker = document.createTreeWalker(document.querySelector(".rv-text"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([text.length, node]);
    text += node.data;
  }
  let at = -1;
  for (let i = 0; i <= nth; i++) at = text.indexOf(words, at + 1);
  const place = (offset) => {
    const [start, node] = nodes.findLast(([begin]) => begin <= offset);
    return [node, offset - start];
  };
  getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
}"""


@pytest.fixture
def page(visit: Any, reviewed: Path) -> Any:
    opened = visit.open(reviewed / "review.html", ready=False)
    opened.get_by_label("Reader").fill("ana")
    opened.keyboard.press("Enter")
    return opened


def select(page: Any, words: str, nth: int = 0) -> None:
    page.evaluate(SELECT, [words, nth])


def title(page: Any) -> str:
    return page.locator(".rv-head h2").inner_text()


def value(page: Any, label: str) -> str:
    return page.get_by_label(label, exact=True).input_value()


def field(page: Any, name: str) -> Any:
    return page.locator(f"#rv-field-{name}")


def download(page: Any) -> dict[str, Any]:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download").click()
    return json.loads(Path(caught.value.path()).read_text(encoding="utf-8"))


def test_each_field_stands_in_the_article_in_its_colour_with_its_rule_and_rivals(page: Any) -> None:
    marks = page.locator(".rv-text mark").evaluate_all("all => all.map(one => [one.textContent, one.dataset.group])")
    assert marks == [
        ["bomb", "what"], ["Imam Sahib", "where"], ["at least 14", "killed"], ["Thursday", "when"],
        ["The Northern Front", "says"], ["the Taliban", "says"],
    ]  # fmt: skip
    colours = page.locator(".rv-text mark").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert len(set(colours)) == 5
    rows = {name: page.locator(f"[data-field={name}]").inner_text() for name in ("date", "place", "actor1")}
    assert "“Thursday” weekday before 12 March 2021" in rows["date"]
    assert "80 % sure" in rows["date"]
    assert "KUNDUZ “KUNDUZ”" in rows["place"]
    assert "blank: the sentence names no attacker" in rows["actor1"]
    assert page.locator(".rv-own title").text_content() == "Kunduz"


def test_one_key_decides_and_moves_on_and_the_file_says_so(page: Any) -> None:
    assert title(page) == "Bomb in a market of Imam Sahib"
    for key, after in (
        ("a", "Gunmen shoot teachers"), ("r", "School closed"), ("s", "Fighters of the Northern Front"),
        ("b", "School closed"), ("a", "Fighters of the Northern Front"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert title(page) == after
    assert page.locator(".rv-said").inner_text() == "3 of 6 left · 2 accepted, 1 rejected, 0 skipped"
    file = download(page)
    assert [(one["id"], one["decision"], one["coder"]) for one in file["decisions"]] == [
        ("northern-post-1", "accept", "ana"), ("northern-post-2", "reject", "ana"),
        ("northern-post-3", "accept", "ana"),
    ]  # fmt: skip
    known = {one["id"]: one["sha256"] for one in candidate_files.example()["articles"]}
    assert {one["id"]: one["sha256"] for one in file["articles"]} == known
    assert file["geo_decisions"] == 1
    assert all(one["time"].endswith("Z") for one in file["decisions"])


def test_undo_puts_back_decision_value_and_place(page: Any) -> None:
    page.keyboard.press("t")
    page.keyboard.type("Another title")
    page.keyboard.press("Enter")
    assert title(page) == "Another title"
    page.keyboard.press("a")
    assert title(page) == "Gunmen shoot teachers"
    page.keyboard.press("z")
    assert title(page) == "Another title"
    assert "undecided" in page.locator(".rv-head p").inner_text()
    page.keyboard.press("z")
    assert title(page) == "Bomb in a market of Imam Sahib"
    page.keyboard.press("z")
    assert page.locator(".rv-live").inner_text() == "Nothing to undo"


def test_words_selected_fill_the_field_of_a_key_with_their_place_in_the_text(page: Any) -> None:
    page.keyboard.press("ArrowRight")
    select(page, "Jalalabad")
    page.keyboard.press("p")
    assert [field(page, name).input_value() for name in ("place", "admin1_code", "geo_precision", "country_code")] == [
        "Jalalabad", "AF-NAN", "city", "AF",
    ]  # fmt: skip
    assert page.locator(".rv-own title").text_content() == "Nangarhar"
    select(page, "12 March 2021")
    page.keyboard.press("d")
    assert field(page, "date").input_value() == "2021-03-12"
    # Characters beyond the basic plane are one character in Python and two in JavaScript.
    select(page, "militia")
    page.keyboard.press("2")
    page.keyboard.press("a")
    [decision] = download(page)["decisions"]
    text = candidate_files.HARBOUR
    assert decision["values"]["place"] == "Jalalabad"
    assert decision["original"]["place"] is None
    assert decision["point"] == pytest.approx([70.45, 34.43], abs=0.05)
    for name, words in (("place", "Jalalabad"), ("date_start", "12 March 2021"), ("actor2", "militia")):
        found = decision["evidence"][name]
        assert text[found["start"] : found["end"]] == found["text"] == words
        assert found["rule"] == "selected by the reader"


def test_low_best_and_high_come_from_the_words_or_one_by_one(page: Any) -> None:
    bounds = [f"fatalities_{end}" for end in ("low", "best", "high")]
    assert [field(page, name).input_value() for name in bounds] == ["14", "14", ""]
    page.keyboard.press("h")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    assert [field(page, name).input_value() for name in bounds] == ["14", "14", "20"]
    page.keyboard.press("ArrowRight")
    select(page, "three")
    page.keyboard.press("k")
    assert [field(page, name).input_value() for name in bounds] == ["3", "3", "3"]
    select(page, "gunmen shot")
    page.keyboard.press("k")
    assert "says no single number" in page.locator(".rv-live").inner_text()
    assert page.evaluate("document.activeElement.id") == "rv-field-fatalities_best"


def test_claimed_and_denied_are_two_fields(page: Any) -> None:
    assert [field(page, name).input_value() for name in ("claimed_by", "denied_by")] == ["Northern Front", "Taliban"]
    select(page, "police")
    page.keyboard.press("n")
    assert [field(page, name).input_value() for name in ("claimed_by", "denied_by")] == ["Northern Front", "police"]
    page.get_by_role("button", name="was: Taliban").click()
    assert field(page, "denied_by").input_value() == "Taliban"


def test_a_rival_is_taken_with_its_words(page: Any) -> None:
    page.get_by_role("button", name="KUNDUZ “KUNDUZ”").click()
    assert field(page, "geo_precision").input_value() == "province"
    page.keyboard.press("a")
    [decision] = download(page)["decisions"]
    assert decision["evidence"]["place"]["rule"] == "dateline"
    assert decision["original"]["admin2_name"] == "Imam Sahib"


def test_candidates_that_may_tell_of_one_event_are_shown_side_by_side(page: Any) -> None:
    page.keyboard.press("a")
    for _ in range(3):
        page.keyboard.press("s")
    assert title(page) == "Explosion in Imam Sahib"
    page.keyboard.press("a")
    assert page.get_by_role("heading", name="Is this the same event?").is_visible()
    assert page.locator(".rv-article").is_hidden()
    cells = page.locator(".rv-pair tr", has_text="killed, best").locator("td").all_inner_texts()
    assert cells == ["14", "16"]
    reasons = page.locator(".rv-reasons").inner_text()
    assert "same province, same place, same date, same type" in reasons
    page.keyboard.press("y")
    assert title(page) == "Clash near Herat"
    [pair] = download(page)["pairs"]
    assert (pair["a"], pair["b"], pair["decision"], pair["coder"]) == ("northern-post-1", "ledger-1", "same", "ana")
    page.keyboard.press("z")
    assert page.get_by_role("heading", name="Is this the same event?").is_visible()
    page.keyboard.press("u")
    assert download(page)["pairs"][0]["decision"] == "unsure"


def test_a_record_with_a_fault_is_not_accepted(page: Any) -> None:
    field(page, "fatalities_high").fill("3")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    assert title(page) == "Bomb in a market of Imam Sahib"
    assert "Not accepted, 1 fault: killed, best" in page.locator(".rv-live").inner_text()
    assert field(page, "fatalities_best").get_attribute("aria-invalid") == "true"


def test_a_missed_event_is_added_by_its_sentence(page: Any) -> None:
    select(page, "valley of Kunar")
    page.keyboard.press("m")
    assert page.locator(".rv-here").all_inner_texts() == [
        '"We hold the valley of Kunar", a speaker of the Northern Front said.'
    ]
    field(page, "kind").select_option("stronghold")
    page.keyboard.press("Escape")
    select(page, "Kunar")
    page.keyboard.press("p")
    select(page, "Northern Front", 1)
    page.keyboard.press("g")
    field(page, "role").select_option("presence")
    field(page, "tier").select_option("claimed")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    [added] = download(page)["added"]
    assert (added["decision"], added["article"], added["paragraph"]) == ("accept", "northern-post", 4)
    assert added["values"]["group"] == "Northern Front"
    assert added["values"]["admin1_code"] == "AF-KNR"
    assert added["values"]["title"] == "presence, Kunar"
    assert page.locator(".rv-said").inner_text().startswith("6 of 7 left")


def test_all_above_a_stated_confidence_are_accepted_at_once_and_taken_back_at_once(page: Any) -> None:
    page.get_by_text("List and filters").click()
    bulk = page.get_by_role("button", name="Accept 3 undecided of 95 % and more")
    bulk.click()
    assert page.locator(".rv-said").inner_text().startswith("3 of 6 left · 3 accepted")
    bulked = {one["id"]: one["bulk"] for one in download(page)["decisions"]}
    assert bulked == {"northern-post-1": 0.95, "northern-post-4": 0.95, "ledger-1": 0.95}
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".rv-said").inner_text().startswith("6 of 6 left")


def test_filters_say_what_they_hide(page: Any) -> None:
    page.get_by_text("List and filters").click()
    page.locator("#rv-filter-kind").select_option("statistic")
    assert "the filters show 1 of 6" in page.locator(".rv-said").inner_text()
    page.locator("#rv-filter-kind").select_option("")
    page.locator("#rv-filter-text").fill("HERAT")
    assert page.locator(".rv-entry").all_inner_texts() == ["undecided\nClash near Herat"]
    page.locator(".rv-entry").click()
    assert title(page) == "Clash near Herat"
    assert page.locator(".rv-article h2").inner_text() == "Police in Kunduz count the dead"


def test_a_crash_costs_nothing(page: Any, visit: Any, reviewed: Path) -> None:
    page.keyboard.press("a")
    page.keyboard.press("t")
    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    before = download(page)
    page.reload()
    assert "2 decisions of an earlier visit restored" in page.locator(".rv-live").inner_text()
    after = download(page)
    assert after | {"saved": ""} == before | {"saved": ""}


def test_decisions_of_another_text_are_not_loaded(page: Any, tmp_path: Path) -> None:
    page.keyboard.press("a")
    file = download(page)
    file["articles"][0]["sha256"] = "0" * 64
    (tmp_path / "other.json").write_text(json.dumps(file))
    page.get_by_text("List and filters").click()
    page.locator("#rv-load").set_input_files(tmp_path / "other.json")
    page.get_by_text("These decisions are of another text: nothing was loaded").wait_for()


def test_a_chosen_file_is_written_after_every_step(page: Any) -> None:
    page.evaluate("""() => {
      window.written = [];
      window.showSaveFilePicker = async () => ({
        name: "mine.json",
        createWritable: async () => ({ write: async (text) => window.written.push(text), close: async () => {} }),
      });
    }""")
    page.get_by_role("button", name="Save to a file…").click()
    page.get_by_text("Written to mine.json").wait_for()
    page.locator(".rv-panel").focus()
    page.keyboard.press("a")
    page.wait_for_function("window.written.length === 2")
    assert json.loads(page.evaluate("window.written[1]"))["decisions"][0]["decision"] == "accept"


def test_single_keys_can_be_turned_off_and_do_nothing_while_one_types(page: Any) -> None:
    page.keyboard.press("t")
    page.keyboard.type("arsz")
    page.keyboard.press("Escape")
    assert title(page) == "arsz"
    page.get_by_text("List and filters").click()
    page.get_by_label("Single keys").uncheck()
    page.locator(".rv-panel").focus()
    page.keyboard.press("r")
    assert title(page) == "arsz"
