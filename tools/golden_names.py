"""Write tests/golden/names.tsv: what `geocode_places` answers to thousands of names, so that a change in it shows.

    python -m tools.golden_names            rewrite the table
    python -m tools.golden_names --check    print what differs from it, and write nothing

The names are drawn from data/gazetteer/: real spellings, with words for their type, with the province they lie in, run
together, and misspelt. Each place is drawn and changed by chance that depends on its own row only, so that a place that
is added or mended leaves the other rows of the table as they are.
"""

import argparse
import csv
import gzip
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from geo.gazetteer.resolve import geocode_places

ROOT = Path(__file__).resolve().parent.parent
GAZETTEER = ROOT / "data" / "gazetteer"
TABLE = ROOT / "tests" / "golden" / "names.tsv"
QUESTION, ANSWER = ("name", "country", "date"), ("code", "match", "score", "level", "place", "candidates")
Question = tuple[str, str, str]

#: Share of the places that are drawn, by country and level, and questions asked about each of them.
SHARES = {
    "AF": {"admin1": 1.0, "admin2": 0.65, "town": 0.28},
    "IR": {"admin1": 1.0, "admin2": 0.35, "town": 0.07},
    "PK": {"admin1": 1.0, "admin2": 1.0, "town": 0.28},
    "RU": {"admin1": 1.0, "admin2": 0.05, "town": 0.02},
    "TJ": {"admin1": 1.0, "admin2": 1.0, "town": 0.6},
    "TM": {"admin1": 1.0, "admin2": 1.0, "town": 0.5},
    "UZ": {"admin1": 1.0, "admin2": 0.8, "town": 0.5},
}
QUESTIONS = {"admin1": 10, "admin2": 4, "town": 3}
#: Inhabitants of a town that is drawn whatever the share.
CITY = 200_000
#: Inhabitants of a town abroad that is known without its country.
LARGE = 100_000
LATIN, CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстухцчшыьэюя"
ARABIC = "ابپتثجحخدرزسشطعغفقکگلمنوهی"
TYPED = {
    ("admin1", LATIN): ("{} Province", "Province of {}", "Wilayat-e {}", "{} Oblast", "{} viloyati", "{} welayaty"),
    ("admin2", LATIN): ("{} district", "{} Agency", "{} tumani", "Shahrestan-e {}", "{} Rayon", "Uluswali {}"),
    ("town", LATIN): ("{} city", "village of {}", "{} town", "Shahr-e {}", "Gorod {}"),
    ("admin1", CYRILLIC): ("{} область", "Республика {}", "Вилояти {}"),
    ("admin2", CYRILLIC): ("{} район", "{} тумани", "Ноҳияи {}", "{}ский район"),
    ("town", CYRILLIC): ("город {}", "село {}", "Шаҳри {}"),
    ("admin1", ARABIC): ("ولایت {}", "استان {}"),
    ("admin2", ARABIC): ("ولسوالی {}", "شهرستان {}", "ضلع {}"),
    ("town", ARABIC): ("شهر {}", "روستای {}"),
}
PLACED = (
    "{0}, {1}", "{0} {1}", "{0} in {1}", "{0} ({1}, {2})", "{2}, {1}, {0}", "{0} district, {1}", "{0} district of {1}",
    "{0}, northern {1}", "near {0}, {1} province", "10 km south of {0}, {1}", "{0}, {2}", "{0} {2}", "{2}'s {0}",
    "{1}-{0}", "{0} and {1}", "{0} {1} {2}",
)  # fmt: skip
DIRECTED = ("northern {}", "South {}", "central {}", "{} border", "{}, {}", "{} {}", "{} airport", "the {} area")
ENGLISH = {
    "AF": "Afghanistan", "IR": "Iran", "PK": "Pakistan", "RU": "Russia", "TJ": "Tajikistan", "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
}  # fmt: skip
#: Names of what is no place, or several, or said in a way that chance does not come up with.
BY_HAND = (
    "Islamic State Khorasan Province", "ISIS-K", "Tehrik-i-Taliban Pakistan", "Haqqani network", "Taliban in Helmand",
    "southwestern Afghanistan", "eastern Afghanistan", "Pakistani tribal areas", "West Azerbaijan", "Iraqi Kurdistan",
    "Nangarhar and Kunar", "Kabul-Jalalabad highway", "between Kabul and Jalalabad", "Kunar, Kandahar",
    "Kunar or Herat", "Nangarhar & Laghman", "Jalalabad and Achin", "Peshawar to Torkham", "Farah Farah", "Kabul Kabul",
    "Herat Herat", "Achin Nangarhar", "Achin Nangarhar Afghanistan", "Jalalabad Kandahar", "Jalalabad, Kandahar",
    "Kabul, Nangarhar", "Unheardofabad, Kandahar", "Unheardofabad Kandahar", "Khar, Bajaur Agency",
    "near Khar, Bajaur Agency, FATA", "Bajaur Agency, FATA", "FATA, Khyber Pakhtunkhwa", "Russian embassy in Kabul",
    "Afghan embassy in Moscow", "Crocus City Hall, Krasnogorsk, Moscow Oblast", "Afghan refugees, Peshawar",
    "Pakistani Kashmir", "Afghan Nimroz", "Damascus", "Tripoli", "Basra", "Basrah", "Geneva", "Springfield",
    "Paris, France", "Kabul, Iraq", "Baghdad, Iraq", "Xyzzy", "Qwertyuiop", "Kab", "12", "District 12", "District 13",
    "sector 7", "", " ", ",", "province", "of", "north", "the", "Kabul,,,", "(((", "and", "K.P.", "KPK", "NWFP",
    "N.W.F.P.", "GBAO", "DRS", "АО", "IR", "AFG", "UAE", "Balkh" * 100, "Tashkent", "Tashkent Region", "Tashkent City",
    "Moscow", "Moscow Oblast", "Московская область", "Термезский район", "Андижанский район", "Берёзовский район",
    "Zangelanskiy rayon", "کوہاٹ", "ولسوالی چوره", "کیتاب، ازبکستان", "نوایی، ازبکستان", "ناحیه لاهور",
    "Oltinko'l tumani", "Oltinko'l", "Navbahor", "Bonjarr", "Lahor", "Dowlatabnd", "Kohistdan", "Nawa", "سروبی",
    "Behsud", "Kharzar", "Kangwani", "Karimanabad", "Tagab", "Faizabad",
)  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the gazetteer."""
    path = GAZETTEER / name
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def letters_of(name: str) -> str:
    """Return the alphabet in which a name is written."""
    if any("\u0600" <= letter <= "\u06ff" for letter in name):
        return ARABIC
    return CYRILLIC if any("\u0400" <= letter <= "\u04ff" for letter in name) else LATIN


def misspell(name: str, chance: Random) -> str:
    """Return a name with one slip: two letters swapped, one dropped, doubled or replaced, or two words joined."""
    slip = chance.choice(("swap", "drop", "double", "replace", "vowel", "join"))
    if slip == "join" and len(name.split()) > 1:
        return name.replace(" ", "", 1)
    vowels = [place for place, letter in enumerate(name) if letter in "aeiouаеиоуэ"]
    if slip == "vowel" and vowels:
        place = chance.choice(vowels)
        return name[:place] + chance.choice("aeiou" if name[place].isascii() else "аеиоу") + name[place + 1 :]
    place = chance.randrange(len(name))
    one, two, rest = name[place], name[place + 1 : place + 2], name[place + 1 :]
    changed = {"swap": two + one + rest[len(two) :], "drop": rest, "double": one + one + rest}
    return name[:place] + changed.get(slip, chance.choice(letters_of(name)) + rest)


def spellings(row: dict[str, str], province: str, country: str, chance: Random) -> Iterator[str]:
    """Yield a place's name as a source may write it: plain, with its type, with its province, misspelt."""
    names = [row["name"], *filter(None, row["names"].split("|"))]
    for form in chance.choices(("plain", "misspelt", "typed", "placed"), (2, 4, 2, 2), k=QUESTIONS[row["level"]]):
        # The name by which the gazetteer knows it best is what sources write most.
        name = names[0] if chance.random() < 0.4 else chance.choice(names)
        if form == "misspelt":
            name = misspell(name, chance)
        if form == "typed" or (form == "misspelt" and chance.random() < 0.3):
            level = row["level"] if chance.random() < 0.8 else chance.choice(("admin1", "admin2", "town"))
            name = chance.choice(TYPED[level, letters_of(name)]).format(name)
        if form == "placed" and row["level"] == "admin1":
            name = chance.choice(DIRECTED).format(name, name)
        elif form == "placed":
            if chance.random() < 0.25:
                name = misspell(name, chance)
            name = chance.choice(PLACED).format(name, province, ENGLISH[country])
        yield " ".join(name.split())


