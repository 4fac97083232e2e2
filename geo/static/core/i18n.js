/* Interface text: geo.t("key", {name: value}) in the page's language, with its plurals and number format. */
(function (geo) {
  "use strict";

  let texts = {};
  let locale = "en";
  let plurals = null; // made when first needed: each takes as long as a frame
  let numbers = null;

  /** Take the contents of a lang/*.json file as the texts of this page. */
  function load(strings) {
    texts = strings || {};
    locale = texts.locale || texts.lang || "en";
    plurals = numbers = null;
  }

  /** A number as the page's language writes it; a year is passed to t() as text, so that it has no thousands mark. */
  function number(value) {
    numbers ??= new Intl.NumberFormat(locale);
    return numbers.format(value);
  }

  /** The text of `key` with {name} places filled; a key without a text shows itself, so a gap in a language file is seen. */
  function t(key, values = {}) {
    let text = texts[key];
    if (text === undefined) return key;
    if (typeof text === "object") {
      plurals ??= new Intl.PluralRules(locale);
      text = text[plurals.select(values.count)] ?? text.other;
    }
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      if (!(name in values)) return place;
      return typeof values[name] === "number" ? number(values[name]) : String(values[name]);
    });
  }

  /** Words of the data that the interface knows (kinds, precisions, roles) in the page's language; others as they are. */
  function word(column, value) {
    if (value === null || value === undefined || value === "") return "";
    const key = `${column}.${value}`;
    return key in texts ? t(key) : String(value);
  }

  geo.t = t;
  geo.i18n = {
    load,
    number,
    word,
    has: (key) => key in texts,
    language: () => texts.lang || "en",
    locale: () => locale,
    direction: () => texts.dir || "ltr",
  };
})((globalThis.geo ??= {}));
