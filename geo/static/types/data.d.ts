/* What the data blocks of a page are read into; made by the scripts in core/. */

import type { Styles } from "./model.d.ts";

/** The arrays that columns of codes and numbers come in. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float64Array;
export type ColumnType = new (length: number) => Column;

/** West, north, east, south in Mercator units. */
export type Box = [number, number, number, number];

/** What a block's header says of one section; docs/design.md explains each. */
export interface Section {
  name: string;
  type: "u8" | "u16" | "u32" | "i32" | "f64" | "utf8" | "prose";
  offset: number;
  length: number;
  plus?: number;
  like?: string;
  planes?: boolean;
  stems?: boolean;
}

/** Incidents without a mark of their own: how many, and how the grid shows them. */
export interface BinsHeader {
  n: number;
  incidents: number;
  /** How many incidents have a mark, and which. */
  marks: number;
  reports: number;
  keep: string;
  /** Side of a grid cell. */
  degrees: number;
  /** Classes of counts per cell. */
  bounds: number[];
  labels: string[];
}

/** The header of a block. Both blocks have `sections` and `words`; the rest is in one of them. */
export interface Header {
  sections: Section[];
  words: Record<string, string[]>;
  /** geo-text: the paragraphs that `sources` cite. */
  paragraphs: (number | null)[];
  /** What the areas are. */
  level: "province" | "district";
  n: number;
  codes: string[];
  names: string[];
  areas: {
    code: number[];
    country: string[];
    from: (string | null)[];
    to: (string | null)[];
    km2: number[];
    lng: number[];
    lat: number[];
  };
  successors: Record<string, string>;
  countries: Record<string, { lng: number; lat: number; covered: boolean }>;
  /** Of all years and periods of several. */
  classes: Record<string, { metric: string; bounds: number[]; labels: string[] }>;
  /** Of single years. */
  year_classes: Record<string, { metric: string; bounds: number[]; labels: string[] }>;
  metrics: string[];
  styles: Styles;
  cells?: BinsHeader;
}

/** The block of the base map. */
export interface BaseBlock extends Omit<Block, "header"> {
  header: Header & {
    /** Steps per degree of its points. */
    steps: number;
    /** ISO 3166-1 codes; "" for land without one. */
    countries: string[];
    /** Longitude and latitude of each country's label, in turn. */
    labels: number[];
    /** Of places, with their rank. */
    lng: number[];
    lat: number[];
    rank: number[];
  };
}

/** A place that the base map names: rank 0 where records name it, 1 for capitals, then by size. */
export interface Place {
  name: string;
  /** Mercator units. */
  x: number;
  y: number;
  rank: number;
}

/** See core/basemap.js. */
export interface Basemap {
  /** In the order of the areas of `land`, with their label points. */
  countries: { code: string; x: number; y: number }[];
  land: Topology;
  lakes: Topology;
  disputed: Arcs;
  places: Place[];
}

/** What core/decode.js makes of a data block. */
export interface Block {
  header: Header;
  has(name: string): boolean;
  note(name: string): Section;
  section(name: string): Column;
  /** Words of prose, decoded when the first column needs them. */
  vocabulary?: FlatText;
}

