/* What a mark says: one record in full, or the records of a cluster as a list. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { briefFields, recordFields } from "./describe.js";
import { button, el, link } from "./dom.js";

/** The article that shows a record; `sources` maps a source's key to its line in about.sources. */
export function recordArticle(model, i, sources) {
  const fields = recordFields(model.store, i);
  return el(
    "article",
    { class: "geo-record" },
    el("p", { class: "geo-kicker" }, kicker(model, fields)),
    el("h2", { class: "geo-record-title", dir: "auto", tabindex: "-1" }, fields.title),
    facts(fields),
    fields.description && el("p", { class: "geo-record-text", dir: "auto" }, fields.description),
    disagreements(model, i, fields, sources),
    fields.note && el("p", { class: "geo-record-note", dir: "auto" }, el("b", {}, t("record.note")), " ", fields.note),
    sourceList(fields.sources, sources),
  );
}

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

function facts(fields) {
  const rows = [
    ["record.when", when(fields)],
    ["record.where", where(fields)],
    ["record.parties", parties(fields)],
    [
      "record.killed",
      describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high) ||
        (fields.kind === "incident" ? t("figure.unknown") : null),
    ],
    ["record.injured", describe.figure(fields.injuries_low, fields.injuries_best, fields.injuries_high)],
    ["record.value", fields.value === null ? null : [i18n.number(fields.value), " ", el("bdi", {}, fields.unit ?? "")]],
    ["record.tier", i18n.word("tier", fields.tier)],
    ["record.status", status(fields)],
  ];
  return el(
    "dl",
    { class: "geo-facts" },
    rows
      .filter(([, text]) => text && text.length !== 0)
      .map(([key, text]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, text))),
  );
}

function when(fields) {
  const precision =
    fields.date_precision && fields.date_precision !== "unknown"
      ? i18n.word("date_precision", fields.date_precision)
      : "";
  const how = [precision, fields.date_inferred && t("date.inferred")].filter(Boolean).join("; ");
  return [describe.when(fields), how && el("span", { class: "geo-how" }, how)];
}

function where(fields) {
  const how = fields.geo_precision ? i18n.word("geo_precision", fields.geo_precision) : "";
  return [places(fields), how && el("span", { class: "geo-how" }, how)];
}

/** Names of any script, each kept from turning the others round. */
function places(fields) {
  return describe.where(fields).flatMap((name, k) => [k ? ", " : "", el("bdi", {}, name)]);
}

function parties({ kind, actor1, actor2, group }) {
  if (kind !== "incident") return group ? el("bdi", {}, group) : null;
  const names = [actor1 || group, actor2].filter(Boolean);
  return names.flatMap((name, k) => [k ? ` ${t("record.against")} ` : "", el("bdi", {}, name)]);
}

function status({ status: word, claimed_by: claimed, denied_by: denied }) {
  const parts = [
    i18n.word("status", word),
    claimed && t("record.claimed_by", { name: claimed }),
    denied && t("record.denied_by", { name: denied }),
  ];
  return parts.filter(Boolean).flatMap((part, k) => [k ? "; " : "", el("bdi", {}, part)]);
}

/** @type {[string, (fields: any) => any, ((fields: any) => any)?][]} Key of the name; what is compared; what is shown. */
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

/** Records that contradict this one, value against value with who says which; and records that may be the same event. */
function disagreements(model, i, fields, sources) {
  const out = [...model.store.links("conflicts_with", i)]
    .filter((other) => other >= 0)
    .map((other) => {
      const theirs = recordFields(model.store, other);
      const differing = COMPARED.filter(([, read]) => read(fields) !== read(theirs));
      return el(
        "section",
        { class: "geo-conflict" },
        el("h3", {}, t("record.conflict")),
        el(
          "table",
          {},
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              el("td", {}),
              el("th", { scope: "col" }, sourceNames(fields, sources)),
              el("th", { scope: "col" }, sourceNames(theirs, sources)),
            ),
          ),
          el(
            "tbody",
            {},
            differing.map(([key, read, show = read]) =>
              el(
                "tr",
                {},
                el("th", { scope: "row" }, t(key)),
                [fields, theirs].map((side) => el("td", {}, show(side))),
              ),
            ),
          ),
        ),
        other !== i && jump(model, other, t("record.other")),
      );
    });
  const same = [...model.store.links("same_as", i)].filter((other) => other >= 0);
  if (same.length) {
    out.push(
      el(
        "section",
        { class: "geo-same" },
        el("h3", {}, t("record.same_as")),
        el(
          "ul",
          {},
          same.map((other) => el("li", {}, jump(model, other))),
        ),
      ),
    );
  }
  return out;
}

function jump(model, i, text) {
  return button("geo-link-button", { text: text ?? model.store.text("title", i), dir: "auto" }, () => model.select(i));
}

function sourceNames({ sources: cited }, sources) {
  return el(
    "bdi",
    {},
    cited.map(({ source }) => sources.get(source)?.publisher || sources.get(source)?.title || source).join(", "),
  );
}

function sourceList(cited, sources) {
  if (!cited.length) return el("p", { class: "geo-how" }, t("record.no_source"));
  return el(
    "section",
    { class: "geo-cited" },
    el("h3", {}, t("record.sources")),
    el(
      "ul",
      {},
      cited.map(({ source, paragraph }) => {
        const line = sources.get(source) ?? {};
        const details = [
          line.publisher,
          line.published,
          paragraph && t("record.paragraph", { number: String(paragraph) }),
        ].filter(Boolean);
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

/** The records of one place, each a button that opens it. */
export function recordList(model, records) {
  return el(
    "article",
    { class: "geo-record" },
    el("h2", { class: "geo-record-title", tabindex: "-1" }, t("record.here", { count: records.length })),
    el(
      "ul",
      { class: "geo-here" },
      records.slice(0, 200).map((i) => {
        const fields = briefFields(model.store, i);
        return el(
          "li",
          {},
          button("geo-link-button", { text: fields.title, dir: "auto" }, () =>
            model.select(i, { latlng: model.selection?.latlng }),
          ),
          el("span", { class: "geo-how" }, describe.whenShort(fields)),
        );
      }),
    ),
    records.length > 200 && el("p", { class: "geo-how" }, t("record.more_here", { count: records.length - 200 })),
  );
}
