/* What a mark says: one record in full, or the records of a cluster as a list. */
(function (geo) {
  "use strict";

  geo.controls ??= {};

  /** The article that shows a record; `sources` maps a source's key to its line in about.sources. */
  geo.recordArticle = function (model, i, sources) {
    const fields = geo.record(model.store, i);
    return geo.el(
      "article",
      { class: "geo-record" },
      geo.el("p", { class: "geo-kicker" }, kicker(model, fields)),
      geo.el("h2", { class: "geo-record-title", dir: "auto", tabindex: "-1" }, fields.title),
      facts(fields),
      fields.description && geo.el("p", { class: "geo-record-text", dir: "auto" }, fields.description),
      disagreements(model, i, fields, sources),
      fields.note && geo.el("p", { class: "geo-record-note", dir: "auto" }, geo.el("b", {}, geo.t("record.note")), " ", fields.note),
      sourceList(fields.sources, sources),
    );
  };

  function kicker(model, { kind, event_type, sub_event_type, role, group, measure }) {
    if (kind === "incident") {
      return [
        event_type && geo.el("span", { class: "geo-dot", style: { "background-color": model.palette(event_type) }, "aria-hidden": "true" }),
        geo.el(
          "bdi",
          {},
          [geo.i18n.word("event_type", event_type), geo.i18n.word("sub_event_type", sub_event_type)].filter(Boolean).join(" · ") ||
            geo.t("kind.incident"),
        ),
      ];
    }
    if (kind === "stronghold")
      return geo.el("bdi", {}, [geo.i18n.word("role", role) || geo.t("kind.stronghold"), group].filter(Boolean).join(" · "));
    return geo.el("bdi", {}, [geo.t("kind.statistic"), measure].filter(Boolean).join(" · "));
  }

  function facts(fields) {
    const rows = [
      ["record.when", when(fields)],
      ["record.where", where(fields)],
      ["record.parties", parties(fields)],
      [
        "record.killed",
        geo.describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high) ||
          (fields.kind === "incident" ? geo.t("figure.unknown") : null),
      ],
      ["record.injured", geo.describe.figure(fields.injuries_low, fields.injuries_best, fields.injuries_high)],
      ["record.value", fields.value === null ? null : [geo.i18n.number(fields.value), " ", geo.el("bdi", {}, fields.unit ?? "")]],
      ["record.tier", geo.i18n.word("tier", fields.tier)],
      ["record.status", status(fields)],
    ];
    return geo.el(
      "dl",
      { class: "geo-facts" },
      rows
        .filter(([, text]) => text && text.length !== 0)
        .map(([key, text]) => geo.el("div", {}, geo.el("dt", {}, geo.t(key)), geo.el("dd", {}, text))),
    );
  }

  function when(fields) {
    const precision =
      fields.date_precision && fields.date_precision !== "unknown" ? geo.i18n.word("date_precision", fields.date_precision) : "";
    const how = [precision, fields.date_inferred && geo.t("date.inferred")].filter(Boolean).join("; ");
    return [geo.describe.when(fields), how && geo.el("span", { class: "geo-how" }, how)];
  }

  function where(fields) {
    const how = fields.geo_precision ? geo.i18n.word("geo_precision", fields.geo_precision) : "";
    return [places(fields), how && geo.el("span", { class: "geo-how" }, how)];
  }

  /** Names of any script, each kept from turning the others round. */
  function places(fields) {
    return geo.describe.where(fields).flatMap((name, k) => [k ? ", " : "", geo.el("bdi", {}, name)]);
  }

  function parties({ kind, actor1, actor2, group }) {
    if (kind !== "incident") return group ? geo.el("bdi", {}, group) : null;
    const names = [actor1 || group, actor2].filter(Boolean);
    return names.flatMap((name, k) => [k ? ` ${geo.t("record.against")} ` : "", geo.el("bdi", {}, name)]);
  }

  function status({ status: word, claimed_by: claimed, denied_by: denied }) {
    const parts = [
      geo.i18n.word("status", word),
      claimed && geo.t("record.claimed_by", { name: claimed }),
      denied && geo.t("record.denied_by", { name: denied }),
    ];
    return parts.filter(Boolean).flatMap((part, k) => [k ? "; " : "", geo.el("bdi", {}, part)]);
  }

  const COMPARED = [
    ["record.when", (fields) => geo.describe.when(fields)],
    ["record.where", (fields) => geo.describe.where(fields).join(", "), (fields) => places(fields)],
    [
      "record.killed",
      (fields) => geo.describe.figure(fields.fatalities_low, fields.fatalities_best, fields.fatalities_high) || geo.t("figure.unknown"),
    ],
    [
      "record.injured",
      (fields) => geo.describe.figure(fields.injuries_low, fields.injuries_best, fields.injuries_high) || geo.t("figure.unknown"),
    ],
    ["record.value", (fields) => (fields.value === null ? "" : `${geo.i18n.number(fields.value)} ${fields.unit ?? ""}`)],
    ["record.status", (fields) => geo.i18n.word("status", fields.status)],
  ];

  /** Records that contradict this one, value against value with who says which; and records that may be the same event. */
  function disagreements(model, i, fields, sources) {
    const out = [...model.store.links("conflicts_with", i)]
      .filter((other) => other >= 0)
      .map((other) => {
        const theirs = geo.record(model.store, other);
        const differing = COMPARED.filter(([, read]) => read(fields) !== read(theirs));
        return geo.el(
          "section",
          { class: "geo-conflict" },
          geo.el("h3", {}, geo.t("record.conflict")),
          geo.el(
            "table",
            {},
            geo.el(
              "thead",
              {},
              geo.el(
                "tr",
                {},
                geo.el("td", {}),
                geo.el("th", { scope: "col" }, sourceNames(fields, sources)),
                geo.el("th", { scope: "col" }, sourceNames(theirs, sources)),
              ),
            ),
            geo.el(
              "tbody",
              {},
              differing.map(([key, read, show = read]) =>
                geo.el(
                  "tr",
                  {},
                  geo.el("th", { scope: "row" }, geo.t(key)),
                  [fields, theirs].map((side) => geo.el("td", {}, show(side))),
                ),
              ),
            ),
          ),
          other !== i && jump(model, other, geo.t("record.other")),
        );
      });
    const same = [...model.store.links("same_as", i)].filter((other) => other >= 0);
    if (same.length) {
      out.push(
        geo.el(
          "section",
          { class: "geo-same" },
          geo.el("h3", {}, geo.t("record.same_as")),
          geo.el(
            "ul",
            {},
            same.map((other) => geo.el("li", {}, jump(model, other))),
          ),
        ),
      );
    }
    return out;
  }

  function jump(model, i, text) {
    return geo.button("geo-link-button", { text: text ?? model.store.text("title", i), dir: "auto" }, () => model.select(i));
  }

  function sourceNames({ sources: cited }, sources) {
    return geo.el("bdi", {}, cited.map(({ source }) => sources.get(source)?.publisher || sources.get(source)?.title || source).join(", "));
  }

  function sourceList(cited, sources) {
    if (!cited.length) return geo.el("p", { class: "geo-how" }, geo.t("record.no_source"));
    return geo.el(
      "section",
      { class: "geo-cited" },
      geo.el("h3", {}, geo.t("record.sources")),
      geo.el(
        "ul",
        {},
        cited.map(({ source, paragraph }) => {
          const line = sources.get(source) ?? {};
          const details = [line.publisher, line.published, paragraph && geo.t("record.paragraph", { number: String(paragraph) })].filter(
            Boolean,
          );
          return geo.el(
            "li",
            {},
            geo.link(line.url, line.title || source),
            details.length > 0 && geo.el("span", { class: "geo-how" }, geo.el("bdi", {}, details.join(", "))),
          );
        }),
      ),
    );
  }

  /** The records of one place, each a button that opens it. */
  geo.recordList = function (model, records) {
    return geo.el(
      "article",
      { class: "geo-record" },
      geo.el("h2", { class: "geo-record-title", tabindex: "-1" }, geo.t("record.here", { count: records.length })),
      geo.el(
        "ul",
        { class: "geo-here" },
        records.slice(0, 200).map((i) => {
          const fields = geo.briefly(model.store, i);
          return geo.el(
            "li",
            {},
            geo.button("geo-link-button", { text: fields.title, dir: "auto" }, () => model.select(i, { latlng: model.selection?.latlng })),
            geo.el("span", { class: "geo-how" }, geo.describe.whenShort(fields)),
          );
        }),
      ),
      records.length > 200 && geo.el("p", { class: "geo-how" }, geo.t("record.more_here", { count: records.length - 200 })),
    );
  };
})((globalThis.geo ??= {}));
