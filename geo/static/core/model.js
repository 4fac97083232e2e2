/* The model that layers and controls share: records, what the reader has chosen, the numbers that follow, and change events. */

import * as aggregate from "./aggregate.js";
import { createAreas } from "./areas.js";
import { openBasemap } from "./basemap.js";
import { createBins, readBins } from "./bins.js";
import * as decode from "./decode.js";
import { applyFilters, applyYears } from "./filter.js";
import { placeMarks } from "./marks.js";
import { createRows } from "./rows.js";
import { initialState, mergeState, stateDifferences } from "./state.js";
import { createStore } from "./store.js";
import { countedBy, tally } from "./tally.js";
import { openTopology } from "./topology.js";

/** @import { Areas, BaseBlock, Block, Columns, Store } from "../types/data.d.ts" */
/** @import { Change, Derived, Look, Model, Part, PartialState, SumsByCode, Years } from "../types/model.d.ts" */
/** @typedef {(change: Change) => void} Listener */

const FRAME_MS = 200; // a hidden page gets no animation frames: a timer runs instead

/**
 * What a model has before `ready` is resolved. The type is what it has afterwards, because no code reads these earlier.
 * @typedef {"store" | "rows" | "areas" | "marks" | "topology" | "base" | "derived" | "drawn" | "styles" | "rest"} Decoded
 */
const UNDECODED = /** @type {Pick<Model, Decoded>} */ (
  /** @type {Record<Decoded, unknown>} */ ({
    store: null,
    rows: null,
    areas: null,
    marks: null,
    topology: null,
    base: null,
    derived: null,
    drawn: null,
    styles: null,
    rest: null,
  })
);

/**
 * Run before the next paint, or soon where there is none.
 * @param {() => void} run
 */
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

/**
 * Resolves after the paint that shows the changes made so far.
 * @returns {Promise<void>}
 */
function painted() {
  return new Promise((done) => frame(() => setTimeout(done, 0)));
}

/**
 * A model of a page's two blocks, by the ids of their elements; a block "geo-base" beside "geo-data" is the base map.
 * @param {string} dataId
 * @param {string} textId
 */
export function openModel(dataId, textId) {
  /** @param {string} id */
  const block = (id) => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`geo.model: the page has no element "${id}"`);
    return decode.block(element.textContent ?? "");
  };
  const baseId = dataId.replace("data", "base");
  return createModel(
    () => block(dataId),
    () => block(textId),
    async () => (document.getElementById(baseId) ? /** @type {BaseBlock} */ (await block(baseId)) : null),
  );
}

/**
 * The first and the last year of all rows; null where none is dated.
 * @param {Columns} rows
 * @returns {Years | null}
 */
function extentOf({ n, first, last }) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    if (first[i] === 0) continue;
    if (first[i] < low) low = first[i];
    if (last[i] > high) high = last[i];
  }
  return low <= high ? [low, high] : null;
}

/**
 * The provinces of a data block, each as in its latest vintage.
 * @param {Store} store
 * @param {Areas} areas
 */
function provincesOf({ codes, header }, areas) {
  return codes.map((code, k) => {
    const area = areas.byCode[k].at(-1);
    return {
      code,
      name: header.names[k],
      country: area === undefined ? code.slice(0, 2) : areas.country(area),
      area_km2: area === undefined ? NaN : areas.km2[area],
    };
  });
}

/**
 * A model of two blocks.
 * @param {() => Promise<Block>} openData
 * @param {() => Promise<Block>} openText
 * @param {() => Promise<BaseBlock | null>} [openBase]
 * @returns {Model}
 */
export function createModel(openData, openText, openBase = async () => null) {
  /** @type {{change: Set<Listener>}} By the name of their event. */
  const listeners = { change: new Set() };
  /** @type {PartialState} What layers and the page ask for before the data are decoded. */
  const requested = {};
  /** @type {SumsByCode | null} */
  let perCode = null;
  /** @type {Map<string, Look>} By event type. */
  const symbols = new Map();

  /** @type {Model} */
  const model = {
    ...UNDECODED,
    ready: Promise.resolve(),
    extent: null,
    metrics: [],
    layers: {},
    theme: "light",
    selection: null,
    provinceSelected: null,
    state: initialState("incidents"),

    /** Call `listener` at each event called `name`; returns a function that removes it. */
    on(name, listener) {
      if (!Object.hasOwn(listeners, name))
        throw new Error(`model.on("${name}"): no such event; there is ${Object.keys(listeners).join(", ")}`);
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
    /** Merge `partial` into the state; `source` is passed to the listeners. */
    async set(partial, { source } = {}) {
      if (model.store === null) {
        Object.assign(requested, partial);
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
    /** Put a record or several in focus, at the place where the reader chose them; null for none. */
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

  /**
   * @param {Set<Part>} changed
   * @param {string} [source]
   */
  function emit(changed, source) {
    for (const listener of [...listeners.change])
      listener({ state: model.state, changed, derived: model.derived, source });
  }

  /** @param {Set<Part>} changed */
  function derive(changed) {
    const { store, rows, state, rest } = model;
    const filters = changed.has("filters");
    if (changed.has("years")) applyYears(rows, state.years);
    if (filters) applyFilters(rows, state.filters);
    /** @type {Derived} */
    const next = { ...model.derived };
    if (changed.has("years"))
      model.drawn = model.areas.drawn(state.years?.[1] ?? model.extent?.[1] ?? new Date().getFullYear());
    if (changed.has("years") || filters) {
      const { perCode: sums, ...counts } = aggregate.count(rows, model.drawn);
      perCode = sums;
      Object.assign(next, aggregate.selection(store, rows.fails), counts, { rest: rest?.shown() ?? null });
    }
    const counted = countedBy(state.layers);
    const others = String(counted) !== String(next.tallies?.map((one) => one.counted));
    if (changed.has("years") || filters || others) next.tallies = counted.map((one) => tally(rows, one));
    if (filters || others) next.byYear = aggregate.byYear(rows, model.extent, counted);
    if (perCode && (changed.has("years") || filters || changed.has("metric"))) {
      next.provinces = aggregate.provinces(store, model.areas, model.drawn, perCode, state);
    }
    model.derived = next;
  }

  async function open() {
    const [data, base] = await Promise.all([openData(), openBase()]);
    const store = createStore(data, async () => {
      const text = await openText();
      setTimeout(() => emit(new Set(["texts"])), 0);
      return text;
    });
    const areas = createAreas(data.header);
    store.provinces = provincesOf(store, areas);
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
    model.base = base && openBasemap(base);
    model.state = mergeState(model.state, requested, model);
    derive(new Set(["years", "filters", "metric"]));
  }

  model.ready = open();
  return model;
}
