/* The article: the sentence of the candidate, the words of each field in its colour, and the sentences of the others. */

import { t } from "../core/i18n.js";
import { el, link } from "../ui/dom.js";
import { FIELD } from "./fields.js";
import { offsets, pieces, sentenceRound, wholeWords } from "./offsets.js";
import { nameOf } from "./view.js";

/** @typedef {import("../types/review.d.ts").Article} Article */
/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Paragraph} Paragraph */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {{ start: number, end: number, field?: string, shared?: boolean, candidate?: Candidate, here?: boolean }} Mark In UTF-16 units. */
/** @typedef {Span & { text: string, paragraph: number | null }} Selected */

/**
 * @param {Choices} choices
 * @param {(id: string) => void} open Called with a candidate whose sentence is clicked.
 */
export function createArticle(choices, open) {
  const body = el("div", { class: "rv-text", lang: "en" });
  const head = el("header", { class: "rv-article-head" });
  const element = el("section", { class: "rv-article", tabindex: "0", "aria-label": t("review.article") }, head, body);
  /** @type {Article | null} */
  let article = null;
  let at = offsets("");
  /** @type {Map<Paragraph, HTMLElement>} */
  const shownParagraphs = new Map();

  /** @param {Article} next */
  function show(next) {
    article = next;
    at = offsets(next.text);
    shownParagraphs.clear();
    const about = [next.author, next.publisher, next.published].filter(Boolean).join(" · ");
    head.replaceChildren(
      el("h2", { text: next.title || next.id }),
      el("p", { class: "rv-about" }, about, next.url ? [about ? " · " : "", link(next.url, next.url)] : null),
    );
    body.lang = next.language || "en";
    body.replaceChildren(
      ...next.paragraphs.map((paragraph) => {
        const page = paragraph.page ? t("review.page", { page: String(paragraph.page) }) : "";
        const words = el("span", { class: "rv-words" });
        shownParagraphs.set(paragraph, words);
        const number = el("span", { class: "rv-n", title: page, text: String(paragraph.n) });
        return el("div", { class: "rv-paragraph" }, number, words);
      }),
    );
  }

  /**
   * Paint the marks of all paragraphs.
   * @param {Candidate | null} current
   */
  function paint(current) {
    const marks = current ? marksOf(current) : [];
    const others = choices.candidates.filter((one) => one.article === article?.id && one.id !== current?.id);
    for (const one of others)
      marks.push({ start: at.units(one.sentence.start), end: at.units(one.sentence.end), candidate: one });
    for (const [paragraph, words] of shownParagraphs) paintParagraph(paragraph, words, marks);
  }

  /**
   * @param {Candidate} current
   * @returns {Mark[]}
   */
  function marksOf(current) {
    const sentence = { start: at.units(current.sentence.start), end: at.units(current.sentence.end), here: true };
    const fields = [...new Set([...Object.keys(current.evidence), ...Object.keys(choices.of(current.id).evidence)])];
    /** @type {Map<string, Mark>} */
    const spans = new Map();
    for (const field of fields) {
      const span = choices.evidence(current, field);
      if (!span || span.end <= span.start || choices.values(current)[field] == null) continue;
      const group = FIELD.get(field)?.group ?? "more";
      // Fields of one group that share their words are one mark: low, best and high of one number.
      const key = `${group} ${span.start} ${span.end}`;
      const known = spans.get(key);
      if (known) known.shared = true;
      else spans.set(key, { start: at.units(span.start), end: at.units(span.end), field });
    }
    return [sentence, ...spans.values()];
  }

  /**
   * @param {Paragraph} paragraph
   * @param {HTMLElement} words
   * @param {Mark[]} marks
   */
  function paintParagraph(paragraph, words, marks) {
    const text = article?.text ?? "";
    const [start, end] = [at.units(paragraph.start), at.units(paragraph.end)];
    const parts = pieces(start, end, marks).map((piece) => {
      const content = text.slice(piece.start, piece.end);
      const fields = piece.spans.filter((mark) => mark.field);
      const other = piece.spans.find((mark) => mark.candidate)?.candidate;
      const here = piece.spans.some((mark) => mark.here);
      if (!fields.length && !other && !here) return content;
      const field = fields.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
      /** @type {Record<string, string>} */
      const dataset = {};
      if (field?.field) {
        dataset.group = FIELD.get(field.field)?.group ?? "more";
        // The name stands once, where the span ends; the label is no part of the text that can be selected.
        if (piece.end === Math.min(field.end, end)) dataset.label = labelOf(field);
      }
      if (other && !here) dataset.other = choices.of(other.id).decision ?? "open";
      const title =
        other && !here ? t("review.open_other", { title: String(choices.values(other).title ?? other.id) }) : null;
      return el(
        field ? "mark" : "span",
        { class: here ? "rv-here" : "", dataset, title, onclick: other && !here ? () => picked(other.id) : undefined },
        content,
      );
    });
    words.replaceChildren(...parts);
  }

  /** @param {string} id */
  function picked(id) {
    if (getSelection()?.isCollapsed ?? true) open(id);
  }

  function reveal() {
    const first = element.querySelector(".rv-here");
    if (!first) return;
    const [box, frame] = [first.getBoundingClientRect(), element.getBoundingClientRect()];
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 60)
      element.scrollTop += box.top - frame.top - frame.height / 3;
  }

  return {
    element,
    get id() {
      return article?.id ?? null;
    },
    show,
    /** @param {Candidate | null} current @param {{ scroll?: boolean }} [options] */
    update(current, { scroll = false } = {}) {
      const next = choices.data.articles.find((one) => one.id === current?.article);
      if (next && next !== article) show(next);
      paint(current);
      if (scroll) reveal();
    },
    /** @returns {Selected | null} The words selected in the article, in code points. */
    selection() {
      const range = rangeIn(element);
      const text = article?.text;
      if (!range || !text) return null;
      for (const [paragraph, words] of shownParagraphs) {
        if (!words.contains(range.startContainer)) continue;
        const base = at.units(paragraph.start);
        const from = base + lengthBefore(words, range.startContainer, range.startOffset);
        const to = words.contains(range.endContainer)
          ? base + lengthBefore(words, range.endContainer, range.endOffset)
          : at.units(paragraph.end);
        const whole = wholeWords(text, from, to);
        if (!whole) return null;
        return {
          start: at.points(whole[0]),
          end: at.points(whole[1]),
          text: text.slice(...whole),
          paragraph: paragraph.n,
        };
      }
      return null;
    },
    /** @param {Selected} selected @returns {Selected} The sentence round it. */
    sentence(selected) {
      const paragraph = article?.paragraphs.find((one) => one.n === selected.paragraph);
      if (!article || !paragraph) return selected;
      const base = at.units(paragraph.start);
      const text = article.text.slice(base, at.units(paragraph.end));
      const [from, to] = sentenceRound(text, at.units(selected.start) - base, at.units(selected.end) - base);
      return {
        start: at.points(base + from),
        end: at.points(base + to),
        text: text.slice(from, to),
        paragraph: selected.paragraph,
      };
    },
    /**
     * Where words that the reader types stand in the sentence of a candidate, else null.
     * @param {Candidate} candidate
     * @param {string} words
     * @returns {Span | null}
     */
    find(candidate, words) {
      const sentence = at.slice(candidate.sentence.start, candidate.sentence.end);
      const found = words ? sentence.toLowerCase().indexOf(words.toLowerCase()) : -1;
      if (found < 0) return null;
      const start = at.points(at.units(candidate.sentence.start) + found);
      const end = at.points(at.units(candidate.sentence.start) + found + words.length);
      return { start, end, text: at.slice(start, end) };
    },
  };
}

/**
 * What stands at the end of a mark: its field, or the group of the fields that share its words.
 * @param {Mark} mark
 */
function labelOf({ field = "", shared }) {
  const { group } = FIELD.get(field) ?? { group: "more" };
  if (group === "when") return nameOf("date");
  return shared ? t(`review.group.${group}`).toLowerCase() : nameOf(field);
}

/** @param {Element} element @returns {Range | null} */
function rangeIn(element) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return element.contains(range.startContainer) ? range : null;
}

/**
 * @param {Element} element
 * @param {Node} node
 * @param {number} offset
 */
function lengthBefore(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
