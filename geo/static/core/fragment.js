/* Format the state as the fragment of an address, and parse it: what a link, a bookmark or an iframe reopens. */

/** @import { Filters, PartialState, State, View, Years } from "../types/model.d.ts" */

/**
 * What the values of a state are checked against.
 * @typedef {object} Known
 * @property {Years} extent
 * @property {string[]} metrics
 * @property {string[]} layers
 * @property {(column: string) => Set<string>} words
 */

/** @type {Record<string, "event_type" | "group">} */
const LISTS = { type: "event_type", group: "group" };
/** @type {Readonly<Filters>} */
const NONE = Object.freeze({ event_type: [], group: [], precision: "all", cross_border: false, text: "", on: "" });

/**
 * `encodeURIComponent`, but with the characters left that keep an address readable.
 * @param {string} text
 */
function encode(text) {
  return encodeURIComponent(text).replace(/%20/g, "+").replace(/%2F/g, "/");
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return ""; // a broken escape: the part is ignored
  }
}

/**
 * "#years=2021-2022&metric=incidents&layers=choropleth,incidents&map=6/34.50/69.20", and the filters that are set.
 * @param {State & { record?: string | null }} state `record`: the id of the record that is open.
 */
export function format({ years, metric, layers, view, filters, record }) {
  const parts = [`years=${years ? years.join("-") : "all"}`, `metric=${metric}`, `layers=${layers.join(",")}`];
  if (view) parts.push(`map=${Number(view.zoom.toFixed(2))}/${view.lat.toFixed(2)}/${view.lng.toFixed(2)}`);
  for (const [name, column] of Object.entries(LISTS))
    if (filters[column].length) parts.push(`${name}=${filters[column].map(encode).join(",")}`);
  if (filters.precision !== "all") parts.push(`precision=${filters.precision}`);
  if (filters.cross_border) parts.push("cross_border=1");
  if (filters.text) parts.push(`q=${encode(filters.text)}`);
  if (filters.on) parts.push(`on=${filters.on}`);
  if (record) parts.push(`record=${encode(record)}`);
  return `#${parts.join("&")}`;
}

/**
 * @param {string} text
 * @returns {Years | null | undefined}
 */
function yearsOf(text) {
  if (text === "all") return null;
  const found = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(text);
  return found ? [Number(found[1]), Number(found[2] ?? found[1])] : undefined;
}

/**
 * @param {string} text
 * @returns {View}
 */
function viewOf(text) {
  const [zoom, lat, lng] = text.split("/").map(Number);
  return { zoom, lat, lng };
}

/** Whether a text is a day of the calendar, as 2021-08-26. @param {string} text */
function isDay(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** @type {(value: number, low: number, high: number) => number} */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * Each part of a state: the value if it makes sense, brought within bounds, else undefined.
 * @type {Record<string, (value: any, known: Known) => unknown>} `any`: a value from outside may have any type; each check tests it.
 */
const CLEAN = {
  years(value, { extent }) {
    if (value === null) return null;
    if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isFinite)) return undefined;
    return value.map((year) => clamp(Math.round(year), extent[0], extent[1])).sort((a, b) => a - b);
  },
  metric: (value, { metrics }) => (metrics.includes(value) ? value : undefined),
  layers(value, { layers }) {
    if (!Array.isArray(value)) return undefined;
    const known = [...new Set(value)].filter((name) => layers.includes(name));
    return value.length && !known.length ? undefined : known; // none that exists: not a wish for an empty map
  },
  record: (value) => (value === null || typeof value === "string" ? value || null : undefined),
  view(value) {
    if (!value || ![value.zoom, value.lat, value.lng].every(Number.isFinite)) return undefined;
    return { zoom: clamp(value.zoom, 0, 22), lat: clamp(value.lat, -90, 90), lng: clamp(value.lng, -180, 180) };
  },
  filters(value, { words }) {
    if (!value || typeof value !== "object") return undefined;
    /** @type {Partial<Filters>} */
    const out = {};
    for (const column of Object.values(LISTS)) {
      if (Array.isArray(value[column]))
        out[column] = [...new Set(value[column])].filter((word) => words(column).has(word));
    }
    if (value.precision === "all" || value.precision === "exact") out.precision = value.precision;
    if (typeof value.cross_border === "boolean") out.cross_border = value.cross_border;
    if (typeof value.text === "string") out.text = value.text;
    if (typeof value.on === "string" && (value.on === "" || isDay(value.on))) out.on = value.on;
    return out;
  },
};

/**
 * A partial state from outside (an address, a host page, a script): unknown parts left out, impossible values brought within bounds.
 * @param {Record<string, unknown> | null | undefined} partial
 * @param {Known} known
 * @returns {PartialState & { record?: string | null }}
 */
export function clean(partial, known) {
  /** @type {Record<string, unknown>} */
  const out = {};
  for (const [name, check] of Object.entries(CLEAN)) {
    const value = partial?.[name] === undefined ? undefined : check(partial[name], known);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

/**
 * The partial state that a fragment names, null where it names none; filters it does not name are off.
 * @param {string} fragment
 * @param {Known} known
 * @returns {(PartialState & { record?: string | null }) | null}
 */
export function parse(fragment, known) {
  /** @type {Record<string, unknown>} */
  const state = {};
  /** @type {Record<string, unknown>} */
  const filters = { ...NONE };
  let any = false;
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    const [name, text] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    if (name === "years") state.years = yearsOf(decode(text));
    else if (name === "metric") state.metric = text;
    else if (name === "layers") state.layers = text ? decode(text).split(",") : [];
    else if (name === "map") state.view = viewOf(decode(text));
    else if (name in LISTS) filters[LISTS[name]] = text.split(",").map(decode);
    else if (name === "precision") filters.precision = text;
    else if (name === "cross_border") filters.cross_border = text === "1";
    else if (name === "on") filters.on = text;
    else if (name === "q") filters.text = decode(text);
    else if (name === "record") state.record = decode(text);
    else continue;
    any = true;
  }
  if (!any) return null;
  const sensible = clean({ ...state, filters }, known);
  return { ...sensible, filters: { ...NONE, ...sensible.filters } };
}
