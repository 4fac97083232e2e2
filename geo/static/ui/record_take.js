/* What a reader can take away of one record: a citation, a link, and a report of a mistake to send to whoever made the map. */

import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { recordFields } from "./describe.js";
import { button, el, setText } from "./dom.js";
import { copyText } from "./files.js";
import { byArticle } from "./sources.js";

/** @typedef {import("../types/data.d.ts").RecordFields} RecordFields */
/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Share} Share */
/** @typedef {import("../types/page.d.ts").Sources} Sources */

/**
 * The section below a record: its citation in full, and buttons that copy citation, link and report.
 * @param {Model} model
 * @param {number} i
 * @param {Options} options
 * @param {Sources} sources
 * @param {Share} share
 */
export function recordTake(model, i, options, sources, share) {
  const fields = recordFields(model.store, i);
  const citation = citationOf(fields, options, sources);
  const status = el("p", { class: "geo-how", role: "status" });
  /**
   * @param {string} name
   * @param {() => string | null} text
   * @param {string} done
   */
  const copier = (name, text, done) =>
    button(`geo-take-${name}`, { text: t(`cite.${name}`) }, async () => {
      const wanted = text();
      setText(status, t(wanted && (await copyText(wanted)) ? done : "cite.not_copied"));
    });
  return el(
    "details",
    { class: "geo-record-take" },
    el("summary", {}, t("cite.title")),
    el("p", { class: "geo-citation", dir: "auto" }, citation),
    el(
      "div",
      { class: "geo-take-buttons" },
      copier("copy", () => citation, "cite.copied"),
      copier("link", () => share.address(), "take.copied"),
      copier("report", () => report(fields, options, share), "cite.reported"),
    ),
    status,
  );
}

/**
 * “Title”, when, where. Source, paragraph. Record ID. The map, and the digest of its data.
 * @param {RecordFields} fields
 * @param {Options} options
 * @param {Sources} sources
 */
function citationOf(fields, options, sources) {
  const about = options.about ?? {};
  const cited = byArticle(fields.sources).map(({ source, where }) => {
    const line = sources.get(source);
    const parts = [line?.author, line?.title || source, line?.publisher, line?.published, where, line?.url];
    return parts.filter(Boolean).join(", ");
  });
  const head = [`“${fields.title}”`, describe.when(fields), describe.where(fields).join(", ")];
  const record = t("cite.record", { id: fields.id ?? "" });
  const digest = about.digest && t("cite.digest", { digest: about.digest.slice(0, 12) });
  const map = about.citation || options.title || t("title");
  return [
    head.filter(Boolean).join(", "),
    ...cited,
    record,
    map.replace(/\.$/, ""),
    map.includes("page data") ? "" : digest,
  ]
    .filter(Boolean)
    .map((part) => `${part}.`)
    .join(" ");
}

/**
 * A letter to fill in: which record of which data is meant, and room for what is wrong.
 * @param {RecordFields} fields
 * @param {Options} options
 * @param {Share} share
 */
function report(fields, options, share) {
  return [
    t("report.head"),
    `${t("report.record")}: ${fields.id}`,
    `${t("report.title")}: ${fields.title}`,
    `${t("report.data")}: SHA-256 ${options.about?.digest ?? "–"}`,
    `${t("report.map")}: ${[options.title || t("title"), share.address()].filter(Boolean).join(", ")}`,
    `${t("report.wrong")}: `,
    `${t("report.source")}: `,
    "",
  ].join("\n");
}
