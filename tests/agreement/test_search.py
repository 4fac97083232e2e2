"""The page's search ignores case as Python does."""

import json
import subprocess
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

SEARCH = Path(__file__).resolve().parents[2] / "geo" / "static" / "core" / "search.js"
#: Reads {texts, pairs}; writes each text folded, and for each (row, phrase) whether the row is found.
SCRIPT = """
import { readFileSync } from "node:fs";
const { fold, mark, pattern } = await import(process.argv[1]);
const { texts, pairs } = JSON.parse(readFileSync(0, "utf8"));
const finds = ([row, phrase]) => {
  const bytes = new TextEncoder().encode(row);
  const found = new Uint8Array(1);
  mark({ bytes, ends: Uint32Array.of(bytes.length) }, pattern(phrase), found);
  return found[0] === 1;
};
process.stdout.write(JSON.stringify({ texts: texts.map(fold), pairs: pairs.map(finds) }));
"""


def in_page(texts: list[str], pairs: list[tuple[str, str]]) -> tuple[list[str], list[bool]]:
    command = ["node", "--input-type=module", "-e", SCRIPT, SEARCH.as_uri()]
    asked = json.dumps({"texts": texts, "pairs": pairs})
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    answer = json.loads(ran.stdout)
    return answer["texts"], answer["pairs"]


def test_every_letter_is_folded_as_python_folds_it() -> None:
    # Letters of a newer Unicode than Python's are left out.
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    folded, _ = in_page(letters, [])
    assert [(a, b) for a, b in zip(letters, folded, strict=True) if a.casefold() != b] == []


WORDS = st.text(st.sampled_from("aAsSßẞſıIİi\u0307ёЁЛлсСσςΣﬁFfkKΐ"), max_size=6)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS.filter(bool)), min_size=200, max_size=400))
def test_a_phrase_is_found_where_python_finds_it(pairs: list[tuple[str, str]]) -> None:
    _, found = in_page([], pairs)
    assert found == [phrase.casefold() in row.casefold() for row, phrase in pairs]
