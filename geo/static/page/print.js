/* Print: a sheet with the map as seen, drawn anew in the light theme because paper has another size and colour than the screen. */

import { t } from "../core/i18n.js";
import { drawMap } from "../layers/draw.js";
import * as binText from "../ui/bin_text.js";
import { shownNow } from "../ui/bin_text.js";
import { el } from "../ui/dom.js";
import { legendTitle, swatch, swatchSize } from "../ui/swatch.js";

export function createPrint(map, model, options, frame, theme) {
  const sheet = el("section", { class: "geo-print", "aria-hidden": "true" });
  frame.root.append(sheet);

  const before = () => {
    theme.apply("light");
    const picture = el("canvas", { class: "geo-print-map" });
    sheet.replaceChildren(picture, ...content(model, options));
    drawMap(model, map, picture, { scale: 2 }); // its one wait is over before the browser lays the sheet out
  };
  const after = () => {
    theme.apply(theme.present());
    sheet.replaceChildren();
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return {
    destroy() {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      sheet.remove();
    },
  };
}

function content(model, options) {
  const { about = {} } = options;
  const lines = [
    about.attribution,
    about.boundaries,
    about.data_date && t("print.data_date", { date: about.data_date }),
  ].filter(Boolean);
  return [
    el("p", { class: "geo-print-shown" }, [shownNow(model), binText.rule(model)].filter(Boolean).join(". ")),
    ...model.state.layers.map((name) => legend(model, name)),
    ...lines.map((line) => el("p", { dir: "auto" }, line)),
    el("h2", {}, t("about.sources")),
    el(
      "ol",
      {},
      (about.sources ?? []).map((line) =>
        el(
          "li",
          {},
          [line.title || line.source, line.author, line.publisher, line.published].filter(Boolean).join(", "),
        ),
      ),
    ),
  ];
}

function legend(model, name) {
  const entries = model.layers[name]?.legend() ?? [];
  if (!entries.length) return "";
  const title = legendTitle(model, name);
  return el(
    "div",
    { class: "geo-print-legend" },
    el("b", {}, title),
    entries.map(({ label, paint }) => {
      const canvas = el("canvas", { class: "geo-swatch" });
      swatch(canvas, swatchSize(name), paint);
      return el("span", {}, canvas, label);
    }),
  );
}
