/* Layers and controls, the globals of a page, and what Leaflet's types leave out. */

import type * as Leaflet from "leaflet";
import type { LabelBox } from "./layers.d.ts";
import type { Model, Part, State, Theme, Years } from "./model.d.ts";

/** From Mercator units to pixels of a picture; see `viewOf` in layers/canvas.js. */
export interface CanvasView {
  zoom: number;
  scale: number;
  left: number;
  top: number;
  width: number;
  height: number;
  west: number;
  north: number;
  east: number;
  south: number;
}

/** What lies under the pointer. */
export interface Hit {
  key: string;
  lines(): string[];
  click(): void;
}

export interface LegendEntry {
  word: string;
  label: string;
  count: number | null;
  paint(context: CanvasRenderingContext2D, width: number, height: number): void;
}

/** Draws one layer on any canvas. */
export interface Painter {
  name: string;
  pane: string;
  z: number;
  /** Whether the first paint of a page leaves it out; it follows in the next frame. */
  late?: boolean;
  changes(changed: Set<Part>): boolean;
  /** False where there was nothing to draw. */
  draw(context: CanvasRenderingContext2D, view: CanvasView): boolean | undefined | void;
  hit?(point: Leaflet.Point, view: CanvasView): Hit | null;
  /** What it drew last that names keep clear of, in pixels of the picture. */
  obstacles?(): LabelBox[];
  /** The box of what it drew last for a record, in pixels of the picture. */
  where?(record: number): LabelBox | null;
  /** Whether the picture drawn last is still right; asked before `draw` on a canvas of the same size. */
  keeps?(context: CanvasRenderingContext2D, view: CanvasView): boolean;
  legend?(): LegendEntry[];
}

export interface CanvasLayer extends Leaflet.Layer {
  name: string;
  model: Model;
  painter: Painter;
  companion?: CanvasLayer;
  legend(): LegendEntry[];
  view(): CanvasView;
  /** The map that the layer is on. */
  mapNow(): Leaflet.Map | undefined;
  /** The upper left corner of the canvas, counted from Leaflet's map pane. */
  corner(): Leaflet.Point | undefined;
  _queue(): void;
  _frame(): void;
}

export interface SourceLine {
  source: string;
  title?: string;
  author?: string;
  publisher?: string;
  published?: string;
  url?: string;
  count?: number;
}

/** What Python hands to a page or a control, as JSON; docs/design.md lists it. */
export interface Options {
  title?: string;
  subtitle?: string;
  metric?: string;
  layers?: string[];
  years?: Years | null;
  /** South-west and north-east corner of the first view. */
  view?: [[number, number], [number, number]];
  strings?: Record<string, string | Record<string, string>>;
  theme?: Theme | null;
  embed?: boolean;
  /** Origins of pages that may exchange messages with the page in their frame; any if there are none. */
  hosts?: string[];
  position?: Leaflet.ControlPosition;
  about?: {
    /** Last day of the newest record, as exact as it is known: 2024, 2024-03 or 2024-03-23. */
    last_record?: string | null;
    /** SHA-256 of the data in the page. */
    digest?: string;
    attribution?: string;
    boundaries?: string;
    limits?: string | string[];
    citation?: string;
    sources?: SourceLine[];
    scripts?: { name: string; version: string; licence: string; sha256: string }[];
  };
}

/** Sources by the key that records cite. */
export type Sources = Map<string | null, SourceLine>;

/** A part of the interface. */
export interface Control {
  element: HTMLElement;
  destroy(): void;
}

/** What `el` appends: strings become text nodes, nothing is appended for false and null. */
export type Child = Node | string | false | null | undefined | readonly Child[];

type Listeners = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => unknown;
};

type Attribute = string | number | boolean | null | undefined | Record<string, string> | ((event: never) => unknown);

/** What `el` sets on an element: attributes, `on…` listeners, and the three that it treats apart. */
export interface Attributes extends Listeners {
  dataset?: Record<string, string>;
  style?: Record<string, string>;
  text?: string | null;
  [name: string]: Attribute;
}

/** Group of rows in the list. */
export type ListGroup = "placed" | "unplaced" | "undated";

/** The state in the address of the page. */
export interface Share {
  getState(): State;
  setState(asked: Record<string, unknown>, source?: string): Promise<void>;
  restore(): Promise<void>;
  /** Null where the page has no address that others could open. */
  address(options?: { embed?: boolean }): string | null;
  /** Told of a record that an address names and the data do not have. */
  onMissing?: (id: string) => void;
  destroy(): void;
}

/** What controls ask of the page. */
export interface Actions {
  about(): void;
  /** Open the list, with the records of one of its groups alone where one is given. */
  list(group?: Exclude<ListGroup, "placed">): void;
  /** List what is in view. */
  inView(): void;
  share: Share;
}

/** The regions of a page. */
export interface Frame {
  root: HTMLElement;
  skip: HTMLAnchorElement;
  header: HTMLElement;
  main: HTMLElement;
  aside: HTMLElement;
  footer: HTMLElement;
  /** Round the element of the Leaflet map. */
  holder: HTMLElement;
  /** Bring these corners into the part of the map that nothing covers. */
  show(corners: Leaflet.LatLngBoundsExpression, options?: Leaflet.FitBoundsOptions): void;
  destroy(): void;
}

export interface ThemeControl {
  apply(theme: Theme): void;
  /** The theme that options or system ask for now. */
  present(): Theme;
  destroy(): void;
}

/** What `window.geoMap` offers; see docs/reference/page.md. */
export interface GeoMap {
  ready: Promise<void>;
  getState(): object;
  setState(partial: Record<string, unknown>): Promise<void>;
  summary(): object | null;
}

declare global {
  interface Window {
    geoMap?: GeoMap;
  }
  var geo: Record<string, any>;
}

declare module "leaflet" {
  interface Map {
    /** Whether our base map is on it. */
    geoBase?: boolean;
  }
  interface LayerGroup {
    canvases?: Leaflet.Layer[];
  }
  interface Renderer {
    initialize(options: Leaflet.RendererOptions): void;
    _update(): void;
    _updateTransform(center: Leaflet.LatLng, zoom: number): void;
  }
}