def of_country(country: str) -> Iterator[Question]:
    """Yield questions about the places of one country."""
    places = rows(f"{country}.tsv.gz")
    provinces = {row["admin1_code"]: row["name"] for row in places if row["level"] == "admin1"}
    for row in places:
        chance = Random(f"{country} {row['level']} {row['name']} {row['admin1_code']}")
        drawn = chance.random() < SHARES[country][row["level"]]
        if not (drawn or row["past"] or int(row["population"] or 0) >= CITY):
            continue
        for name in spellings(row, provinces[row["admin1_code"]], country, chance):
            yield name, country if chance.random() < 0.75 else "", "2015-06-30" if chance.random() < 0.05 else ""
        if row["past"]:
            last = row["past"].split(":")[1]
            for day in (last, str(date.fromisoformat(last) + timedelta(days=1))):
                yield row["name"], country if chance.random() < 0.75 else "", day


def namesakes(country: str) -> Iterator[Question]:
    """Yield names that districts of several provinces of a country bear, bare and with a word for their type."""
    homes: dict[str, set[str]] = {}
    for row in rows(f"{country}.tsv.gz"):
        if row["level"] == "admin2":
            for name in (row["name"], *row["names"].split("|")):
                homes.setdefault(name, set()).add(row["admin1_code"])
    for name in sorted(name for name, codes in homes.items() if name and len(codes) > 1):
        yield from ((form, country, "") for form in (name, f"{name} district"))


