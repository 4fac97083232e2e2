/* What the layers pass between each other. */

import type * as Leaflet from "leaflet";
import type { Arcs, Column } from "./data.d.ts";
import type { Look, Model, Years } from "./model.d.ts";
import type { LegendEntry } from "./page.d.ts";

export type Context = CanvasRenderingContext2D;

/** What the script that folium renders passes to a layer. */
export interface LayerOptions {
  years?: Years;
  metric?: string;
}

/** Name, pane and height above other layers. */
export interface Placement {
  name: string;
  pane: string;
  z: number;
  late?: boolean;
}

/** The map that a layer is on now. */
export type MapNow = () => Leaflet.Map | undefined;

/** The look of a category, with its name in the data and in the interface. */
export interface LabelledLook extends Look {
  word: string;
  label: string;
}

/** The look of a group; `rank`: its place in the legend. */
export interface GroupLook extends LabelledLook {
  angle: number;
  line: number[];
  rank: number;
}

export interface MarkOptions {
  /** A ring around it: across a border. */
  abroad?: boolean;
  /** Of the edge. */
  dash?: number[] | null;
}

export interface BadgeOptions {
  abroad?: boolean;
  /** A symbol before the text. */
  shape?: string | null;
  /** Counts by category, for a bar under the text. */
  counts?: Uint32Array | null;
  looks?: Look[];
}

/** What marks of one layer have in common. */
export interface MarkKind extends Placement {
  /** Those that belong to the layer whatever the filters. */
  records(): Int32Array;
  /** Codes by record. */
  category: Column;
  /** By code. */
  looks: LabelledLook[];
  /** Of one record's mark. */
  options?(i: number): MarkOptions;
  abroad?: boolean;
  /** Pixels above the place. */
  lift?: number;
  /** Of a cluster's badge; a cluster is a circle without it. */
  shape?: string;
  legend?(): LegendEntry[];
}

/** A number on the label point of an area. */
export interface Badge {
  /** Mercator units. */
  x: number;
  y: number;
  country: string;
  records: number[];
  /** How many incidents without a mark it counts besides. */
  more: number;
}

/** Hatched for one group: the best tier that is stated. */
export interface Claim {
  group: number;
  tier: string;
}

/** What a label must not touch, or itself, in pixels: the middle, and half the width and height. */
export interface LabelBox {
  x: number;
  y: number;
  half: { x: number; y: number };
}

/** A box in which a label may stand, in one of its forms. */
export interface LabelSpot extends LabelBox {
  form: number;
}

/** See core/labels.js. */
export interface Label {
  key: string;
  /** How many forms it has: in one line or two, in ordinary or small letters. */
  forms: number;
  /** The best first. */
  spots(form: number): LabelSpot[];
  /** Where the dot of a town stands. */
  dot?: { x: number; y: number };
  /** Where it stood before. */
  last?: LabelSpot;
}

export interface PlacedLabel {
  label: Label;
  spot: LabelSpot;
}

/** Canvas paths of one zoom. */
export interface Paths {
  area(number: number): Path2D;
  borders(): { country: Path2D; province: Path2D };
  country(code: string): Path2D;
  /** Thinned for the zoom, in Mercator units. */
  arcs: Arcs;
  anchor: { x: number; y: number };
  place(context: Context, view: { left: number; top: number }, draw: () => void): void;
}

export type { Model };
