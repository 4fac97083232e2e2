/* The card of one record. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { recordFields } from "./describe.js";
import { button, el, link } from "./dom.js";
import { byArticle, shortName } from "./sources.js";

/** @typedef {import("../types/data.d.ts").RecordFields} RecordFields */
/** @typedef {import("../types/data.d.ts").Source} Source */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {import("../types/page.d.ts").Sources} Sources */
/** @typedef {import("../types/page.d.ts").SourceLine} SourceLine */
/** @typedef {(fields: RecordFields) => Child} Show */

/**
 * The card of a record.
 * @param {Model} model
 * @param {number} i
 * @param {Sources} sources
 * @returns {HTMLElement}
 */
export function recordArticle(model, i, sources) {
  const fields = recordFields(model.store, i);
  return el(
    "article",
    { class: "geo-record" },
    el("p", { class: "geo-kicker" }, kicker(model, fields)),
    el("h2", { class: "geo-record-title", dir: "auto", tabindex: "-1" }, fields.title),
    // Where it comes from and why it is placed and dated so, before what it tells.
    sourceList(fields.sources, sources),
    facts(fields),
    fields.note && el("p", { class: "geo-record-note", dir: "auto" }, el("b", {}, t("record.note")), " ", fields.note),
    fields.description && el("p", { class: "geo-record-text", dir: "auto" }, fields.description),
    disagreements(model, i, fields, sources),
  );
}

/**
 * @param {Model} model
 * @param {RecordFields} fields
 * @returns {Child}
 */
function kicker(model, { kind, event_type, sub_event_type, role, group, measure }) {
  if (kind === "incident") {
    return [
      event_type &&
        el("span", {
          class: "geo-dot",
          style: { "background-color": model.palette(event_type) },
          "aria-hidden": "true",
        }),
      el(
        "bdi",
        {},
        [i18n.word("event_type", event_type), i18n.word("sub_event_type", sub_event_type)]
          .filter(Boolean)
          .join(" · ") || t("kind.incident"),
      ),
    ];
  }
  if (kind === "stronghold")
    return el("bdi", {}, [i18n.word("role", role) || t("kind.stronghold"), group].filter(Boolean).join(" · "));
  return el("bdi", {}, [t("kind.statistic"), measure].filter(Boolean).join(" · "));
}

/** @param {RecordFields} fields */
function facts(fields) {
  /** @type {[string, Child][]} */
  const rows = [
    ["record.when", when(fields)],
    ["record.where", where(fields)],
    ["record.parties", parties(fields)],
    [
      "record.killed",
      describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high) ||
        (fields.kind === "incident" ? t("figure.unknown") : null),
    ],
    ["record.sides", describe.sides(fields)],
    ["record.injured", describe.figure(fields.injuries_low, fields.injuries_best, fields.injuries_high)],
    ["record.value", fields.value === null ? null : [i18n.number(fields.value), " ", el("bdi", {}, fields.unit ?? "")]],
    ["record.clarity", fields.clarity && fields.clarity !== "event" ? i18n.word("clarity", fields.clarity) : null],
    ["record.tier", i18n.word("tier", fields.tier)],
    ["record.status", status(fields)],
  ];
  return el(
    "dl",
    { class: "geo-facts" },
    rows
      .filter(([, text]) => (Array.isArray(text) ? text.length > 0 : text))
      .map(([key, text]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, text))),
  );
}

/** Precisions of a date of which the date itself says all: "some time between", "since", "not later than". */
const WITHOUT_PART = ["range", "unknown"];

/**
 * @param {RecordFields} fields
 * @returns {Child}
 */
function when(fields) {
  const precision =
    fields.date_precision && !WITHOUT_PART.includes(fields.date_precision)
      ? i18n.word("date_precision", fields.date_precision)
      : "";
  const how = [precision, fields.date_inferred && t("date.inferred")].filter(Boolean).join("; ");
  return [describe.when(fields), how && el("span", { class: "geo-how" }, how)];
}

/**
 * @param {RecordFields} fields
 * @returns {Child}
 */
function where(fields) {
  const how = fields.geo_precision ? i18n.word("geo_precision", fields.geo_precision) : "";
  return [places(fields), how && el("span", { class: "geo-how" }, how)];
}

/**
 * Names of any script, each isolated: the direction of one must not reorder the others.
 * @param {RecordFields} fields
 * @returns {Child[]}
 */
function places(fields) {
  return describe.where(fields).flatMap((name, k) => [k ? ", " : "", el("bdi", {}, name)]);
}

/**
 * @param {RecordFields} fields
 * @returns {Child}
 */
