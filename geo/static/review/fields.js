/* The fields of a record on a review page: their order, group, key and type, and what must hold between them. */

/** @typedef {import("../types/review.d.ts").Field} Field */
/** @typedef {import("../types/review.d.ts").Values} Values */

/** Groups in the order of the form; each has a colour in the style sheet and a word in the texts. */
export const GROUPS = ["what", "when", "where", "who", "says", "killed", "injured", "total", "more"];

/** @type {Field[]} */
export const FIELDS = [
  { name: "kind", group: "what", type: "word", usual: true, half: true },
  { name: "clarity", group: "what", type: "word", kinds: ["incident"], half: true },
  { name: "title", group: "what", type: "text", key: "t", usual: true },
  { name: "description", group: "what", type: "long" },
  { name: "event_type", group: "what", type: "word", key: "e", kinds: ["incident"], usual: true, half: true },
  { name: "sub_event_type", group: "what", type: "word", kinds: ["incident"], usual: true, half: true },
  { name: "date_start", group: "when", type: "day", half: true },
  { name: "date_end", group: "when", type: "day", half: true },
  { name: "date_precision", group: "when", type: "word", usual: true, half: true },
  { name: "date_kind", group: "when", type: "word", usual: true, half: true },
  { name: "date_inferred", group: "when", type: "flag", half: true },
  { name: "place", group: "where", type: "text", key: "p", usual: true },
  { name: "admin1_code", group: "where", type: "word", usual: true },
  { name: "geo_precision", group: "where", type: "word", usual: true, half: true },
  { name: "country_code", group: "where", type: "text", usual: true, half: true },
  { name: "admin1_name", group: "where", type: "text", half: true },
  { name: "admin2_name", group: "where", type: "text", half: true },
  { name: "cross_border", group: "where", type: "flag", half: true },
  { name: "actor1", group: "who", type: "text", key: "1", kinds: ["incident", "statistic"], usual: true, half: true },
  { name: "actor2", group: "who", type: "text", key: "2", kinds: ["incident", "statistic"], usual: true, half: true },
  { name: "group", group: "who", type: "text", key: "g", kinds: ["stronghold"], usual: true, half: true },
  { name: "role", group: "who", type: "word", kinds: ["stronghold"], usual: true, half: true },
  { name: "tier", group: "says", type: "word", kinds: ["stronghold"], usual: true, half: true },
  { name: "status", group: "says", type: "word", usual: true, half: true },
  { name: "claimed_by", group: "says", type: "text", key: "c", usual: true, half: true },
  { name: "denied_by", group: "says", type: "text", key: "n", usual: true, half: true },
  { name: "fatalities_low", group: "killed", type: "count", key: "l", kinds: ["incident"], usual: true },
  { name: "fatalities_best", group: "killed", type: "count", key: "k", kinds: ["incident"], usual: true },
  { name: "fatalities_high", group: "killed", type: "count", key: "h", kinds: ["incident"], usual: true },
  { name: "deaths_a", group: "killed", type: "count", kinds: ["incident"] },
  { name: "deaths_b", group: "killed", type: "count", kinds: ["incident"] },
  { name: "deaths_civilians", group: "killed", type: "count", kinds: ["incident"] },
  { name: "deaths_unknown", group: "killed", type: "count", kinds: ["incident"] },
  { name: "injuries_low", group: "injured", type: "count", kinds: ["incident"], usual: true },
  { name: "injuries_best", group: "injured", type: "count", key: "i", kinds: ["incident"], usual: true },
  { name: "injuries_high", group: "injured", type: "count", kinds: ["incident"], usual: true },
  { name: "value", group: "total", type: "number", key: "v", kinds: ["statistic"], usual: true, half: true },
  { name: "unit", group: "total", type: "text", kinds: ["statistic"], usual: true, half: true },
  { name: "measure", group: "total", type: "text", kinds: ["statistic"], usual: true },
  { name: "note", group: "more", type: "long" },
];

/** @type {Map<string, Field>} */
export const FIELD = new Map(FIELDS.map((field) => [field.name, field]));

/** Fields that one key fills together: the key of the first takes the words apart. */
export const TOGETHER = {
  fatalities_best: ["fatalities_low", "fatalities_best", "fatalities_high"],
  injuries_best: ["injuries_low", "injuries_best", "injuries_high"],
};

/** ACLED's sub-event types, by type. */
export const SUB_TYPES = {
  Battles: ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
  "Explosions/Remote violence": [
    "Air/drone strike",
    "Chemical weapon",
    "Grenade",
    "Remote explosive/landmine/IED",
    "Shelling/artillery/missile attack",
    "Suicide bomb",
  ],
  "Violence against civilians": ["Abduction/forced disappearance", "Attack", "Sexual violence"],
  "Strategic developments": [
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
  ],
  Protests: ["Excessive force against protesters", "Peaceful protest", "Protest with intervention"],
  Riots: ["Mob violence", "Violent demonstration"],
};

/**
 * The key of a field that a reader presses to fill it, "d" for the dates.
 * @param {string} key
 * @returns {string | null}
 */
export function fieldOfKey(key) {
  if (key === "d") return "date_start";
  return FIELDS.find((field) => field.key === key)?.name ?? null;
}

/**
 * @param {Values} values
 * @param {string} low
 * @param {string} high
 */
function above(values, low, high) {
  const [a, b] = [values[low], values[high]];
  return typeof a === "number" && typeof b === "number" && a > b;
}

/**
 * What keeps a record from being taken: [field, key of the text] for each fault. `geo review apply` checks again, and more.
 * @param {Values} values
 * @param {[number, number] | null} point
 * @returns {[string, string][]}
 */
export function faults(values, point) {
  /** @type {[string, string][]} */
  const found = [];
  /** @param {boolean} wrong @param {string} field @param {string} rule */
  const check = (wrong, field, rule) => {
    if (wrong) found.push([field, `review.fault.${rule}`]);
  };
  const { kind, geo_precision: precision } = values;
  const placed = ["site", "city", "district", "province"].includes(String(precision));
  check(!values.title, "title", "needed");
  check(!kind, "kind", "needed");
  check(kind === "incident" && !values.status, "status", "needed");
  check(kind === "stronghold" && !values.role, "role", "needed");
  check(kind === "stronghold" && !values.tier, "tier", "needed");
  check(kind === "statistic" && !values.measure, "measure", "needed");
  check(kind === "statistic" && values.value == null && !values.description, "value", "value_or_words");
  check(!!values.date_start && !!values.date_end && values.date_start > values.date_end, "date_start", "dates");
  for (const what of ["fatalities", "injuries"]) {
    const [low, best, high] = ["low", "best", "high"].map((end) => `${what}_${end}`);
    check(above(values, low, best), low, "bounds");
    check(above(values, best, high), best, "bounds");
    check(values[best] == null && above(values, low, high), low, "bounds");
  }
  check(placed && !point, "geo_precision", "point");
  check(!placed && !!values.admin1_code, "geo_precision", "coarse");
  check(precision === "country" && !values.country_code, "country_code", "needed");
  check(precision === "unknown" && !!values.country_code, "geo_precision", "country");
  return found;
}

/**
 * A title put together from the fields, for a record without one of its own.
 * @param {Values} values
 */
export function plainTitle(values) {
  const what = values.sub_event_type || values.event_type || values.measure || values.role || values.kind || "";
  const where = values.place || values.admin1_name || "";
  return [what, where].filter(Boolean).join(", ");
}
