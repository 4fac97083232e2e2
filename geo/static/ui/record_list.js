/* The list of the records of one place, such as a cluster. */

import { t } from "../core/i18n.js";
import * as describe from "./describe.js";
import { briefFields } from "./describe.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */

const MOST_LISTED = 200; // the list control has all

/**
 * The records of one place, each a button that opens it.
 * @param {Model} model
 * @param {number[]} records
 * @returns {HTMLElement}
 */
export function recordList(model, records) {
  return el(
    "article",
    { class: "geo-record" },
    el("h2", { class: "geo-record-title", tabindex: "-1" }, t("record.here", { count: records.length })),
    el(
      "ul",
      { class: "geo-here" },
      records.slice(0, MOST_LISTED).map((i) => {
        const fields = briefFields(model.store, i);
        return el(
          "li",
          {},
          button("geo-link-button", { text: fields.title, dir: "auto" }, () =>
            model.select(i, { latlng: model.selection?.latlng ?? undefined }),
          ),
          el("span", { class: "geo-how" }, describe.whenShort(fields)),
        );
      }),
    ),
    records.length > MOST_LISTED &&
      el("p", { class: "geo-how" }, t("record.more_here", { count: records.length - MOST_LISTED })),
  );
}
