/* Filters besides the years: event type, group, precision, cross-border; each option with its count under the other filters. */
(function (geo) {
  "use strict";

  geo.controls ??= {};
  const NONE = { event_type: [], group: [], precision: "all", cross_border: false, text: "" };
  const EXACT = ["site", "city"];
  const FIRST = 8; // options shown before "show all"

  geo.controls.filters = function (model) {
    const set = (filters) => model.set({ filters: { ...model.state.filters, ...filters } }, { source: "filters" });
    const lists = ["event_type", "group"].map((column) => wordList(model, column, set));
    const exact = flag("filter.exact", (on) => set({ precision: on ? "exact" : "all" }));
    const abroad = flag("filter.cross_border", (on) => set({ cross_border: on }));
    const searched = geo.el("p", { class: "geo-searched", dir: "auto" });
    const reset = geo.button("geo-reset", { text: geo.t("filter.reset") }, () => set({ ...NONE }));
    const element = geo.el(
      "section",
      { class: "geo-section geo-filters", "aria-label": geo.t("filter.region") },
      geo.el("div", { class: "geo-section-head" }, geo.el("h2", {}, geo.t("filter.title")), reset),
      lists.map((list) => list.element),
      model.rest && geo.el("p", { class: "geo-how" }, geo.t("rest.groups")),
      exact.element,
      abroad.element,
      searched,
    );

    function update() {
      const { filters } = model.state;
      const { facets } = model.derived;
      for (const list of lists) list.update();
      exact.update(
        filters.precision === "exact",
        EXACT.reduce((sum, word) => sum + (facets.precision.get(word) ?? 0), 0),
      );
      abroad.update(filters.cross_border, facets.cross_border);
      searched.hidden = !filters.text;
      geo.setText(searched, geo.t("filter.text", { text: filters.text }));
      reset.disabled = !active(filters);
    }

    const stop = model.on("change", ({ changed }) => (changed.has("years") || changed.has("filters")) && update());
    update();
    return { element, destroy: stop };
  };

  /** Whether any filter besides the years is set. */
  function active(filters) {
    return (
      filters.event_type.length > 0 ||
      filters.group.length > 0 ||
      filters.precision !== "all" ||
      filters.cross_border ||
      filters.text !== ""
    );
  }

  function checkbox(onchange) {
    return geo.el("input", { type: "checkbox", onchange });
  }

  function flag(key, onchange) {
    const input = checkbox(() => onchange(input.checked));
    const count = geo.el("span", { class: "geo-count" });
    return {
      element: geo.el("label", { class: "geo-option" }, input, geo.el("span", { class: "geo-entry-name" }, geo.t(key)), count),
      update(on, number) {
        input.checked = on;
        geo.setText(count, geo.i18n.number(number));
      },
    };
  }

  /** The options of one column, the most frequent at the start first; the order stays while counts change. */
  function wordList(model, column, set) {
    const words = byFrequency(model.derived.facets[column]);
    const state = geo.el("span", { class: "geo-filter-state", dir: "auto" });
    const options = geo.el("div", { class: "geo-options", role: "group", "aria-label": geo.t(`filter.${column}`) });
    const element = geo.el(
      "details",
      { class: "geo-filter" },
      geo.el("summary", {}, geo.el("span", {}, geo.t(`filter.${column}`)), state),
      options,
    );
    const rows = words.map((word, k) => row(word, k));
    const more = geo.button("geo-more", { text: geo.t("filter.more", { count: words.length }) }, () => {
      for (const one of rows) one.element.hidden = false;
      more.remove();
    });
    options.append(...rows.map((one) => one.element));
    if (words.length > FIRST) options.append(more);
    element.hidden = words.length === 0;

    function row(word, k) {
      const input = checkbox(() => {
        const others = model.state.filters[column].filter((other) => other !== word);
        set({ [column]: input.checked ? [...others, word] : others });
      });
      const count = geo.el("span", { class: "geo-count" });
      const label = geo.el(
        "label",
        { class: "geo-option", hidden: k >= FIRST },
        input,
        geo.el("span", { class: "geo-entry-name", dir: "auto" }, geo.i18n.word(column, word)),
        count,
      );
      return { element: label, word, input, count };
    }

    return {
      element,
      update() {
        const chosen = model.state.filters[column];
        const counts = model.derived.facets[column];
        for (const { element: label, word, input, count } of rows) {
          const number = counts.get(word) ?? 0;
          input.checked = chosen.includes(word);
          if (input.checked) label.hidden = false;
          label.classList.toggle("geo-none", number === 0);
          geo.setText(count, geo.i18n.number(number));
        }
        geo.setText(state, chosen.length ? chosen.map((word) => geo.i18n.word(column, word)).join(", ") : geo.t("filter.all"));
      },
    };
  }

  function byFrequency(counts) {
    return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  }

  geo.filterActive = active;
})((globalThis.geo ??= {}));
