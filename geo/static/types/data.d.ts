/* What the data blocks of a page are read into; made by the scripts in core/. */

/** The arrays that columns of codes and numbers come in. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** West, north, east, south in Mercator units. */
export type Box = [number, number, number, number];

/** What core/decode.js makes of a data block. */
export interface Block {
  header: any;
  has(name: string): boolean;
  note(name: string): any;
  section(name: string): any;
}

/** A column of text. */
export interface TextColumn {
  get(i: number): string;
  flat(): { bytes: Uint8Array; ends: Uint32Array };
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

/** What filters read: records, or rows of counts. */
export interface Columns {
  n: number;
  /** First and last year that each touches; 0 for undated ones. */
  first: Int16Array;
  last: Int16Array;
  column(name: string): any;
  words(name: string): string[];
}

/** Records by column; see core/store.js. `i` is a record's index. */
export interface Store extends Columns {
  header: any;
  codes: string[];
  /** Indices of all records, the newest first. */
  newest: Int32Array;
  provinces: Province[];
  readonly texts: Promise<void>;
  readonly hasTexts: boolean;
  textColumn(name: string): TextColumn | null;
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
