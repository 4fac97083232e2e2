/* "About this map": where it comes from, what it cannot say, and how to cite it. */

import { t } from "../core/i18n.js";
import { createDialog } from "../ui/dialog.js";
import { el, link } from "../ui/dom.js";

export function createAbout(options) {
  const about = options.about ?? {};
  const title = el("h2", { id: "geo-about-title" }, t("about.title"));
  const body = el("div", {
    class: "geo-dialog-body",
    tabindex: "0",
    role: "region",
    "aria-labelledby": "geo-about-title",
  });
  const element = createDialog("geo-about", title, body);
  let filled = false;

  function open() {
    if (!filled) body.append(...content(about));
    filled = true;
    element.showModal();
  }

  return { element, open, destroy: () => element.remove() };
}

function content(about) {
  return [
    paragraph("about.data_date", about.data_date),
    paragraph("about.attribution", about.attribution),
    paragraph("about.boundaries", about.boundaries),
    about.limits &&
      section(
        "about.limits",
        [].concat(about.limits).map((line) => el("p", { dir: "auto" }, line)),
      ),
    section(
      "about.counting",
      ["about.counting_years", "about.counting_place", "about.counting_figures", "about.counting_same"].map((key) =>
        el("p", {}, t(key)),
      ),
    ),
    about.citation && section("about.citation", el("p", { class: "geo-citation", dir: "auto" }, about.citation)),
    sources(about.sources ?? []),
    scripts(about.scripts ?? []),
  ].filter(Boolean);
}

function paragraph(key, text) {
  return text && section(key, el("p", { dir: "auto" }, text));
}

function section(key, children) {
  return el("section", {}, el("h3", {}, t(key)), children);
}

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
