/* What a reader takes away: a link, the code of an iframe, the records shown, a picture. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  geo.controls.take = function (model, options, { map, share }) {
    const status = geo.el("p", { class: "geo-take-status", role: "status" });
    const dialog = embedDialog(share, options);
    const say = (key, values, more = "") => geo.setText(status, [geo.t(key, values), more].filter(Boolean).join(". "));
    const name = () => geo.fileName(options.title || "map", model.state.years);

    async function copyLink() {
      const address = share.address();
      say(address && (await geo.copy(address)) ? "take.copied" : "take.no_link");
    }

    async function picture() {
      const blob = await geo.picture(model, map, options);
      geo.save(`${name()}.png`, blob);
      say("take.saved", { name: `${name()}.png` });
    }

    async function table(type, suffix, write) {
      await model.store.texts;
      const records = geo.shownRecords(model);
      geo.save(`${name()}.${suffix}`, new Blob([write(records)], { type }));
      say("take.saved_records", { name: `${name()}.${suffix}`, count: records.length }, geo.describeRest.without(model, "not_saved"));
    }

    const element = geo.el(
      "section",
      { class: "geo-section geo-take", "aria-label": geo.t("take.region") },
      geo.el("h2", {}, geo.t("take.title")),
      geo.el(
        "div",
        { class: "geo-take-buttons" },
        geo.button("geo-copy-link", { icon: "link", text: geo.t("take.link") }, copyLink),
        geo.button("geo-embed-open", { icon: "embed", text: geo.t("take.embed"), "aria-haspopup": "dialog" }, dialog.open),
        geo.button("geo-csv", { icon: "download", text: "CSV", "aria-label": geo.t("take.csv") }, () =>
          table("text/csv;charset=utf-8", "csv", geo.csv),
        ),
        geo.button("geo-geojson", { icon: "download", text: "GeoJSON", "aria-label": geo.t("take.geojson") }, () =>
          table("application/geo+json", "geojson", geo.geojson),
        ),
        geo.button("geo-png", { icon: "download", text: "PNG", "aria-label": geo.t("take.png") }, picture),
      ),
      status,
      dialog.element,
    );
    return { element, destroy() {} };
  };

  /** The iframe of the present view: as wide as its column, as high as the page says, with a title for screen readers. */
  geo.embedCode = function (address, title, height) {
    const escape = (text) => text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
    return `<iframe src="${escape(address)}" title="${escape(title)}" width="100%" height="${height}" style="border:0" loading="lazy" allowfullscreen></iframe>`;
  };

  function embedDialog(share, options) {
    const title = geo.el("h2", { id: "geo-embed-title" }, geo.t("take.embed_title"));
    const code = geo.el("textarea", {
      class: "geo-code",
      readonly: true,
      rows: "4",
      dir: "ltr",
      spellcheck: "false",
      "aria-label": geo.t("take.embed_code"),
    });
    const status = geo.el("p", { class: "geo-how", role: "status" });
    const copy = geo.button("geo-primary", { text: geo.t("take.copy") }, async () =>
      geo.setText(status, geo.t((await geo.copy(code.value)) ? "take.copied_code" : "take.select_code")),
    );
    const element = geo.dialog(
      "geo-embed-dialog",
      title,
      geo.el("div", { class: "geo-dialog-body" }, geo.el("p", {}, geo.t("take.embed_help")), code, copy, status),
    );

    function open() {
      code.value = geo.embedCode(share.address({ embed: true }) ?? "map.html?embed=1", options.title || geo.t("title"), 480);
      geo.setText(status, "");
      element.showModal();
      code.focus();
      code.select();
    }

    return { element, open };
  }

  /** Put text on the clipboard; false where the browser does not let a page do it. */
  geo.copy = async function (text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text); // no permission, or a page without a secure origin
    }
  };

  function copyBySelection(text) {
    const area = geo.el("textarea", { class: "geo-visually-hidden", readonly: true });
    const before = document.activeElement;
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    before?.focus();
    return copied;
  }

  /** Offer a file to the reader; nothing leaves the machine. */
  geo.save = function (name, blob) {
    const url = URL.createObjectURL(blob);
    geo.el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };

  /** "Attacks in Kunar" and 2021-2023 -> "attacks-in-kunar-2021-2023". */
  geo.fileName = function (title, years) {
    const words = title
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60);
    return [words || "map", years && [...new Set(years)].join("-")].filter(Boolean).join("-");
  };
})((globalThis.geo ??= {}));
