/* What a review page knows, and what a reader decides on it. */

/** Offsets count Unicode code points of the article's text, as Python does. */
export interface Span {
  start: number;
  end: number;
  text?: string;
  rule?: string;
}

export interface Rival extends Partial<Span> {
  value: Value;
}

export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;

export interface Paragraph {
  n: number;
  start: number;
  end: number;
  page?: number | null;
}

export interface Article {
  id: string;
  sha256: string;
  title: string | null;
  author: string | null;
  publisher: string | null;
  published: string | null;
  url: string | null;
  language: string | null;
  text: string;
  paragraphs: Paragraph[];
}

export interface Candidate {
  id: string;
  digest: string | null;
  article: string;
  paragraph: number | null;
  sentence: Span;
  point: [number, number] | null;
  values: Values;
  evidence: Record<string, Span>;
  rivals: Record<string, Rival[]>;
  blank: Record<string, string>;
  confidence: Record<string, number>;
  /** A reader selected its sentence. */
  added?: boolean;
}

export interface Pair {
  a: string;
  b: string;
  score: number;
  reasons: string[];
}

export interface Area {
  code: string;
  name: string;
  country: string;
  until: string | null;
  label: [number, number];
  rings: number[][];
}

export interface NamedPlace {
  name: string;
  geo_precision: string;
  country_code: string;
  admin1_code: string;
  admin1_name: string;
  point: [number, number] | null;
  past: [string, string, string] | null;
}

export interface PageData {
  mode: "candidates" | "pairs" | "disagreements";
  version: string;
  file: string;
  key: string;
  words: Record<string, string[]>;
  articles: Article[];
  candidates: Candidate[];
  records: Record<string, Values & { point?: [number, number] | null }>;
  pairs: Pair[];
  places: Record<string, NamedPlace>;
  map: { steps: number; areas: Area[] };
  /** Decisions on which two readers agree: they go into the file as they are. */
  settled?: DecisionFile;
}

export type Verdict = "accept" | "reject" | "skip";
export type Sameness = "same" | "different" | "unsure";

/** What a reader has made of a candidate; frozen, so that undoing is putting the one before back. */
export interface Choice {
  decision: Verdict | null;
  time: string | null;
  coder: string;
  values: Values;
  /** null: the value has no words of the text. */
  evidence: Record<string, Span | null>;
  point?: [number, number] | null;
  /** The least confidence stated, of those accepted at once. */
  bulk?: number;
}

export interface PairChoice {
  decision: Sameness;
  time: string;
  coder: string;
}

export interface Decision extends Choice {
  id: string;
  of: string | null;
  article: string;
  original: Values;
  paragraph?: number | null;
  sentence?: Span;
}

export interface DecisionFile {
  geo_decisions: 1;
  kind: "candidates" | "pairs";
  geo: string;
  coder: string;
  saved: string;
  file: string;
  articles: { id: string; sha256: string }[];
  decisions: Decision[];
  added: Decision[];
  pairs: { a: string; b: string; decision: Sameness; coder: string; time: string }[];
}

export interface Filters {
  state: "open" | "all" | "accept" | "reject" | "skip" | "added";
  article: string;
  kind: string;
  text: string;
  repeats: boolean;
}

/** What is before the reader: a candidate, or a pair to tell apart. */
export type Step = { candidate: string } | { pair: Pair };

export interface Field {
  name: string;
  /** Group, which gives the colour. */
  group: string;
  type: "text" | "long" | "word" | "count" | "number" | "flag" | "day";
  key?: string;
  kinds?: string[];
  /** Shown even where it is blank. */
  usual?: boolean;
  /** Two of these stand side by side where there is room. */
  half?: boolean;
}