def elsewhere() -> Iterator[Question]:
    """Yield names of regions, countries, and large towns that are known without their country."""
    for row in rows("regions.tsv"):
        for name in row["names"].split("|"):
            yield name, Random(name).choice(("", "", *ENGLISH)), ""
    for row in rows("countries.tsv"):
        name = Random(row["alpha3"]).choice(row["names"].split("|"))
        yield name, "", ""
        if row["country_code"] in ENGLISH:
            yield from ((form.format(name), "", "") for form in ("northern {}", "{} district", "Kabul, {}", "Khost {}"))
    for row in rows("prominent.tsv.gz"):
        chance = Random(f"{row['admin1_code'][:2]} {row['name']}")
        if row["level"] == "town" and int(row["population"]) >= LARGE and chance.random() < 0.03:
            name = misspell(row["name"], chance) if chance.random() < 0.3 else row["name"]
            yield name, chance.choice(("", "", "", *ENGLISH)), ""


def questions() -> list[Question]:
    """Return what the table asks, in its order: (name, country, date), the last two "" where they are not given."""
    asked = {(name, country, day) for name in BY_HAND for country in ("", "AF", "PK") for day in ("", "2018-05-30")}
    # Consonants of the Arabic script, and the larger of two namesakes.
    asked.update({("شهر نوشهره", "IR", ""), ("شهر کشک", "IR", ""), ("شهر غرمی", "IR", "")})
    asked.update(question for country in ENGLISH for question in of_country(country))
    asked.update(question for country in ENGLISH for question in namesakes(country))
    asked.update(elsewhere())
    return sorted(asked)


def answers(asked: list[Question]) -> list[tuple[str, ...]]:
    """Return the answer to each question, as the text of the columns `ANSWER`."""
    names, places, days = zip(*asked, strict=True)
    found = geocode_places(names, country=[place or None for place in places], date=[day or None for day in days])

    def text(value: Any) -> str:
        return "|".join(value) if isinstance(value, list) else str(value)

    found["candidates"] = found["candidates"].where(found["admin1_code"].isna())  # else it is the code alone
    columns = found[["admin1_code", "match", "match_score", "level", "matched_name", "candidates"]].astype(object)
    return [tuple(map(text, row)) for row in columns.where(found.notna(), "").itertuples(index=False)]


def read() -> dict[Question, tuple[str, ...]]:
    """Return the table as it is stored: the answer to each question."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        head, *lines = [line.rstrip("\n").split("\t") for line in file]
    if tuple(head) != QUESTION + ANSWER:
        raise ValueError(f"{TABLE}: columns {head}; expected {', '.join(QUESTION + ANSWER)}")
    return {(line[0], line[1], line[2]): tuple(line[3:]) for line in lines}


def differences(
    old: dict[Question, tuple[str, ...]], new: dict[Question, tuple[str, ...]]
) -> list[tuple[Question, tuple[str, ...] | None, tuple[str, ...] | None]]:
    """Return the questions whose answers differ, each with both answers; None where it is not asked."""
    return [(q, old.get(q), new.get(q)) for q in sorted(old.keys() | new.keys()) if old.get(q) != new.get(q)]


def described(question: Question, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> str:
    """Return one difference as three lines of text."""
    lines = [" | ".join(answer) if answer else "(not asked)" for answer in (old, new)]
    return f"{question[0]!r} country={question[1] or None} date={question[2] or None}\n  - {lines[0]}\n  + {lines[1]}"


def write(table: dict[Question, tuple[str, ...]]) -> None:
    """Store the table, a question a line."""
    lines = [QUESTION + ANSWER, *(question + answer for question, answer in table.items())]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8", newline="\n")


def main() -> int:
    """Rewrite the table, or compare it with today's answers."""
    parser = argparse.ArgumentParser(description="Rewrite the table of names and their answers.")
    parser.add_argument("--check", action="store_true", help="print what differs; write nothing")
    check = parser.parse_args().check
    asked = questions()
    new = dict(zip(asked, answers(asked), strict=True))
    changed = differences(read(), new) if TABLE.exists() else []
    for difference in changed:
        print(described(*difference))
    print(f"{len(new)} names, {len(changed)} changed")
    if check:
        return bool(changed)
    write(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
