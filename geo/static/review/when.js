/* Dates: what words and EDTF say, as the bounds, precision and kind of a record. Never a day that the words lack. */

/** @typedef {{ date_start: string | null, date_end: string | null, date_precision: string, date_kind: string }} When */

const MONTHS = "january february march april may june july august september october november december".split(" ");
const MONTH = `(?:${MONTHS.map((name) => `${name}|${name.slice(0, 3)}`).join("|")}|sept)\\.?`;
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const FORMS = [
  { form: "(\\d{4})-(\\d{1,2})-(\\d{1,2})", parts: "ymd" },
  { form: `${DAY}(?: of)? (${MONTH}),? (\\d{4})`, parts: "dmy" },
  { form: `(${MONTH}) ${DAY},? (\\d{4})`, parts: "mdy" },
  { form: "(\\d{4})-(\\d{2})(?!\\d|-\\d)", parts: "ym" },
  { form: `(${MONTH}),?(?: of)? (\\d{4})`, parts: "my" },
  { form: "(\\d{4})(?!-\\d{1,2}\\b)", parts: "y" },
].map(({ form, parts }) => ({ pattern: new RegExp(`\\b${form}(?!\\w)`, "i"), parts }));

/** @param {number} value @param {number} size */
const pad = (value, size) => String(value).padStart(size, "0");

/** @param {string} text */
function month(text) {
  if (/^\d+$/.test(text)) return Number(text);
  return MONTHS.findIndex((name) => name.startsWith(text.toLowerCase().slice(0, 3))) + 1;
}

/** @param {number} year @param {number} of */
const lastDay = (year, of) => new Date(Date.UTC(year, of, 0)).getUTCDate();

/**
 * First and last day of a year, month or day; null where there is no such day.
 * @param {number} year
 * @param {number} [of]
 * @param {number} [day]
 * @returns {When | null}
 */
function span(year, of, day) {
  if (year < 1000 || (of !== undefined && (of < 1 || of > 12))) return null;
  if (day !== undefined && (of === undefined || day < 1 || day > lastDay(year, of))) return null;
  const first = `${pad(year, 4)}-${pad(of ?? 1, 2)}-${pad(day ?? 1, 2)}`;
  const last = `${pad(year, 4)}-${pad(of ?? 12, 2)}-${pad(day ?? lastDay(year, of ?? 12), 2)}`;
  return {
    date_start: first,
    date_end: last,
    date_precision: day !== undefined ? "day" : of !== undefined ? "month" : "year",
    date_kind: "at",
  };
}

/**
 * The first date in a text, and where it ends.
 * @param {string} text
 * @returns {{ when: When, start: number, end: number } | null}
 */
function firstDate(text) {
  /** @type {{ when: When, start: number, end: number } | null} */
  let best = null;
  for (const { pattern, parts } of FORMS) {
    const found = pattern.exec(text);
    if (!found || (best && found.index >= best.start)) continue;
    /** @param {string} part */
    const get = (part) => (parts.includes(part) ? found[parts.indexOf(part) + 1] : undefined);
    const of = get("m");
    const day = get("d");
    const when = span(
      Number(get("y")),
      of === undefined ? undefined : month(of),
      day === undefined ? undefined : Number(day),
    );
    // A form that is a part of an earlier, longer one starts later or at the same place.
    if (when) best = { when, start: found.index, end: found.index + found[0].length };
  }
  return best;
}

/**
 * @param {When} from
 * @param {When} to
 * @param {string} kind
 * @returns {When | null}
 */
function between(from, to, kind) {
  const [date_start, date_end] = [from.date_start, to.date_end];
  if (!date_start || !date_end || date_start > date_end) return null;
  return { date_start, date_end, date_precision: "range", date_kind: kind };
}

/**
 * What words that a reader selects say: "15 August 2021", "between May and ...", "since 2014", "by February 2023".
 * @param {string} text
 * @returns {When | null} null where they hold no year: "last Friday" is for the reader to work out.
 */
export function whenIn(text) {
  const first = firstDate(text);
  if (!first) return null;
  const second = firstDate(text.slice(first.end));
  const before = text.slice(0, first.start).toLowerCase();
  if (second) return between(first.when, second.when, /\bbetween\b/.test(before) ? "within" : "throughout");
  if (/\bsince\b|\bfrom\b/.test(before))
    return { ...first.when, date_end: null, date_precision: "range", date_kind: "since" };
  if (/\bby\b|\bbefore\b|\bun?till?\b/.test(before))
    return { ...first.when, date_start: null, date_precision: "range", date_kind: "by" };
  return first.when;
}

/**
 * What a reader types: 2021-08-15, 2021-08, 2021, [2021-08..2021-11] (one day between), 2021-08/2021-11 (lasted),
 * 2021-08/.. (no end reported), ../2023-02 (not later); words are read as `whenIn` does.
 * @param {string} text
 * @returns {When | null}
 */
export function fromEdtf(text) {
  const plain = text.trim();
  if (plain === "") return { date_start: null, date_end: null, date_precision: "unknown", date_kind: "unknown" };
  const parts = /^\[\s*([\d-]+)\s*\.\.\s*([\d-]+)\s*\]$|^([\d-]+|\.\.)\s*\/\s*([\d-]+|\.\.)$/.exec(plain);
  if (!parts) return whenIn(plain);
  const [from, to] = [parts[1] ?? parts[3], parts[2] ?? parts[4]].map((part) =>
    part === ".." ? null : firstDate(part),
  );
  if (parts[1]) return from && to ? between(from.when, to.when, "within") : null;
  if (from && to) return between(from.when, to.when, "throughout");
  if (from && parts[4] === "..") return { ...from.when, date_end: null, date_precision: "range", date_kind: "since" };
  if (to && parts[3] === "..") return { ...to.when, date_start: null, date_precision: "range", date_kind: "by" };
  return null;
}

/**
 * The dates of a record as EDTF text, "" for none.
 * @param {Record<string, unknown>} values
 */
export function toEdtf(values) {
  const start = String(values.date_start ?? "");
  const end = String(values.date_end ?? "");
  if (!start && !end) return "";
  if (values.date_precision === "day") return start;
  if (values.date_precision === "month") return start.slice(0, 7);
  if (values.date_precision === "year") return start.slice(0, 4);
  if (!start) return `../${end}`;
  if (!end || values.date_kind === "since") return `${start}/..`;
  return values.date_kind === "throughout" ? `${start}/${end}` : `[${start}..${end}]`;
}