/** The text of all rows, and where each ends. */
export interface FlatText {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/** A column of text. */
export interface TextColumn {
  get(i: number): string;
  flat(): FlatText;
}

export interface Source {
  source: string | null;
  paragraph: number | null;
}

export interface Province {
  code: string;
  name: string;
  country: string;
  area_km2: number;
}

/** What records and the rows of core/rows.js have in common. */
export interface Columns {
  n: number;
  header: Header;
  codes: string[];
  /** First and last year that each touches; 0 for undated ones. */
  first: Int16Array;
  last: Int16Array;
  column(name: string): Column;
  words(name: string): string[];
  textColumn(name: string): TextColumn | null;
}

/** What a row adds to sums of fatalities, and in how many of its incidents a figure is known. */
export interface Sums {
  low: Column;
  best: Column;
  high: Column;
  /** How many have no upper bound. */
  open: Column;
  unknown: Column;
  lowKnown: Column;
  bestKnown: Column;
}

/** Incidents without a mark of their own, by column; see core/bins.js. */
export interface BinColumns extends Sums {
  n: number;
  first: Int16Array;
  last: Int16Array;
  incidents: Column;
  reports: Column;
  /** Number, from 1, of a grid cell; 0 for none. */
  place: Column;
  form: Uint8Array;
  column(name: string): Column;
}

/** Records, then bins: what filters test and core/aggregate.js counts. */
export interface Rows extends Columns, Sums {
  /** How many of the rows, the first, are records. */
  records: number;
  /** How many incidents each stands for: 1 for a record, 0 for one that must not be counted. */
  weight: Column;
  /** How many records each stands for. */
  reports: Column;
  form: Uint8Array;
  /** One bit for each filter that a row fails; see core/filter.js. */
  fails: Uint8Array;
}

/** Records by column; see core/store.js. `i` is a record's index. */
export interface Store extends Columns {
  /** Indices of all records, the newest first. */
  newest: Int32Array;
  provinces: Province[];
  readonly texts: Promise<void>;
  readonly hasTexts: boolean;
  text(name: string, i: number): string;
  word(name: string, i: number): string;
  /** NaN for null. */
  value(name: string, i: number): number;
  lat(i: number): number;
  lng(i: number): number;
  sources(i: number): Source[];
  links(name: "conflicts_with" | "same_as", i: number): Uint32Array;
  /** -1 for none. */
  find(id: string): number;
}

/** A record as `recordFields` reads it: the columns of the record schema, null where the source says nothing. */
export interface RecordFields {
  index: number;
  lat: number;
  lng: number;
  sources: Source[];
  id: string | null;
  title: string | null;
  description: string | null;
  date_start: string | null;
  date_end: string | null;
  place: string | null;
  note: string | null;
  kind: string | null;
  event_type: string | null;
  clarity: string | null;
  date_kind: string | null;
  deaths_a: number | null;
  deaths_b: number | null;
  deaths_civilians: number | null;
  deaths_unknown: number | null;
  sub_event_type: string | null;
  date_precision: string | null;
  geo_precision: string | null;
  country_code: string | null;
  admin1_code: string | null;
  admin1_name: string | null;
  admin2_name: string | null;
  actor1: string | null;
  actor2: string | null;
  group: string | null;
  role: string | null;
  tier: string | null;
  status: string | null;
  claimed_by: string | null;
  denied_by: string | null;
  unit: string | null;
  measure: string | null;
  date_inferred: boolean;
  cross_border: boolean;
  fatalities_low: number | null;
  fatalities_best: number | null;
  fatalities_high: number | null;
  injuries_low: number | null;
  injuries_best: number | null;
  injuries_high: number | null;
  value: number | null;
}

/** The provinces at the end of a period. */
export interface Drawn {
  /** ISO 8601. */
  day: string;
  /** Numbers of the areas in force. */
  shown: number[];
  /** By code number: the number of the code in which it counts. */
  home: Int32Array;
  moved: [string, string][];
  areaOf(number: number): number;
}

export interface Areas {
  code: number[];
  km2: number[];
  lng: number[];
  lat: number[];
  countries: string[];
  country(area: number): string;
  countryNumber(area: number): number;
  covered(area: number): boolean;
  areaOf(number: number, day: string): number;
  drawn(year: number): Drawn;
  /** By code number less one: its areas, the oldest first. */
  byCode: number[][];
  numberOf: Map<string, number>;
}

/** Positions in Mercator units and forms, by record. */
export interface Marks {
  x: Float64Array;
  y: Float64Array;
  form: Uint8Array;
}

export interface Arcs {
  x: Float64Array;
  y: Float64Array;
  ends: Uint32Array;
}

export interface Topology {
  arcs: Arcs;
  areas: { rings: Int32Array[]; box: Box }[];
}

/** Records as core/cluster.js takes them; `x`, `y`, `category` and `form` are by record. */
export interface ClusterMarks {
  indices: ArrayLike<number> & Iterable<number>;
  /** Mercator units. */
  x: Float64Array;
  y: Float64Array;
  category: ArrayLike<number>;
  form: Uint8Array;
  /** How many categories there are. */
  categories: number;
}

/** One mark, or several that would cover each other. */
export interface Cluster {
  count: number;
  /** Pixels of the view. */
  x: number;
  y: number;
  box: Box;
  /** By category. */
  counts: Uint32Array;
  /** One bit for each form of mark in it. */
  forms: number;
  /** The first of its records. */
  first: number;
  /** Cells of the grid that are merged into it. */
  slots: number[];
}

export interface ClusterCell extends Cluster {
  col: number;
  row: number;
}

export interface Clusters {
  clusters: Cluster[];
  /** The records of a cluster. */
  members(cluster: Cluster): number[];
}
