/* The model, which layers and controls share: the state, and the numbers that follow from it. */

import type { LatLngExpression } from "leaflet";
import type { Areas, Basemap, BinsHeader, Column, Drawn, Marks, Rows, Store, Topology } from "./data.d.ts";
import type { CanvasLayer } from "./page.d.ts";

/** First and last year, both included. */
export type Years = [number, number];

/** What a change may concern. */
export type Part = "years" | "metric" | "layers" | "view" | "filters" | "selection" | "theme" | "texts";

/** The parts of a state. */
export type StatePart = keyof State;

export type LayerName = "choropleth" | "strongholds" | "statistics" | "cross_border" | "incidents";

export type Theme = "light" | "dark";

export interface Filters {
  event_type: string[];
  group: string[];
  precision: "all" | "exact";
  cross_border: boolean;
  text: string;
  /** Only strongholds in force on this day, ISO 8601; "" for any. */
  on: string;
}

export interface View {
  lat: number;
  lng: number;
  zoom: number;
}

export interface State {
  years: Years | null;
  metric: string;
  layers: string[];
  view: View | null;
  filters: Filters;
}

/** What may be merged into a state. */
export type PartialState = Partial<Omit<State, "filters">> & { filters?: Partial<Filters> };

export interface ProvinceSum {
  incidents: number;
  fatalities_best: number;
}

export interface Totals {
  /** Distinct ones. */
  incidents: number;
  /** All records of incidents. */
  reports: number;
  strongholds: number;
  statistics: number;
  unplaced: number;
  undated: number;
  /** Known only to be before a date. */
  before: number;
  /** `high` is null where an incident has no upper bound. */
  fatalities: { low: number; best: number; high: number | null };
  fatalities_open: number;
  fatalities_unknown: number;
  provinces: Record<string, ProvinceSum>;
}

/** Sums by code number. */
export interface SumsByCode {
  incidents: Uint32Array;
  best: Float64Array;
  known: Uint8Array;
}

export interface ProvinceValue extends ProvinceSum {
  area_km2: number;
  value: number | null;
  class: number;
}

/** What layers draw of incidents without a mark of their own. */
export interface BinsShown {
  incidents: number;
  leftOut: number;
  byType: Uint32Array;
  grid: Uint32Array;
  abroad: number;
  countries: Map<string, number>;
}

/** What the grid and the notes about bins need. */
export interface Bins {
  n: number;
  about: BinsHeader;
  /** Of each grid cell, counted from 90° S and 180° W. */
  places: { row: Column; column: Column };
  shown(): BinsShown;
  /** Counts by type code of those shown in one grid cell. */
  typesIn(place: number): Uint32Array;
}

export type LayerCounts = Record<LayerName, number>;

/** Incidents and strongholds that each choice of a filter would show. */
export interface Facets {
  event_type: Map<string, number>;
  group: Map<string, number>;
  precision: Map<string, number>;
  cross_border: number;
}

/** Counts by year and type, row by row; the last type is "". */
export interface ByYear {
  years: number[];
  types: string[];
  counts: Uint32Array;
}

/** Incidents with a place on the map: by type code, and those across borders. */
export interface LegendCounts {
  types: Uint32Array;
  abroad: { place: number; country: number };
}

/** What one pass over the rows counts; see `count` in core/aggregate.js. */
export interface Counts {
  totals: Totals;
  perCode: SumsByCode;
  undated: Int32Array;
  facets: Facets;
  layers: LayerCounts;
  legend: LegendCounts;
}

/** Sums of the incidents shown in a province, and its incidents by year whatever the filters. */
export interface ProvinceCount {
  incidents: number;
  low: number;
  best: number;
  high: number;
  open: number;
  unknown: number;
  lowKnown: number;
  bestKnown: number;
  years: Map<number, number>;
  /** Of the incidents, those of no year. */
  undated: number;
  withoutMark: number;
}

/** The numbers that follow from the state. */
export interface Derived {
  selected: Uint8Array;
  order: Int32Array;
  totals: Totals;
  undated: Int32Array;
  provinces: Map<string, ProvinceValue>;
  byYear: ByYear;
  /** Of each kind of record that the layers draw. */
  tallies: Tally[];
  facets: Facets;
  layers: LayerCounts;
  legend: LegendCounts;
  rest: BinsShown | null;
}

/** What a map counts; see core/tally.js. */
export type Counted = "incident" | "stronghold" | "cross_border" | "statistic";

export interface Tally {
  counted: Counted;
  /** Shown now, distinct ones. */
  count: number;
  /** In the data. */
  of: number;
  /** All records of those shown. */
  reports: number;
  unplaced: number;
  undated: number;
  /** Known only to be before a date. */
  before: number;
}

export interface Look {
  shape: string;
  colour: string;
}

/** Colours, symbols and sizes as Python chooses them; the data block carries them. */
export interface Styles {
  event_types: (Look & { word: string })[];
  other: Look;
  /** `line`: dashes and gaps of the lines, none for whole ones. */
  groups: { word: string; light: string; dark: string; angle: number; line: number[] }[];
  /** Of strongholds without a group. */
  no_group: { word: string; light: string; dark: string; angle: number; line: number[] };
  tiers: Record<string, number[]>;
  /** Dash pattern of disputed lines. */
  disputed: number[];
  themes: Record<Theme, Record<string, string>>;
  /** By the number of classes. */
  shades: Record<number, Record<Theme, string[]>>;
  sizes: Record<string, number>;
}

export interface Change {
  state: State;
  changed: Set<Part>;
  derived: Derived;
  source?: string;
}

export interface Selection {
  records: number[];
  latlng: LatLngExpression | null;
}

/** See core/model.js. What the data give is there once `ready` is resolved. */
export interface Model {
  ready: Promise<void>;
  store: Store;
  rows: Rows;
  areas: Areas;
  marks: Marks;
  topology: Topology;
  /** Null on maps that are not whole pages, or have tiles. */
  base: Basemap | null;
  derived: Derived;
  drawn: Drawn;
  styles: Styles;
  extent: Years | null;
  rest: Bins | null;
  metrics: string[];
  layers: Record<string, CanvasLayer>;
  theme: Theme;
  selection: Selection | null;
  provinceSelected: string | null;
  state: State;
  /** Whether a page shows it; then the page shows what is selected, and layers open no popup. */
  hasPage?: boolean;
  on(name: "change", listener: (change: Change) => void): () => void;
  set(partial: PartialState, options?: { source?: string }): Promise<void>;
  select(records: number | number[] | null, options?: { latlng?: LatLngExpression }): void;
  selectProvince(code: string | null): void;
  setTheme(name: Theme): void;
  palette(word: string): string;
  symbol(word: string): Look;
  colour(name: string): string;
  drawnCode(code: string): string;
  countIn(code: string): ProvinceCount;
  painted(): Promise<void>;
  frame(run: () => void): void;
}
