/* What the reader has chosen: defaults, what may be set, and the URL fragment that says the same. */
(function (geo) {
  "use strict";

  const LAYERS = ["choropleth", "incidents", "strongholds", "cross_border", "statistics"];
  const FILTERS = { event_type: [], group: [], precision: "all", cross_border: false, text: "" };

  function initial(metric) {
    return { years: null, metric, layers: LAYERS.slice(0, -1), view: null, filters: { ...FILTERS } };
  }

  /** A year as a whole number, or null for what is none. */
  function whole(value) {
    const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
    return Number.isFinite(number) ? Math.round(number) : null;
  }

  /** A period inside the data's years, in order; null for "all years" and for what is no period. */
  function years(value, extent) {
    if (!Array.isArray(value) || !extent) return null;
    const ends = value.map(whole);
    if (ends.length !== 2 || ends.includes(null)) return null;
    const [from, to] = ends.sort((a, b) => a - b);
    return [Math.min(Math.max(from, extent[0]), extent[1]), Math.min(Math.max(to, extent[0]), extent[1])];
  }

  const list = (value) => [...new Set((Array.isArray(value) ? value : [value]).map(String))].filter((word) => word !== "");

  function filters(now, partial) {
    const next = { ...now };
    if ("event_type" in partial) next.event_type = list(partial.event_type ?? []);
    if ("group" in partial) next.group = list(partial.group ?? []);
    if ("precision" in partial) next.precision = partial.precision === "exact" ? "exact" : "all";
    if ("cross_border" in partial) next.cross_border = partial.cross_border === true;
    if ("text" in partial) next.text = String(partial.text ?? "");
    return next;
  }

  function view(value) {
    const { lat, lng, zoom } = value ?? {};
    return [lat, lng, zoom].every(Number.isFinite) ? { lat: Math.max(-90, Math.min(90, lat)), lng, zoom: Math.max(0, Math.min(20, zoom)) } : null;
  }

  /** The state after `partial` is laid over it; unknown parts are ignored, impossible values clamped. */
  function merge(state, partial, { extent, metrics }) {
    const next = { ...state };
    if (partial === null || typeof partial !== "object") return next;
    if ("years" in partial) next.years = years(partial.years, extent);
    if (metrics.includes(partial.metric)) next.metric = partial.metric;
    if (Array.isArray(partial.layers)) next.layers = LAYERS.filter((name) => partial.layers.includes(name));
    if ("view" in partial) next.view = view(partial.view) ?? state.view;
    if (partial.filters && typeof partial.filters === "object") next.filters = filters(state.filters, partial.filters);
    return next;
  }

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  /** The names of the parts in which two states differ. */
  function differences(before, after) {
    return new Set(["years", "metric", "layers", "view", "filters"].filter((part) => !same(before[part], after[part])));
  }

  /** "years=2021-2022&metric=…" -> a partial state. */
  function parse(fragment) {
    const partial = {};
    const found = {};
    for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      if (key === "years") {
        const ends = value.match(/^(\d{1,4})(?:-(\d{1,4}))?$/);
        if (value === "all") partial.years = null;
        else if (ends) partial.years = [Number(ends[1]), Number(ends[2] ?? ends[1])];
      } else if (key === "metric") partial.metric = value;
      else if (key === "layers") partial.layers = value.split(",");
      else if (key === "map") {
        const [zoom, lat, lng] = value.split("/").map(Number);
        partial.view = { lat, lng, zoom };
      } else if (key === "type") (found.event_type ??= []).push(value);
      else if (key === "group") (found.group ??= []).push(value);
      else if (key === "precision") found.precision = value;
      else if (key === "cross_border") found.cross_border = value === "1" || value === "true";
      else if (key === "q") found.text = value;
    }
    if (Object.keys(found).length) partial.filters = found;
    return partial;
  }

  /** A state -> its fragment, without "#"; parts that say nothing are left out. */
  function format({ years: period, metric, layers, view: at, filters: chosen }) {
    const words = new URLSearchParams();
    words.append("years", period ? period.join("-") : "all");
    words.append("metric", metric);
    words.append("layers", layers.join(","));
    if (at) words.append("map", `${Number(at.zoom.toFixed(2))}/${at.lat.toFixed(2)}/${at.lng.toFixed(2)}`);
    for (const word of chosen.event_type) words.append("type", word);
    for (const word of chosen.group) words.append("group", word);
    if (chosen.precision !== "all") words.append("precision", chosen.precision);
    if (chosen.cross_border) words.append("cross_border", "1");
    if (chosen.text) words.append("q", chosen.text);
    return words.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
  }

  geo.state = { LAYERS, initial, merge, differences, parse, format };
})((globalThis.geo ??= {}));
