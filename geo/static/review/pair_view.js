/* Two records side by side: do they tell of the same event? */

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";
import { FIELDS } from "./fields.js";
import { offsets } from "./offsets.js";
import { keyButton, nameOf, shown } from "./view.js";
import { toEdtf } from "./when.js";

/** @typedef {import("../types/review.d.ts").Pair} Pair */
/** @typedef {import("../types/review.d.ts").Sameness} Sameness */
/** @typedef {import("../types/review.d.ts").Values} Values */
/** @typedef {import("./choices.js").Choices} Choices */

const LEFT_OUT = [
  "date_start",
  "date_end",
  "date_precision",
  "date_kind",
  "date_inferred",
  "admin1_code",
  "geo_precision",
];

/**
 * @param {Choices} choices
 * @param {(sameness: Sameness) => void} tell
 * @param {() => void} back
 * @param {() => void} undo
 */
export function createPairView(choices, tell, back, undo) {
  const reasons = el("p", { class: "rv-reasons" });
  const body = el("tbody");
  const heads = [el("th", { scope: "col" }), el("th", { scope: "col" })];
  const element = el(
    "section",
    { class: "rv-pair", tabindex: "-1", "aria-labelledby": "rv-same" },
    el("h2", { id: "rv-same", text: t("review.same_event") }),
    reasons,
    el(
      "div",
      { class: "rv-actions" },
      keyButton("review.same", "Y", () => tell("same"), "rv-primary"),
      keyButton("review.different", "N", () => tell("different")),
      keyButton("review.unsure", "U", () => tell("unsure")),
      keyButton("review.back", "B", back),
      keyButton("review.undo", "Z", undo),
    ),
    el(
      "div",
      { class: "rv-pair-scroll", tabindex: "0", role: "region", "aria-label": t("review.side_by_side") },
      el("table", {}, el("thead", {}, el("tr", {}, el("td"), ...heads)), body),
    ),
  );

  /** @param {string} id @returns {{ values: Values, words: string, where: string }} */
  function side(id) {
    const candidate = choices.find(id);
    if (!candidate) {
      const { point: _, ...values } = choices.data.records[id] ?? {};
      return { values, words: String(values.description ?? ""), where: t("review.existing", { id }) };
    }
    const article = choices.data.articles.find((one) => one.id === candidate.article);
    const words = article ? offsets(article.text).slice(candidate.sentence.start, candidate.sentence.end) : "";
    const where = t("review.from_article", {
      article: article?.title || candidate.article,
      n: String(candidate.paragraph ?? ""),
    });
    return { values: choices.values(candidate), words, where };
  }

  /** @param {Pair} pair */
  function update(pair) {
    const [a, b] = [side(pair.a), side(pair.b)];
    heads[0].textContent = a.where;
    heads[1].textContent = b.where;
    reasons.textContent = t("review.because", {
      reasons: pair.reasons.join(", "),
      percent: Math.round(pair.score * 100),
    });
    /** @type {[string, string, string][]} */
    const lines = [[t("review.words"), a.words, b.words]];
    lines.push([nameOf("date"), toEdtf(a.values), toEdtf(b.values)]);
    for (const { name } of FIELDS)
      if (!LEFT_OUT.includes(name)) lines.push([nameOf(name), shown(a.values[name]), shown(b.values[name])]);
    body.replaceChildren(
      ...lines
        .filter(([, one, other]) => one || other)
        .map(([name, one, other], i) =>
          el(
            "tr",
            { class: i > 0 && one !== other ? "rv-differs" : "" },
            el("th", { scope: "row", text: name }),
            el("td", {}, el("bdi", { text: one })),
            el("td", {}, el("bdi", { text: other })),
          ),
        ),
    );
  }

  return { element, update };
}
