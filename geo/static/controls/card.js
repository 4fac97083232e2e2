/* The title card: what the map is, and what of it is shown now. */

import { t } from "../core/i18n.js";
import * as binText from "../ui/bin_text.js";
import { countedAlone, countIncidents } from "../ui/counts.js";
import * as describe from "../ui/describe.js";
import { button, el, setText } from "../ui/dom.js";

/** `actions.about()` opens the About panel, `actions.list(group)` the list at one of its groups. */
export function createCard(model, options, actions) {
  const counts = el("span", { class: "geo-card-counts" });
  const unplaced = button("geo-card-link", { text: " " }, () => actions.list("unplaced"));
  const undated = button("geo-card-link", { text: " " }, () => actions.list("undated"));
  const leftOut = el("p", { class: "geo-rest geo-rest-left-out", hidden: true });
  const element = el(
    "div",
    { class: "geo-card" },
    el(
      "div",
      { class: "geo-card-head" },
      el("h1", { class: "geo-title", dir: "auto" }, options.title || t("title")),
      button("geo-about-open", { icon: "info", label: t("about.open"), "aria-haspopup": "dialog" }, actions.about),
    ),
    options.subtitle && el("p", { class: "geo-subtitle", dir: "auto" }, options.subtitle),
    el("p", { class: "geo-summary" }, counts, unplaced, undated),
    model.rest && el("p", { class: "geo-rest" }, binText.rule(model)),
    leftOut,
  );

  function update() {
    const { totals } = model.derived;
    const { years } = model.state;
    const alone = countedAlone(model);
    setText(
      counts,
      alone ??
        t("shown.incidents", { count: totals.incidents, of: countIncidents(model), period: describe.period(years) }),
    );
    leftOut.hidden = !binText.leftOut(model);
    setText(leftOut, binText.leftOut(model));
    note(unplaced, alone ? 0 : totals.unplaced, t("shown.unplaced", { count: totals.unplaced }));
    note(
      undated,
      alone ? 0 : totals.undated,
      t(years ? "shown.undated_left_out" : "shown.undated", { count: totals.undated }),
    );
  }

  const stop = model.on(
    "change",
    ({ changed }) => ["years", "filters", "layers"].some((part) => changed.has(part)) && update(),
  );
  update();
  return { element, destroy: stop };
}

function note(button, count, text) {
  button.hidden = count === 0;
  setText(button, text);
}
