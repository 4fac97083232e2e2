import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import * as i18n from "../../geo/static/core/i18n.js";
import { t } from "../../geo/static/core/i18n.js";
import { english as ofMaps, review } from "./words.mjs";

// A page of reviews has texts of its own: a map does not carry them.
const english = { ...ofMaps, ...review };

const STATIC = fileURLToPath(new URL("../../geo/static/", import.meta.url));
const scripts = readdirSync(STATIC, { recursive: true }).filter(
  (file) => file.endsWith(".js") && !file.startsWith("bundle"),
);
const code = scripts.map((file) => readFileSync(join(STATIC, file), "utf8")).join("\n");
const keys = Object.keys(english).filter((key) => !["lang", "locale", "dir"].includes(key));

test("every text that the scripts name exists", () => {
  const named = [...code.matchAll(/\bt\(\s*(?:[^"`()]*\?\s*)?"([a-z_]+(?:\.[a-z_0-9]+)*)"/g)]
    .map((match) => match[1])
    .filter((key) => key !== "key");
  assert.ok(named.length > 60, `${named.length} keys found`);
  assert.deepEqual(
    named.filter((key) => !(key in english)),
    [],
  );
  const listed = [...code.matchAll(/"((?:record|about|years|shown|take|figure|map|filter|list|date)\.[a-z_]+)"/g)].map(
    (match) => match[1],
  );
  assert.deepEqual(
    listed.filter((key) => !(key in english)),
    [],
  );
});

test("every text is used: by its own name, or by a name put together from its first part", () => {
  const stems = new Set([...code.matchAll(/`([a-z_]+\.(?:[a-z_]+\.)*[a-z_]*)\$\{/g)].map((match) => match[1]));
  const columns = [...code.matchAll(/\bword\("([a-z_0-9]+)"/g)].map((match) => `${match[1]}.`);
  const used = (key) => code.includes(`"${key}"`) || [...stems, ...columns].some((stem) => key.startsWith(stem));
  // Maps of districts take these texts in place of those without the first part; geo/web/assets.py puts them there.
  const plain = (key) => key.replace(/^district\./, "");
  assert.deepEqual(
    keys.filter((key) => !used(plain(key))),
    [],
  );
});

test("texts with plurals have every form that their language needs", () => {
  const forms = new Intl.PluralRules(english.lang).resolvedOptions().pluralCategories;
  for (const key of keys) {
    if (typeof english[key] === "object") assert.deepEqual(Object.keys(english[key]).sort(), [...forms].sort(), key);
  }
});

test("places are filled, numbers as the language writes them, years as they are", () => {
  assert.equal(
    t("shown.incident", { count: 1234, of: 100000, period: "2021–2023" }),
    "1,234 of 100,000 incidents, 2021–2023",
  );
  assert.equal(t("years.incident", { count: 1 }), "1 incident");
  assert.equal(t("years.bar", { year: "2021", what: t("years.incident", { count: 0 }) }), "2021: 0 incidents");
});

test("a value is never read as a place or a pattern", () => {
  assert.equal(t("record.claimed_by", { name: "$& {name} {{7*7}}" }), "claimed by $& {name} {{7*7}}");
  assert.equal(t("record.claimed_by", {}), "claimed by {name}");
});

test("a key without a text shows itself; words of the data without one stay as they are", () => {
  assert.equal(t("no.such"), "no.such");
  assert.equal(i18n.word("tier", "assessed"), "assessed by a neutral analyst");
  assert.equal(i18n.word("event_type", "Battles"), "Battles");
  assert.equal(i18n.word("tier", null), "");
  assert.equal(i18n.word("toString", ""), "");
});

test("another language is one file: its plurals, numbers and direction", () => {
  i18n.load({
    lang: "ru",
    dir: "ltr",
    "years.bar": { one: "{count} случай", few: "{count} случая", many: "{count} случаев", other: "{count} случая" },
  });
  assert.deepEqual(
    [1, 3, 5, 21].map((count) => t("years.bar", { count })),
    ["1 случай", "3 случая", "5 случаев", "21 случай"],
  );
  i18n.load({ lang: "ps", dir: "rtl" });
  assert.equal(i18n.direction(), "rtl");
  i18n.load(english);
});
