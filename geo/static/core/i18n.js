/* Interface text: t("key", {name: value}) in the page's language, with its plurals and number format. */

let texts = {};
let tag = "en"; // of the language, as Intl takes it
let plurals = null; // made when first needed: each takes as long as a frame
let numbers = null;

/** Take the contents of a lang/*.json file as the texts of this page. */
export function load(strings) {
  texts = strings || {};
  tag = texts.locale || texts.lang || "en";
  plurals = numbers = null;
}

/** A number as the page's language writes it; a year is passed to t() as text, so that it has no thousands mark. */
export function number(value) {
  numbers ??= new Intl.NumberFormat(tag);
  return numbers.format(value);
}

/** The text of `key` with {name} places filled; a key without a text shows itself, so a gap in a language file is seen. */
export function t(key, values = {}) {
  let text = texts[key];
  if (text === undefined) return key;
  if (typeof text === "object") {
    plurals ??= new Intl.PluralRules(tag);
    text = text[plurals.select(values.count)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) return place;
    return typeof values[name] === "number" ? number(values[name]) : String(values[name]);
  });
}

/** Words of the data that the interface knows (kinds, precisions, roles) in the page's language; others as they are. */
export function word(column, value) {
  if (value === null || value === undefined || value === "") return "";
  const key = `${column}.${value}`;
  return key in texts ? t(key) : String(value);
}

export const has = (key) => key in texts;
export const language = () => texts.lang || "en";
export const locale = () => tag;
export const direction = () => texts.dir || "ltr";

/** Interface text where a language file is loaded, else plain words: layers work on maps without our page, too. */
export const textOr = (key, plain) => (has(key) ? t(key) : plain);
