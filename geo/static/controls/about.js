/* "About this map": where it comes from, what it cannot say, and how to cite it. */

import { t } from "../core/i18n.js";
import { createDialog } from "../ui/dialog.js";
import { el, link } from "../ui/dom.js";
import { dataDate } from "../ui/shown.js";

/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").SourceLine} SourceLine */
/** @typedef {NonNullable<Options["about"]>} About */

/**
 * A dialog about the data; `open()` fills it the first time and shows it.
 * @param {Options} options
 */
export function createAbout(options) {
  const title = el("h2", { id: "geo-about-title" }, t("about.title"));
  const body = el("div", {
    class: "geo-dialog-body",
    tabindex: "0",
    role: "region",
    "aria-labelledby": "geo-about-title",
  });
  const element = createDialog("geo-about", title, body);

  function open() {
    if (!body.hasChildNodes()) body.append(...content(options));
    element.showModal();
  }

  return { element, open, destroy: () => element.remove() };
}

/**
 * @param {Options} options
 * @returns {HTMLElement[]}
 */
function content(options) {
  const { about = {} } = options;
  return [
    paragraph("about.data_date", dataDate(options)),
    paragraph("about.attribution", about.attribution),
    paragraph("about.boundaries", about.boundaries),
    about.limits
      ? section(
          "about.limits",
          [about.limits].flat().map((line) => el("p", { dir: "auto" }, line)),
        )
      : null,
    section(
      "about.counting",
      ["about.counting_years", "about.counting_place", "about.counting_figures", "about.counting_same"].map((key) =>
        el("p", {}, t(key)),
      ),
    ),
    about.citation ? section("about.citation", el("p", { class: "geo-citation", dir: "auto" }, about.citation)) : null,
    sources(about.sources ?? []),
    scripts(about.scripts ?? []),
  ].filter((part) => part !== null);
}

/**
 * @param {string} key
 * @param {string} [text]
 * @returns {HTMLElement | null}
 */
function paragraph(key, text) {
  return text ? section(key, el("p", { dir: "auto" }, text)) : null;
}

/**
 * @param {string} key
 * @param {Child} children
 */
function section(key, children) {
  return el("section", {}, el("h3", {}, t(key)), children);
}

/**
 * @param {SourceLine[]} lines
 * @returns {HTMLElement | null}
 */
function sources(lines) {
  if (!lines.length) return null;
  return section(
    "about.sources",
    el(
      "ol",
      { class: "geo-sources" },
      lines.map((line) => {
        const by = [line.author, line.publisher, line.published].filter(Boolean).join(", ");
        return el(
          "li",
          {},
          link(line.url, line.title || line.source),
          " ",
          el(
            "span",
            { class: "geo-how" },
            el("bdi", {}, by),
            by && " · ",
            t("about.records", { count: line.count ?? 0 }),
          ),
        );
      }),
    ),
  );
}

/**
 * @param {NonNullable<About["scripts"]>} lines
 * @returns {HTMLElement | null}
 */
function scripts(lines) {
  if (!lines.length) return null;
  return section(
    "about.scripts",
    el(
      "ul",
      { class: "geo-scripts" },
      lines.map(({ name, version, licence, sha256 }) =>
        el(
          "li",
          {},
          `${name} ${version}, ${licence}`,
          sha256 && el("span", { class: "geo-how" }, "SHA-256 ", el("code", {}, sha256)),
        ),
      ),
    ),
  );
}
