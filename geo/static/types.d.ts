/* What the scripts share that no file of theirs declares: the globals of a page, and what Leaflet's types leave out. */

import type * as Leaflet from "leaflet";

/** A record as `recordFields` reads it: the columns of the record schema, null where the source says nothing. */
export interface RecordFields {
  index: number;
  lat: number;
  lng: number;
  sources: { source: string; paragraph: number | null }[];
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

/** What `window.geoMap` offers; see docs/reference/page.md. */
export interface GeoMap {
  ready: Promise<void>;
  getState(): object;
  setState(partial: object): Promise<void>;
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
