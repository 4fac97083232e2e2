/* The one thing that layers and controls share: records, what the reader has chosen, the numbers that follow, and who is told of a change. */

import * as aggregate from "./aggregate.js";
import { createAreas } from "./areas.js";
import { createBins, readBins } from "./bins.js";
import * as decode from "./decode.js";
import { applyFilter } from "./filter.js";
import { placeMarks } from "./marks.js";
import { createRows } from "./rows.js";
import { initialState, mergeState, stateDifferences } from "./state.js";
import { createStore } from "./store.js";
import { openTopology } from "./topology.js";

const FRAME_MS = 200; // a page out of sight gets no animation frames; then time must do

/** Run before the next paint, or soon where there is none. */
function frame(run) {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(once, FRAME_MS);
  globalThis.requestAnimationFrame?.(once);
}

/** Resolved after the paint that shows what has changed by now. */
function painted() {
  return new Promise((done) => frame(() => setTimeout(done, 0)));
}

/** The records of a page's two blocks, by the ids of their elements. */
export function openModel(dataId, textId) {
  const block = (id) => decode.block(document.getElementById(id).textContent);
  return createModel(
    () => block(dataId),
    () => block(textId),
  );
}

/** A model of two blocks that are opened by functions which return Promises. */
export function createModel(openData, openText) {
  const listeners = { change: new Set() }; // by the name of their event
  const wished = {}; // what layers and the page ask for before the data are there
  let perCode = null;

  const model = {
    store: null,
    rows: null,
    areas: null,
    marks: null,
    topology: null,
    derived: null,
    extent: null,
    drawn: null,
    rest: null,
    metrics: [],
    layers: {},
    theme: "light",
    styles: null,
    selection: null,
    provinceSelected: null,
    state: initialState("incidents"),

    /** Call `listener` at each event called `name`; returns the function that ends it. */
    on(name, listener) {
      if (!Object.hasOwn(listeners, name))
        throw new Error(`model.on("${name}"): no such event; there is ${Object.keys(listeners).join(", ")}`);
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
    /**
     * Lay `partial` over the state.
     * @param {Record<string, any>} partial
     * @param {{source?: string}} [options] Who asks; listeners are told.
     */
    async set(partial, { source } = {}) {
      if (model.store === null) {
        Object.assign(wished, partial);
        await model.ready;
        return painted();
      }
      if (partial.filters?.text && !model.store.hasTexts) await model.store.texts;
      const next = mergeState(model.state, partial, model);
      const changed = stateDifferences(model.state, next);
      if (changed.size) {
        model.state = next;
        derive(changed);
        emit(changed, source);
      }
      return painted();
    },
    /**
     * A record or several, with the place where they were met; null for none.
     * @param {number | number[] | null} records
     * @param {{latlng?: any}} [options]
     */
    select(records, { latlng } = {}) {
      const list = records === null || records === undefined ? [] : Array.isArray(records) ? records : [records];
      model.selection = list.length ? { records: list, latlng: latlng ?? null } : null;
      if (list.length) model.provinceSelected = null;
      emit(new Set(["selection"]));
    },
    selectProvince(code) {
      model.provinceSelected = code;
      if (code !== null) model.selection = null;
      emit(new Set(["selection"]));
    },
    setTheme(name) {
      if (name === model.theme) return;
      model.theme = name;
      if (model.store) emit(new Set(["theme"]));
    },
    /** Colour of an event type in the present theme. */
    palette: (word) => model.symbol(word).colour,
    symbol: (word) => symbols.get(word) ?? model.styles.other,
    /** A colour of the present theme by its name in geo/style.py. */
    colour: (name) => model.styles.themes[model.theme][name],
    /** The code in which a record's province is counted at the end of the period shown. */
    drawnCode(code) {
      const number = model.areas.numberOf.get(code);
      return number ? model.store.codes[model.drawn.home[number] - 1] : code;
    },
    /** Sums of the incidents shown in a province as drawn, and its incidents by year whatever the filters. */
    countIn(code) {
      const wanted = Uint8Array.from([0, ...model.store.codes.map((own) => (model.drawnCode(own) === code ? 1 : 0))]);
      return aggregate.inProvinces(model.rows, wanted);
    },
    painted,
    frame,
  };
  const symbols = new Map();

  function emit(changed, source) {
    for (const listener of [...listeners.change])
      listener({ state: model.state, changed, derived: model.derived, source });
  }

  function derive(changed) {
    const { store, rows, state, rest } = model;
    const filters = changed.has("filters");
    if (changed.has("years")) applyFilter(rows, "years", state.years);
    if (filters) for (const [name, wanted] of Object.entries(state.filters)) applyFilter(rows, name, wanted);
    const next = { ...model.derived };
    if (changed.has("years"))
      model.drawn = model.areas.drawn(state.years?.[1] ?? model.extent?.[1] ?? new Date().getFullYear());
    if (changed.has("years") || filters) {
      const { perCode: sums, ...counts } = aggregate.count(rows, model.drawn);
      perCode = sums;
      Object.assign(next, aggregate.selection(store, rows.fails), counts, { rest: rest?.shown() ?? null });
    }
    if (filters) next.byYear = aggregate.byYear(rows, model.extent);
    if (changed.has("years") || filters || changed.has("metric")) {
      next.provinces = aggregate.provinces(store, model.areas, model.drawn, perCode, state.metric);
    }
    model.derived = next;
  }

  function extentOf({ n, first, last }) {
    let extent = null;
    for (let i = 0; i < n; i++) {
      if (first[i] === 0) continue;
      extent ??= [first[i], last[i]];
      if (first[i] < extent[0]) extent[0] = first[i];
      if (last[i] > extent[1]) extent[1] = last[i];
    }
    return extent;
  }

  async function open() {
    const data = await openData();
    const store = createStore(data, async () => {
      const text = await openText();
      setTimeout(() => emit(new Set(["texts"])), 0);
      return text;
    });
    const areas = createAreas(data.header);
    store.provinces = store.codes.map((code, k) => {
      const all = areas.byCode[k];
      const area = all[all.length - 1];
      return {
        code,
        name: data.header.names[k],
        country: area === undefined ? code.slice(0, 2) : areas.country(area),
        area_km2: area === undefined ? NaN : areas.km2[area],
      };
    });
    const marks = placeMarks(store, areas);
    const bins = readBins(data, store, areas);
    const rows = createRows(store, bins, marks.form);
    Object.assign(model, {
      store,
      areas,
      marks,
      rows,
      rest: createBins(data, store, bins, rows.fails.subarray(store.n)),
      metrics: data.header.metrics,
      styles: data.header.styles,
      extent: extentOf(rows),
    });
    for (const { word, shape, colour } of model.styles.event_types) symbols.set(word, { shape, colour });
    model.topology = openTopology(data);
    model.state = mergeState(model.state, wished, model);
    derive(new Set(["years", "filters", "metric"]));
  }

  model.ready = open();
  return model;
}
