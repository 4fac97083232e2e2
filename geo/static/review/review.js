/* The review page: one candidate after the other, one key a decision. */

import { t } from "../core/i18n.js";
import { el, setText } from "../ui/dom.js";
import { createArticle } from "./article.js";
import { createBar } from "./bar.js";
import { Choices, pairKey } from "./choices.js";
import { takeFile } from "./decision_file.js";
import { faults, plainTitle } from "./fields.js";
import { inProvince } from "./fill.js";
import { createForm } from "./form.js";
import { createHelp } from "./help.js";
import { createKeeper } from "./keep.js";
import { acceptSure, addMissed, mend, restoreField, takeRival, typeField } from "./mending.js";
import { createPairView } from "./pair_view.js";
import { createPlaceMap } from "./place_map.js";
import { beside, filtered, openPairs } from "./queue.js";
import { keyButton, nameOf } from "./view.js";

/** @typedef {import("../types/review.d.ts").Candidate} Candidate */
/** @typedef {import("../types/review.d.ts").PageData} PageData */
/** @typedef {import("../types/review.d.ts").Pair} Pair */
/** @typedef {import("../types/review.d.ts").Sameness} Sameness */
/** @typedef {import("../types/review.d.ts").Span} Span */
/** @typedef {import("../types/review.d.ts").Verdict} Verdict */

export class Review {
  /** @param {HTMLElement} root @param {PageData} data */
  constructor(root, data) {
    this.choices = new Choices(data);
    /** @type {Candidate | null} */
    this.candidate = null;
    /** @type {Pair | null} */
    this.pair = null;
    /** @type {{ field: string, span: Span } | null} */
    this.words = null; // selected for a field whose value is chosen from a list
    this.keysOn = true;
    this.live = el("div", { class: "rv-live", role: "status", "aria-live": "polite" });
    this.article = createArticle(this.choices, (id) => this.open(id));
    this.form = createForm(this.choices, {
      type: (field, value) => typeField(this, field, value),
      rival: (field, rival) => takeRival(this, field, rival),
      restore: (field) => restoreField(this, field),
      show: (span) => this.article.update(this.candidate && { ...this.candidate, sentence: span }, { scroll: true }),
    });
    this.map = createPlaceMap(data.map, (area) => mend(this, inProvince(area, this.values(), this.point())));
    this.pairView = createPairView(
      this.choices,
      (sameness) => this.tell(sameness),
      () => this.back(),
      () => this.undo(),
    );
    this.help = createHelp();
    this.bar = createBar(this.choices, {
      filter: () => this.refresh(),
      coder: (name) => this.name(name),
      save: () => this.keeper.save(),
      download: () => this.keeper.download(),
      load: (text) => this.load(text),
      bulk: (least) => acceptSure(this, least),
      help: () => this.help.showModal(),
      keys: (on) => {
        this.keysOn = on;
      },
      open: (id) => {
        this.bar.close();
        this.open(id);
      },
    });
    this.bar.onToggle(() => this.refresh());
    this.keeper = createKeeper(this.choices, (text) => this.bar.say(text));
    this.head = el("div", { class: "rv-head" });
    this.panel = el(
      "section",
      { class: "rv-panel", tabindex: "-1", "aria-label": t("review.candidate") },
      this.head,
      el(
        "div",
        { class: "rv-actions" },
        keyButton("review.accept", "A", () => this.decide("accept"), "rv-primary"),
        keyButton("review.reject", "R", () => this.decide("reject")),
        keyButton("review.skip", "S", () => this.decide("skip")),
        keyButton("review.back", "B", () => this.back()),
        keyButton("review.undo", "Z", () => this.undo()),
        keyButton("review.missed", "M", () => addMissed(this)),
      ),
      this.map.element,
      this.form.element,
    );
    this.main = el("main", { class: "rv-main" }, this.article.element, this.panel, this.pairView.element);
    root.replaceChildren(this.bar.element, this.main, this.live, this.help);
    this.start();
  }

  start() {
    const restored = this.keeper.restore();
    this.next(null);
    if (restored) this.say(t("review.restored", { count: restored }));
    else if (!this.choices.coder) this.bar.say(t("review.who"));
  }

  get shown() {
    return filtered(this.choices, this.bar.filters);
  }

  values() {
    return this.candidate ? this.choices.values(this.candidate) : {};
  }

  point() {
    return this.candidate ? this.choices.point(this.candidate) : null;
  }

  /** @param {string} text */
  say(text) {
    setText(this.live, text);
  }

  /** @param {{ scroll?: boolean, faults?: [string, string][] }} [options] */
  refresh({ scroll = false, faults: wrong = [] } = {}) {
    const { candidate, pair } = this;
    this.panel.hidden = !!pair || !candidate;
    this.article.element.hidden = !!pair;
    this.pairView.element.hidden = !pair;
    this.bar.update(this.shown, candidate?.id ?? null);
    if (pair) {
      this.pairView.update(pair);
      return;
    }
    if (!candidate) return;
    this.article.update(candidate, { scroll });
    this.form.update(candidate, wrong);
    this.map.update(this.values(), this.point());
    this.showHead(candidate);
  }

