/* Share and download: a link, the code of an iframe, the records shown as a table or GeoJSON, a picture. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { createDialog } from "../ui/dialog.js";
import { button, el, setText } from "../ui/dom.js";
import { embedCode } from "../ui/embed.js";
import { csv, geojson, shownRecords } from "../ui/export.js";
import { copyText, fileName, saveFile } from "../ui/files.js";
import { makePicture } from "../ui/picture.js";
import { filterWords, shownNow } from "../ui/shown.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Share} Share */
/** @typedef {ReturnType<typeof shownRecords>} Records */

const EMBED_PX = 480; // height in the code; the page sends its host the height for the host's width

/**
 * The section with the buttons for sharing and saving, and a line that says what they did.
 * @param {Model} model
 * @param {Options} options
 * @param {{ map: import("leaflet").Map, share: Share }} page
 * @returns {Control}
 */
export function createDownloads(model, options, { map, share }) {
  const status = el("p", { class: "geo-take-status", role: "status" });
  const dialog = embedDialog(model, share, options);
  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   * @param {string} [more]
   */
  const say = (key, values, more = "") => setText(status, [t(key, values), more].filter(Boolean).join(". "));
  const name = () => fileName(options.title || "map", model.state.years, filterWords(model) !== "");

  async function copyLink() {
    const address = share.address();
    say(address && (await copyText(address)) ? "take.copied" : "take.no_link");
  }

  async function picture() {
    const blob = await makePicture(model, map, options);
    saveFile(`${name()}.png`, blob);
    say("take.saved", { name: `${name()}.png` });
  }

  /**
   * @param {string} type Media type.
   * @param {string} suffix
   * @param {(records: Records) => string} write
   */
  async function table(type, suffix, write) {
    await model.store.texts;
    const records = shownRecords(model);
    saveFile(`${name()}.${suffix}`, new Blob([write(records)], { type }));
    say(
      "take.saved_records",
      { name: `${name()}.${suffix}`, count: records.records.length },
      binText.missing(model, "not_saved"),
    );
  }

  const element = el(
    "section",
    { class: "geo-section geo-take", "aria-label": t("take.region") },
    el("h2", {}, t("take.title")),
    el(
      "div",
      { class: "geo-take-buttons" },
      button("geo-copy-link", { icon: "link", text: t("take.link") }, copyLink),
      button("geo-embed-open", { icon: "embed", text: t("take.embed"), "aria-haspopup": "dialog" }, dialog.open),
      button("geo-csv", { icon: "download", text: "CSV", "aria-label": t("take.csv") }, () =>
        table("text/csv;charset=utf-8", "csv", csv),
      ),
      button("geo-geojson", { icon: "download", text: "GeoJSON", "aria-label": t("take.geojson") }, () =>
        table("application/geo+json", "geojson", geojson),
      ),
      button("geo-png", { icon: "download", text: "PNG", "aria-label": t("take.png") }, picture),
    ),
    status,
    dialog.element,
  );
  return { element, destroy() {} };
}

/**
 * A dialog with the code that embeds the present view.
 * @param {Model} model
 * @param {Share} share
 * @param {Options} options
 */
function embedDialog(model, share, options) {
  const title = el("h2", { id: "geo-embed-title" }, t("take.embed_title"));
  const code = el("textarea", {
    class: "geo-code",
    readonly: true,
    rows: "4",
    dir: "ltr",
    spellcheck: "false",
    "aria-label": t("take.embed_code"),
  });
  const status = el("p", { class: "geo-how", role: "status" });
  const warning = el("p", { class: "geo-warning", hidden: true }, t("take.embed_file"));
  const copy = button("geo-primary", { text: t("take.copy") }, async () =>
    setText(status, t((await copyText(code.value)) ? "take.copied_code" : "take.select_code")),
  );
  const element = createDialog(
    "geo-embed-dialog",
    title,
    el("div", { class: "geo-dialog-body" }, el("p", {}, t("take.embed_help")), warning, code, copy, status),
  );

  function open() {
    const address = share.address({ embed: true }) ?? "map.html?embed=1";
    // The title of an iframe is its alternative text.
    code.value = embedCode(address, `${options.title || t("title")}: ${shownNow(model)}`, EMBED_PX);
    setText(status, "");
    warning.hidden = !address.startsWith("file:");
    element.showModal();
    code.focus();
    code.select();
  }

  return { element, open };
}
