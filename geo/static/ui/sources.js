/* The sources that records cite. */

import { t } from "../core/i18n.js";

/** @typedef {import("../types/data.d.ts").Source} Source */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Sources} Sources */

/**
 * about.sources by the key that records cite.
 * @param {Options} options
 * @returns {Sources}
 */
export function sourceIndex(options) {
  return new Map((options.about?.sources ?? []).map((line) => [line.source, line]));
}

/**
 * Each article once, with the paragraphs that are cited of it.
 * @param {Source[]} cited
 */
export function byArticle(cited) {
  /** @type {Map<string | null, number[]>} */
  const found = new Map();
  for (const { source, paragraph } of cited) {
    const paragraphs = found.get(source) ?? [];
    found.set(source, paragraph && !paragraphs.includes(paragraph) ? [...paragraphs, paragraph] : paragraphs);
  }
  return [...found].map(([source, paragraphs]) => ({ source, paragraphs, where: whereIn(paragraphs) }));
}

/** @param {number[]} paragraphs */
function whereIn(paragraphs) {
  if (!paragraphs.length) return "";
  const number = paragraphs.toSorted((a, b) => a - b).join(", ");
  return t(paragraphs.length > 1 ? "record.paragraphs" : "record.paragraph", { number });
}

/**
 * The short name of a source: its publisher, but the title where a publisher has several.
 * @param {Sources} sources
 * @param {string | null} key
 */
export function shortName(sources, key) {
  const line = sources.get(key);
  if (!line?.publisher) return line?.title || key;
  const several = [...sources.values()].filter(({ publisher }) => publisher === line.publisher).length > 1;
  return (several && line.title) || line.publisher;
}