function parties({ kind, actor1, actor2, group }) {
  if (kind !== "incident") return group ? el("bdi", {}, group) : null;
  const names = [actor1 || group, actor2].filter(Boolean);
  return names.flatMap((name, k) => [k ? ` ${t("record.against")} ` : "", el("bdi", {}, name)]);
}

/**
 * @param {RecordFields} fields
 * @returns {Child}
 */
function status({ status: word, claimed_by: claimed, denied_by: denied }) {
  const parts = [
    i18n.word("status", word),
    claimed && t("record.claimed_by", { name: claimed }),
    denied && t("record.denied_by", { name: denied }),
  ];
  return parts.filter(Boolean).flatMap((part, k) => [k ? "; " : "", el("bdi", {}, part)]);
}

/** @type {[key: string, compared: (fields: RecordFields) => string, shown?: Show][]} Values in which two records may differ. */
const COMPARED = [
  ["record.when", (fields) => describe.when(fields)],
  ["record.where", (fields) => describe.where(fields).join(", "), (fields) => places(fields)],
  [
    "record.killed",
    (fields) =>
      describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high) || t("figure.unknown"),
  ],
  [
    "record.injured",
    (fields) => describe.figure(fields.injuries_low, fields.injuries_best, fields.injuries_high) || t("figure.unknown"),
  ],
  ["record.value", (fields) => (fields.value === null ? "" : `${i18n.number(fields.value)} ${fields.unit ?? ""}`)],
  ["record.status", (fields) => i18n.word("status", fields.status)],
];

/**
 * A section for each record that contradicts this one, and one for the records that may be the same event.
 * @param {Model} model
 * @param {number} i
 * @param {RecordFields} fields
 * @param {Sources} sources
 * @returns {Child[]}
 */
function disagreements(model, i, fields, sources) {
  /** @param {"conflicts_with" | "same_as"} name */
  const linked = (name) => [...model.store.links(name, i)].filter((other) => other >= 0);
  const conflicts = linked("conflicts_with").map((other) =>
    el(
      "section",
      { class: "geo-conflict" },
      el("h3", {}, t("record.conflict")),
      comparison(fields, recordFields(model.store, other), sources),
      other !== i && jump(model, other, t("record.other")),
    ),
  );
  const same = linked("same_as");
  const list = el(
    "ul",
    {},
    same.map((other) => el("li", {}, jump(model, other))),
  );
  return [conflicts, same.length > 0 && el("section", { class: "geo-same" }, el("h3", {}, t("record.same_as")), list)];
}

/**
 * The values in which two records differ, side by side under the names of their sources.
 * @param {RecordFields} ours
 * @param {RecordFields} theirs
 * @param {Sources} sources
 */
function comparison(ours, theirs, sources) {
  const differing = COMPARED.filter(([, read]) => read(ours) !== read(theirs));
  const head = el(
    "tr",
    {},
    el("td", {}),
    sourceNames([ours, theirs], sources).map((name) => el("th", { scope: "col" }, el("bdi", {}, name))),
  );
  const rows = differing.map(([key, read, show = read]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, t(key)),
      [ours, theirs].map((side) => el("td", {}, show(side))),
    ),
  );
  return el("table", {}, el("thead", {}, head), el("tbody", {}, rows));
}

/**
 * A button that opens another record.
 * @param {Model} model
 * @param {number} i
 * @param {string} [text]
 */
function jump(model, i, text) {
  return button("geo-link-button", { text: text ?? model.store.text("title", i), dir: "auto" }, () => model.select(i));
}

/**
 * The names of the sources on both sides; the paragraphs too where the names are the same.
 * @param {RecordFields[]} sides
 * @param {Sources} sources
 */
function sourceNames(sides, sources) {
  const cited = sides.map((side) => byArticle(side.sources));
  const names = cited.map((list) => list.map(({ source }) => shortName(sources, source)).join(", "));
  if (names[0] !== names[1]) return names;
  return cited.map((list) =>
    list.map(({ source, where }) => [shortName(sources, source), where].filter(Boolean).join(", ")).join("; "),
  );
}

/**
 * @param {Source[]} cited
 * @param {Sources} sources
 */
function sourceList(cited, sources) {
  if (!cited.length) return el("p", { class: "geo-how" }, t("record.no_source"));
  return el(
    "section",
    { class: "geo-cited" },
    el("h3", {}, t("record.sources")),
    el(
      "ul",
      {},
      byArticle(cited).map(({ source, where: paragraphs }) => {
        /** @type {Partial<SourceLine>} */
        const line = sources.get(source) ?? {};
        const details = [line.publisher, line.published, paragraphs].filter(Boolean);
        return el(
          "li",
          {},
          link(line.url, line.title || source),
          details.length > 0 && el("span", { class: "geo-how" }, el("bdi", {}, details.join(", "))),
        );
      }),
    ),
  );
}
