/* What a reader has decided, step by step: every action can be undone, and nothing is kept but what was decided. */

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").Choice} Choice */
/** @typedef {import("../types/review.d.ts").Pair} Pair */
/** @typedef {import("../types/review.d.ts").PairChoice} PairChoice */
/** @typedef {import("../types/review.d.ts").PageData} PageData */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("../types/review.d.ts").Values} Values */
/** @typedef {{ at: string | null, choices: [string, Choice | undefined][], pairs: [string, PairChoice | undefined][], added: Candidate[] }} Before */

/** @type {Choice} */
export const OPEN = Object.freeze({ decision: null, time: null, coder: "", values: {}, evidence: {} });

/** @param {{ a: string, b: string }} pair */
export const pairKey = (pair) => `${pair.a}\n${pair.b}`;

export class Choices {
  /**
   * @param {PageData} data
   * @param {() => string} now The time, as ISO 8601.
   */
  constructor(data, now = () => new Date().toISOString()) {
    this.data = data;
    this.now = now;
    this.coder = "";
    /** @type {Map<string, Choice>} */
    this.choices = new Map();
    /** @type {Map<string, PairChoice>} */
    this.pairs = new Map();
    /** @type {Candidate[]} */
    this.added = [];
    /** @type {Before[]} */
    this.past = [];
  }

  /** All candidates in the order of their articles, those that were added at their place in the text. */
  get candidates() {
    const all = [...this.data.candidates, ...this.added];
    if (!this.added.length) return all;
    const order = new Map(this.data.articles.map((article, i) => [article.id, i]));
    return all.sort(
      (a, b) => (order.get(a.article) ?? 0) - (order.get(b.article) ?? 0) || a.sentence.start - b.sentence.start,
    );
  }

  /** @param {string} id */
  find(id) {
    return this.data.candidates.find((one) => one.id === id) ?? this.added.find((one) => one.id === id) ?? null;
  }

  /** @param {string} id */
  of(id) {
    return this.choices.get(id) ?? OPEN;
  }

  /**
   * The values of a candidate as they stand: what was extracted, and what the reader made of it.
   * @param {Candidate} candidate
   * @returns {Values}
   */
  values(candidate) {
    return { ...candidate.values, ...this.of(candidate.id).values };
  }

  /** @param {Candidate} candidate */
  point(candidate) {
    const own = this.of(candidate.id).point;
    return own === undefined ? candidate.point : own;
  }

  /**
   * The words that a field's value comes from.
   * @param {Candidate} candidate
   * @param {string} field
   * @returns {Span | null}
   */
  evidence(candidate, field) {
    const { evidence } = this.of(candidate.id);
    return field in evidence ? evidence[field] : (candidate.evidence[field] ?? null);
  }

  /**
   * Keep what will change, so that `undo` can put it back.
   * @param {string | null} at What is before the reader.
   * @param {string[]} ids
   * @param {string[]} pairs
   */
  #remember(at, ids, pairs = []) {
    this.past.push({
      at,
      choices: ids.map((id) => [id, this.choices.get(id)]),
      pairs: pairs.map((key) => [key, this.pairs.get(key)]),
      added: this.added,
    });
  }

  /**
   * @param {string} id
   * @param {Partial<Choice>} change
   */
  #put(id, change) {
    this.choices.set(id, Object.freeze({ ...this.of(id), ...change }));
  }

  /**
   * @param {string} id
   * @param {import("../types/review.d.ts").Verdict} decision
   */
  decide(id, decision) {
    this.#remember(id, [id]);
    this.#put(id, { decision, time: this.now(), coder: this.coder, bulk: undefined });
  }

  /**
   * Accept several at once, for their confidence.
   * @param {string[]} ids
   * @param {number} least
   * @param {string | null} at
   */
  acceptAll(ids, least, at) {
    this.#remember(at, ids);
    for (const id of ids) this.#put(id, { decision: "accept", time: this.now(), coder: this.coder, bulk: least });
  }

  /**
   * Change values of a candidate; a value equal to the extracted one is no change.
   * @param {string} id
   * @param {Values} values
   * @param {Record<string, Span | null>} [evidence] Of the changed fields; without words null.
   * @param {[number, number] | null} [point]
   */
  mend(id, values, evidence = {}, point) {
    const candidate = this.find(id);
    if (!candidate) return;
    this.#remember(id, [id]);
    const before = this.of(id);
    /** @type {Values} */
    const all = { ...before.values };
    /** @type {Record<string, Span | null>} */
    const words = { ...before.evidence };
    for (const [field, value] of Object.entries(values)) {
      const plain = value === "" ? null : value;
      if (plain === (candidate.values[field] ?? null)) {
        delete all[field];
        delete words[field];
      } else {
        all[field] = plain;
        words[field] = evidence[field] ?? null;
      }
      // Words that the reader selects are evidence of their own, also where they give the value that was there.
      if (evidence[field]) words[field] = evidence[field];
    }
    this.#put(id, { values: all, evidence: words, ...(point === undefined ? {} : { point }) });
  }

  /**
   * @param {Candidate} candidate
   * @param {string | null} at
   */
  add(candidate, at) {
    this.#remember(at, []);
    this.added = [...this.added, candidate];
  }

  /**
   * @param {Pair} pair
   * @param {import("../types/review.d.ts").Sameness} decision
   */
  tell(pair, decision) {
    const key = pairKey(pair);
    this.#remember(key, [], [key]);
    this.pairs.set(key, { decision, time: this.now(), coder: this.coder });
  }

  /**
   * Take the last action back.
   * @returns {string | null | undefined} What was before the reader then; undefined where there is nothing to undo.
   */
  undo() {
    const last = this.past.pop();
    if (!last) return undefined;
    restore(this.choices, last.choices);
    restore(this.pairs, last.pairs);
    this.added = last.added;
    return last.at;
  }

  /**
   * The id of the next candidate that a reader adds to an article.
   * @param {string} article
   */
  freshId(article) {
    const taken = new Set(this.candidates.map((one) => one.id));
    for (let n = 1; ; n++) if (!taken.has(`${article}-added-${n}`)) return `${article}-added-${n}`;
  }
}

/**
 * @template T
 * @param {Map<string, T>} map
 * @param {[string, T | undefined][]} before
 */
function restore(map, before) {
  for (const [key, value] of before) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
}
