/* The bar at the top: how far the reader is, which candidates are shown, who decides, where decisions are kept. */

import { t } from "../core/i18n.js";
import { el, setText } from "../ui/dom.js";
import { noFilters, progress, sure } from "./queue.js";
import { filePicker } from "./storage.js";
import { plainButton } from "./view.js";

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Filters} Filters */
/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {{ filter(filters: Filters): void, coder(name: string): void, save(): void, download(): void, load(text: string): void, bulk(least: number): void, help(): void, keys(on: boolean): void, open(id: string): void }} Actions */

/**
 * @param {Choices} choices
 * @param {Actions} actions
 */
export function createBar(choices, actions) {
  const { data } = choices;
  const filters = noFilters();
  const bar = el("progress", { class: "rv-progress", "aria-label": t("review.progress") });
  const said = el("p", { class: "rv-said" });
  const kept = el("p", { class: "rv-kept" });
  /** @type {HTMLInputElement} */
  const coder = el("input", {
    id: "rv-coder",
    autocomplete: "off",
    required: true,
    size: 10,
    onchange: () => actions.coder(coder.value.trim()),
  });
  const list = el("ol", { class: "rv-list" });
  const candidates = data.mode !== "pairs";

  /** @param {keyof Filters} name @param {[string, string][]} options */
  const choice = (name, options) =>
    labelled(
      `review.filter.${name}`,
      el(
        "select",
        {
          id: `rv-filter-${name}`,
          onchange: (event) => {
            Object.assign(filters, { [name]: /** @type {HTMLSelectElement} */ (event.target).value });
            actions.filter({ ...filters });
          },
        },
        ...options.map(([value, text]) => el("option", { value, text })),
      ),
    );
  const text = el("input", {
    id: "rv-filter-text",
    type: "search",
    oninput: () => {
      filters.text = text.value;
      actions.filter({ ...filters });
    },
  });
  const repeats = el("input", {
    id: "rv-filter-repeats",
    type: "checkbox",
    onchange: () => {
      filters.repeats = repeats.checked;
      actions.filter({ ...filters });
    },
  });
  const least = el("input", {
    id: "rv-least",
    type: "number",
    min: 50,
    max: 100,
    step: 1,
    value: 95,
    oninput: () => updateBulk(),
  });
  const bulk = el("button", {
    type: "button",
    class: "rv-button",
    onclick: () => actions.bulk(Number(least.value) / 100),
  });
  /** @type {HTMLInputElement} */
  const keys = el("input", {
    id: "rv-keys",
    type: "checkbox",
    checked: true,
    onchange: () => actions.keys(keys.checked),
  });
  const file = el("input", {
    id: "rv-load",
    type: "file",
    accept: ".json,application/json",
    onchange: async () => {
      const chosen = file.files?.[0];
      if (chosen) actions.load(await chosen.text());
      file.value = "";
    },
  });
  const drawer = el(
    "details",
    { class: "rv-drawer" },
    el("summary", { class: "rv-button", text: t("review.list_and_filters") }),
    el(
      "div",
      { class: "rv-drawer-body" },
      el(
        "div",
        { class: "rv-filters" },
        choice(
          "state",
          ["all", "open", "accept", "reject", "skip", "added"].map((word) => [word, t(`review.state.${word}`)]),
        ),
        choice("article", [
          ["", t("review.every")],
          ...data.articles.map((one) => /** @type {[string, string]} */ ([one.id, one.title || one.id])),
        ]),
        choice("kind", [
          ["", t("review.every")],
          ...(data.words.kind ?? []).map((word) => /** @type {[string, string]} */ ([word, word])),
        ]),
        labelled("review.filter.text", text),
        labelled("review.filter.repeats", repeats),
      ),
      el("div", { class: "rv-filters" }, labelled("review.least", least), bulk),
      el("div", { class: "rv-filters" }, labelled("review.keys_on", keys), labelled("review.load", file)),
      list,
    ),
  );
  const element = el(
    "header",
    { class: "rv-bar" },
    el("h1", { text: document.title }),
    el("div", { class: "rv-done" }, bar, said),
    candidates ? drawer : null,
    el(
      "div",
      { class: "rv-keep" },
      labelled("review.coder", coder),
      filePicker() ? plainButton("review.save", actions.save) : null,
      plainButton("review.download", actions.download, "rv-download"),
      plainButton("review.help", actions.help),
    ),
    kept,
  );
  /** @type {Candidate[]} */
  let shownNow = [];

  function updateBulk() {
    const valid = least.checkValidity() && least.value !== "";
    const count = valid ? sure(choices, shownNow, Number(least.value) / 100).length : 0;
    setText(bulk, t("review.bulk", { count, percent: least.value }));
    bulk.disabled = !count;
  }

  return {
    element,
    coder,
    get filters() {
      return filters;
    },
    /** @param {Candidate[]} shown @param {string | null} at */
    update(shown, at) {
      shownNow = shown;
      const now = progress(choices, shown);
      const pairs = data.mode === "pairs";
      const [all, left] = pairs ? [data.pairs.length, now.pairs] : [now.all, now.open + now.skip];
      bar.max = Math.max(1, all);
      bar.value = all - left;
      const parts = pairs
        ? [t("review.pairs_left", { count: left, of: all })]
        : [
            t("review.left", { count: left, of: all }),
            t("review.counts", { accepted: now.accept, rejected: now.reject, skipped: now.skip }),
            now.shown < now.all ? t("review.shown", { count: now.shown, of: now.all }) : "",
          ];
      setText(said, parts.filter(Boolean).join(" · "));
      if (coder !== document.activeElement) coder.value = choices.coder;
      updateBulk();
      if (drawer.open) updateList(shown, at);
    },
    /** @param {string} text */
    say(text) {
      setText(kept, text);
    },
    onToggle(/** @type {() => void} */ update) {
      drawer.addEventListener("toggle", update);
    },
    close() {
      drawer.open = false;
    },
  };

  /** @param {Candidate[]} shown @param {string | null} at */
  function updateList(shown, at) {
    list.replaceChildren(
      ...shown.map((one) => {
        const values = choices.values(one);
        const state = choices.of(one.id).decision ?? "open";
        return el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "rv-entry",
              dataset: { state },
              "aria-current": one.id === at ? "true" : null,
              onclick: () => actions.open(one.id),
            },
            el("span", { class: "rv-state", text: t(`review.state.${state}`) }),
            el("bdi", { text: String(values.title ?? one.id) }),
          ),
        );
      }),
    );
  }
}

/**
 * @param {string} label
 * @param {HTMLElement} input
 */
function labelled(label, input) {
  return el("span", { class: "rv-labelled" }, el("label", { for: input.id, text: t(label) }), input);
}
