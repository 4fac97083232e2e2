/* Interface text: t("key", {name: value}) in the page's language, with its plurals and number format. */

/** @typedef {Record<string, string | Record<string, string>>} Texts */

/** @type {Texts} */
let texts = {};
let tag = "en"; // of the language, as Intl takes it
/** @type {Intl.PluralRules | null} */
let plurals = null; // made when first needed: each takes as long as a frame
/** @type {Intl.NumberFormat | null} */
let numbers = null;

/**
 * Take the contents of a lang/*.json file as the texts of this page.
 * @param {Texts} [strings]
 */
export function load(strings) {
  texts = strings || {};
  tag = setting("locale") || setting("lang") || "en";
  plurals = numbers = null;
}

/**
 * One of the texts that are no interface text: the language, its writing, its direction.
 * @param {string} key
 */
function setting(key) {
  const text = texts[key];
  return typeof text === "string" ? text : "";
}

/**
 * A number as the page's language writes it; a year is passed to t() as text, so that it has no thousands separator.
 * @param {number} value
 */
export function number(value) {
  numbers ??= new Intl.NumberFormat(tag);
  return numbers.format(value);
}

/**
 * A label made by Python, "506–12,898", with its numbers as the page's language writes them.
 * @param {string} label
 */
export const numbersIn = (label) =>
  label.replace(/\d[\d,]*(\.\d+)?/g, (digits) => number(Number(digits.replaceAll(",", ""))));

/**
 * The text of `key` with {name} places filled; a key without a text shows itself, so a gap in a language file is seen.
 * @param {string} key
 * @param {Record<string, unknown>} [values] `count` chooses the plural.
 * @returns {string}
 */
export function t(key, values = {}) {
  let text = texts[key];
  if (text === undefined) return key;
  if (typeof text === "object") {
    plurals ??= new Intl.PluralRules(tag);
    text = text[plurals.select(Number(values.count))] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) return place;
    const value = values[name];
    return typeof value === "number" ? number(value) : String(value);
  });
}

/**
 * Words of the data that the interface knows (kinds, precisions, roles) in the page's language; others as they are.
 * @param {string} column
 * @param {string | null | undefined} value
 */
export function word(column, value) {
  if (value === null || value === undefined || value === "") return "";
  const key = `${column}.${value}`;
  return key in texts ? t(key) : String(value);
}

/** @type {(key: string) => boolean} */
export const has = (key) => key in texts;
export const language = () => setting("lang") || "en";
export const locale = () => tag;
export const direction = () => setting("dir") || "ltr";

/**
 * Interface text where a language file is loaded, else plain words: layers work on maps without our page, too.
 * @type {(key: string, plain: string) => string}
 */
export const textOr = (key, plain) => (has(key) ? t(key) : plain);