  /** @param {Candidate} candidate */
  showHead(candidate) {
    const list = this.choices.candidates;
    const { decision } = this.choices.of(candidate.id);
    const sureness = candidate.confidence.record;
    this.head.replaceChildren(
      el("h2", {}, el("bdi", { text: String(this.values().title || plainTitle(this.values()) || candidate.id) })),
      el("p", {
        text: [
          t("review.nth", { n: list.indexOf(candidate) + 1, of: list.length }),
          t(`review.state.${decision ?? "open"}`),
          sureness === undefined ? "" : t("review.sure", { percent: Math.round(sureness * 100) }),
        ]
          .filter(Boolean)
          .join(" · "),
      }),
    );
  }

  /** @param {Candidate | null} candidate @param {Pair | null} [pair] */
  go(candidate, pair = null) {
    this.candidate = candidate;
    this.pair = pair;
    this.words = null;
    getSelection()?.removeAllRanges();
    this.refresh({ scroll: true });
    this.panel.scrollTop = 0;
    (pair ? this.pairView.element : this.panel).focus({ preventScroll: true });
  }

  /** @param {string} id */
  open(id) {
    const candidate = this.choices.find(id);
    if (candidate) this.go(candidate);
  }

  /** The next that is not decided. @param {string | null} after @param {Candidate[]} [list] */
  next(after, list = this.shown) {
    if (this.choices.data.mode === "pairs") return this.nextPair();
    const undecided = (/** @type {Candidate} */ one) => this.choices.of(one.id).decision === null;
    const skipped = (/** @type {Candidate} */ one) => this.choices.of(one.id).decision === "skip";
    const found = beside(list, after, 1, undecided) ?? beside(list, after, 1, skipped);
    if (found) this.go(found);
    else {
      this.go(this.candidate ?? list[0] ?? this.choices.candidates[0] ?? null);
      this.say(t(this.choices.candidates.length ? "review.all_done" : "review.none"));
    }
    return undefined;
  }

  nextPair() {
    const open = this.choices.data.pairs.find((pair) => !this.choices.pairs.has(pairKey(pair)));
    this.go(null, open ?? this.choices.data.pairs.at(-1) ?? null);
    if (!open) this.say(t("review.all_done"));
  }

  /** @param {Verdict} decision */
  decide(decision) {
    const { candidate } = this;
    if (!candidate || this.pair) return;
    if (decision === "accept" && !this.values().title) mend(this, { values: { title: plainTitle(this.values()) } });
    const wrong = decision === "accept" ? faults(this.values(), this.point()) : [];
    if (wrong.length) {
      this.refresh({ faults: wrong });
      this.say(t("review.faults", { count: wrong.length, fields: wrong.map(([field]) => nameOf(field)).join(", ") }));
      this.form.focus(wrong[0][0]);
      return;
    }
    const list = this.shown;
    this.choices.decide(candidate.id, decision);
    this.keeper.step();
    this.say(t(`review.did.${decision}`, { title: String(this.values().title ?? candidate.id) }));
    const [pair] = decision === "accept" ? openPairs(this.choices, candidate.id) : [];
    if (pair) this.go(candidate, pair);
    else this.next(candidate.id, list);
  }

  /** @param {Sameness} sameness */
  tell(sameness) {
    const { pair, candidate } = this;
    if (!pair) return;
    this.choices.tell(pair, sameness);
    this.keeper.step();
    this.say(t(`review.did.${sameness}`));
    const [other] = candidate ? openPairs(this.choices, candidate.id) : [];
    if (other) this.go(candidate, other);
    else this.next(candidate?.id ?? null);
  }

  back() {
    if (this.choices.data.mode === "pairs") return this.go(null, this.pairBeside(-1));
    if (this.pair) return this.go(this.candidate);
    const found = beside(this.shown, this.candidate?.id ?? null, -1);
    if (found) this.go(found);
    return undefined;
  }

  /** @param {1 | -1} direction */
  pairBeside(direction) {
    const { pairs } = this.choices.data;
    const at = this.pair ? pairs.indexOf(this.pair) : 0;
    return pairs[(at + direction + pairs.length) % pairs.length] ?? null;
  }

  /** @param {1 | -1} direction Without a decision. */
  move(direction) {
    if (this.choices.data.mode === "pairs") return this.go(null, this.pairBeside(direction));
    const found = beside(this.shown, this.candidate?.id ?? null, direction);
    if (found) this.go(found);
    return undefined;
  }

  undo() {
    const at = this.choices.undo();
    if (at === undefined) return this.say(t("review.nothing_to_undo"));
    this.keeper.step();
    const pair = this.choices.data.pairs.find((one) => pairKey(one) === at) ?? null;
    const candidate = pair ? this.choices.find(pair.a) : (this.choices.find(at ?? "") ?? this.candidate);
    this.go(candidate && this.choices.find(candidate.id), pair);
    this.say(t("review.undone"));
    return undefined;
  }

  /** @param {string} name */
  name(name) {
    this.choices.coder = name;
    this.keeper.step();
  }

  /** @param {string} text Of a file of decisions. */
  load(text) {
    let file = null;
    try {
      file = JSON.parse(text);
    } catch {
      // Said below, as for any other file that holds no decisions.
    }
    const wrong = takeFile(this.choices, file);
    if (wrong) return this.say(t(wrong));
    this.keeper.step();
    this.next(null);
    return this.say(
      t("review.restored", { count: file.decisions.length + (file.added?.length ?? 0) + (file.pairs?.length ?? 0) }),
    );
  }
}
