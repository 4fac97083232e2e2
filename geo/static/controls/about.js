/* "About this map": where it comes from, what it cannot say, and how to cite it. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  geo.controls.about = function (options) {
    const about = options.about ?? {};
    const title = geo.el("h2", { id: "geo-about-title" }, geo.t("about.title"));
    const body = geo.el("div", { class: "geo-dialog-body", tabindex: "0", role: "region", "aria-labelledby": "geo-about-title" });
    const element = geo.dialog("geo-about", title, body);
    let filled = false;

    function open() {
      if (!filled) body.append(...content(about));
      filled = true;
      element.showModal();
    }

    return { element, open, destroy: () => element.remove() };
  };

  function content(about) {
    return [
      paragraph("about.data_date", about.data_date),
      paragraph("about.attribution", about.attribution),
      paragraph("about.boundaries", about.boundaries),
      about.limits &&
        section(
          "about.limits",
          [].concat(about.limits).map((line) => geo.el("p", { dir: "auto" }, line)),
        ),
      section(
        "about.counting",
        ["about.counting_years", "about.counting_place", "about.counting_figures", "about.counting_same"].map((key) =>
          geo.el("p", {}, geo.t(key)),
        ),
      ),
      about.citation && section("about.citation", geo.el("p", { class: "geo-citation", dir: "auto" }, about.citation)),
      sources(about.sources ?? []),
      scripts(about.scripts ?? []),
    ].filter(Boolean);
  }

  function paragraph(key, text) {
    return text && section(key, geo.el("p", { dir: "auto" }, text));
  }

  function section(key, children) {
    return geo.el("section", {}, geo.el("h3", {}, geo.t(key)), children);
  }

  function sources(lines) {
    if (!lines.length) return null;
    return section(
      "about.sources",
      geo.el(
        "ol",
        { class: "geo-sources" },
        lines.map((line) => {
          const by = [line.author, line.publisher, line.published].filter(Boolean).join(", ");
          return geo.el(
            "li",
            {},
            geo.link(line.url, line.title || line.source),
            " ",
            geo.el("span", { class: "geo-how" }, geo.el("bdi", {}, by), by && " · ", geo.t("about.records", { count: line.count ?? 0 })),
          );
        }),
      ),
    );
  }

  function scripts(lines) {
    if (!lines.length) return null;
    return section(
      "about.scripts",
      geo.el(
        "ul",
        { class: "geo-scripts" },
        lines.map(({ name, version, licence, sha256 }) =>
          geo.el(
            "li",
            {},
            `${name} ${version}, ${licence}`,
            sha256 && geo.el("span", { class: "geo-how" }, "SHA-256 ", geo.el("code", {}, sha256)),
          ),
        ),
      ),
    );
  }

  /** A modal with a title and a close button; the browser keeps the focus in it, Escape closes, and focus goes back. */
  geo.dialog = function (name, title, ...children) {
    const dialog = geo.el(
      "dialog",
      { class: `geo-dialog ${name}`, "aria-labelledby": title.id, onclick: (event) => event.target === dialog && dialog.close() },
      geo.el(
        "div",
        { class: "geo-dialog-head" },
        title,
        geo.button("geo-close", { icon: "close", label: geo.t("close") }, () => dialog.close()),
      ),
      children,
    );
    return dialog;
  };
})((globalThis.geo ??= {}));
