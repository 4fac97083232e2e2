/* Mend a candidate: with words selected in the article, by typing, with a rival, or back to what was extracted. */

import { t } from "../core/i18n.js";
import { addedCandidate } from "./decision_file.js";
import { faults } from "./fields.js";
import { fromTyping, fromWords } from "./fill.js";
import { sure } from "./queue.js";
import { nameOf } from "./view.js";

/** @typedef {import("../types/review.d.ts").Rival} Rival */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("./fill.js").Filling} Filling */
/** @typedef {import("./review.js").Review} Review */

/** Columns that are restored together: a province without its point would contradict it. */
const DATES = ["date_start", "date_end", "date_precision", "date_kind"];
const PLACES = ["place", "geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name"];

/**
 * @param {Review} review
 * @param {Filling} filling
 * @param {Span | null} [span] The words that say it.
 */
export function mend(review, filling, span = null) {
  const { candidate, choices } = review;
  if (!candidate) return;
  const names = Object.keys(filling.values);
  if (names.length) {
    choices.mend(
      candidate.id,
      filling.values,
      span ? Object.fromEntries(names.map((name) => [name, span])) : {},
      filling.point,
    );
    review.keeper.step();
  }
  review.refresh();
  if (filling.message) review.say(t(filling.message, { words: span?.text ?? "" }));
  else review.say(t("review.filled", { fields: names.map(nameOf).join(", ") }));
}

/**
 * Fill a field with the words selected in the article, or go to it where none are.
 * @param {Review} review
 * @param {string} field
 */
export function fillField(review, field) {
  const selected = review.article.selection();
  if (!review.candidate || !selected) {
    review.form.focus(field);
    return;
  }
  const span = { start: selected.start, end: selected.end, text: selected.text, rule: t("review.selected") };
  const filling = fromWords(field, selected.text, review.values(), review.choices.data);
  if (!Object.keys(filling.values).length) {
    review.words = { field, span };
    if (filling.message) review.say(t(filling.message, { words: selected.text }));
    review.form.focus(field);
    return;
  }
  getSelection()?.removeAllRanges();
  mend(review, filling, span);
}

/**
 * Take what was typed into a field or chosen in it; words of the sentence are its evidence.
 * @param {Review} review
 * @param {string} field
 * @param {string} value
 */
export function typeField(review, field, value) {
  const { candidate } = review;
  if (!candidate) return;
  const values = review.values();
  const filling = fromTyping(field, value, values, review.choices.data, review.point());
  const entries = Object.entries(filling.values);
  if (!filling.message && entries.every(([name, one]) => (values[name] ?? null) === (one === "" ? null : one))) {
    review.refresh();
    return;
  }
  const pending = review.words;
  review.words = null;
  const about = field === "date" ? "date_start" : field;
  const found = pending && together(pending.field, about) ? pending.span : review.article.find(candidate, value.trim());
  mend(review, filling, found && { ...found, rule: found.rule ?? t("review.typed") });
  if (!entries.length) review.form.focus(field);
}

/**
 * @param {Review} review
 * @param {string} field
 * @param {Rival} rival
 */
export function takeRival(review, field, rival) {
  const name = field === "date" ? "date_start" : field;
  const derived = ["date", "place", "admin1_code"].includes(field);
  const filling = derived
    ? fromTyping(field, String(rival.value ?? ""), review.values(), review.choices.data, review.point())
    : { values: { [name]: rival.value } };
  const { start, end, text, rule } = rival;
  mend(review, filling, start === undefined || end === undefined ? null : { start, end, text, rule });
}

/**
 * @param {Review} review
 * @param {string} field
 */
export function restoreField(review, field) {
  const { candidate, choices } = review;
  if (!candidate) return;
  const where = PLACES.includes(field);
  const names = field === "date" ? DATES : where ? PLACES : [field];
  const values = Object.fromEntries(names.map((name) => [name, candidate.values[name] ?? null]));
  choices.mend(candidate.id, values, {}, where ? candidate.point : undefined);
  review.keeper.step();
  review.refresh();
}

/**
 * Whether words selected for one field also speak for another, as for a type and its sub-type.
 * @param {string} one
 * @param {string} other
 */
const together = (one, other) => one === other || (one.endsWith("event_type") && other.endsWith("event_type"));

/**
 * Add a candidate that the machine missed, by the sentence of the words selected.
 * @param {Review} review
 */
export function addMissed(review) {
  const { article, candidate, choices } = review;
  const selected = article.selection();
  if (!selected || !article.id) {
    review.say(t("review.select_sentence"));
    return;
  }
  const { start, end, text, paragraph } = article.sentence(selected);
  const one = addedCandidate({ id: choices.freshId(article.id), text }, article.id, paragraph, { start, end });
  choices.add(one, candidate?.id ?? null);
  review.keeper.step();
  review.go(one);
  review.say(t("review.added"));
}

/**
 * Accept the undecided candidates shown that are at least as sure as stated, but for those that are not valid.
 * @param {Review} review
 * @param {number} least
 */
export function acceptSure(review, least) {
  const { candidate, choices } = review;
  const valid = sure(choices, review.shown, least).filter(
    (one) => !faults(choices.values(one), choices.point(one)).length,
  );
  if (!valid.length) {
    review.say(t("review.none_sure"));
    return;
  }
  choices.acceptAll(
    valid.map((one) => one.id),
    least,
    candidate?.id ?? null,
  );
  review.keeper.step();
  review.next(candidate?.id ?? null);
  review.say(t("review.bulk_done", { count: valid.length, percent: Math.round(least * 100) }));
}
