/* The file of decisions: what `geo review apply` and `geo review agree` read, and what a later visit goes on from. */

import { pairKey } from "./choices.js";
import { whenIn } from "./when.js";

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Choice} Choice */
/** @typedef {import("../types/review.d.ts").Decision} Decision */
/** @typedef {import("../types/review.d.ts").DecisionFile} DecisionFile */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("../types/review.d.ts").Values} Values */
/** @typedef {import("./choices.js").Choices} Choices */

/**
 * @param {Choices} choices
 * @returns {DecisionFile}
 */
export function toFile(choices) {
  const { data } = choices;
  const decided = data.candidates.filter((one) => choices.choices.has(one.id));
  /** @type {DecisionFile} */
  const file = {
    geo_decisions: 1,
    kind: data.mode === "pairs" ? "pairs" : "candidates",
    geo: data.version,
    coder: choices.coder,
    saved: choices.now(),
    file: data.file,
    articles: data.articles.map(({ id, sha256 }) => ({ id, sha256 })),
    decisions: decided.map((one) => decision(choices, one)),
    added: choices.added.map((one) => ({
      ...decision(choices, one),
      paragraph: one.paragraph,
      sentence: one.sentence,
      values: choices.values(one),
      evidence: { ...one.evidence, ...choices.of(one.id).evidence },
      original: {},
      point: choices.point(one),
    })),
    pairs: [...choices.pairs].map(([key, choice]) => {
      const [a, b] = key.split("\n");
      return { a, b, ...choice };
    }),
  };
  const { settled } = data;
  if (settled) {
    file.decisions = [...settled.decisions, ...file.decisions];
    file.added = [...settled.added, ...file.added];
    file.pairs = [...settled.pairs, ...file.pairs];
  }
  return file;
}

/**
 * @param {Choices} choices
 * @param {Candidate} candidate
 * @returns {Decision}
 */
function decision(choices, candidate) {
  const choice = choices.of(candidate.id);
  const original = Object.fromEntries(
    Object.keys(choice.values).map((field) => [field, candidate.values[field] ?? null]),
  );
  return { id: candidate.id, of: candidate.digest, article: candidate.article, ...choice, original };
}

/**
 * Take the decisions of a file, in place of those made here.
 * @param {Choices} choices
 * @param {DecisionFile | null} file
 * @returns {string | null} The key of a text that says why not, or null.
 */
export function takeFile(choices, file) {
  const { data } = choices;
  if (file?.geo_decisions !== 1 || !Array.isArray(file.decisions)) return "review.not_decisions";
  const texts = new Map(data.articles.map((article) => [article.id, article.sha256]));
  if ((file.articles ?? []).some(({ id, sha256 }) => texts.get(id) !== sha256)) return "review.other_text";
  const digests = new Map(data.candidates.map((one) => [one.id, one.digest]));
  if (file.decisions.some((one) => digests.has(one.id) && digests.get(one.id) !== one.of))
    return "review.other_candidates";
  const settled = new Set((data.settled?.added ?? []).map((one) => one.id));
  const own = (file.added ?? []).filter((one) => !settled.has(one.id));
  choices.past = [];
  choices.coder = file.coder || choices.coder;
  choices.added = own.map((one) =>
    addedCandidate({ id: one.id }, one.article, one.paragraph ?? null, one.sentence ?? { start: 0, end: 0 }),
  );
  choices.choices = new Map(
    [...file.decisions.filter((one) => digests.has(one.id)), ...own].map((one) => [one.id, choiceOf(one)]),
  );
  choices.pairs = new Map(
    (file.pairs ?? []).map(({ a, b, decision, coder, time }) => [pairKey({ a, b }), { decision, coder, time }]),
  );
  return null;
}

/**
 * @param {Decision} one
 * @returns {Choice}
 */
function choiceOf({ decision, time, coder, values, evidence, point, bulk }) {
  /** @type {Choice} */
  const choice = { decision, time, coder, values, evidence };
  if (point !== undefined) choice.point = point;
  if (bulk !== undefined) choice.bulk = bulk;
  return Object.freeze(choice);
}

/**
 * A candidate that a reader adds by selecting its sentence.
 * @param {{ id: string, text?: string }} of Its id, and the words of the sentence.
 * @param {string} article
 * @param {number | null} paragraph
 * @param {Span} sentence
 * @returns {Candidate}
 */
export function addedCandidate({ id, text }, article, paragraph, sentence) {
  /** @type {Values} */
  const values = {
    kind: "incident",
    status: "stated",
    date_precision: "unknown",
    date_kind: "unknown",
    geo_precision: "unknown",
  };
  /** @type {Record<string, Span>} */
  const evidence = {};
  const when = text ? whenIn(text) : null;
  if (when) {
    Object.assign(values, when);
    evidence.date_start = { ...sentence, rule: "date in the sentence" };
  }
  return {
    id,
    digest: null,
    article,
    paragraph,
    sentence,
    point: null,
    values,
    evidence,
    rivals: {},
    blank: {},
    confidence: {},
    added: true,
  };
}
