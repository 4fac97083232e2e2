/* The ring round the mark of what is open, or the outline of the area: it says where without hiding what. */

import { FORM } from "../core/marks.js";
import { latitude, longitude } from "../core/topology.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").CanvasLayer} CanvasLayer */
/** @typedef {import("leaflet").LatLngExpression} LatLngExpression */
/** @typedef {import("leaflet").Map} LeafletMap */

const ROOM_PX = 5; // between a mark and the ring
const ALONE_PX = 13; // half of the ring where nothing is drawn

/**
 * A ring on a map; `show(records, place)` puts it round the mark or the badge that stands for the records, else outlines their province,
 * else it stands at `place`; `outline(code)` outlines a province.
 * @param {Model} model
 * @param {LeafletMap} map
 */
export function createRing(model, map) {
  const marker = L.marker([0, 0], { interactive: false, keyboard: false });
  const border = L.polygon([], { className: "geo-outline", pane: "markerPane", interactive: false, fill: false });
  /** @type {{ records: number[], place: LatLngExpression } | null} */
  let shown = null;

  function place() {
    if (!shown) return;
    const spot = spotOf(model, shown.records[0]);
    border.remove();
    const area = spot ? -1 : areaOf(model, shown.records[0]);
    if (area >= 0) {
      marker.remove();
      border.setLatLngs(ringsOf(model, area)).addTo(map);
      return;
    }
    const half = spot?.half ?? { x: ALONE_PX, y: ALONE_PX };
    const size = [2 * (half.x + ROOM_PX), 2 * (half.y + ROOM_PX)].map(Math.round);
    const name = half.x === half.y ? "geo-ring" : "geo-ring geo-ring-box";
    marker.setIcon(L.divIcon({ className: name, iconSize: /** @type {[number, number]} */ (size) }));
    marker.setLatLng(spot ? map.layerPointToLatLng(spot.point) : shown.place).addTo(map);
  }

  /** The marks are drawn in the next frame; clusters fall apart and badges stay beside them when the map is zoomed. */
  const later = () => shown && model.frame(() => setTimeout(place, 0));
  map.on("moveend", later);
  const stop = model.on("change", later);
  return {
    /**
     * @param {number[]} records
     * @param {LatLngExpression | null} at
     */
    show(records, at) {
      shown = at && { records, place: at };
      marker.remove();
      border.remove();
      place();
    },
    /** @param {string} code */
    outline(code) {
      shown = null;
      marker.remove();
      const area = model.drawn.areaOf(model.areas.numberOf.get(code) ?? 0);
      if (area >= 0) border.setLatLngs(ringsOf(model, area)).addTo(map);
    },
    hide() {
      shown = null;
      marker.remove();
      border.remove();
    },
    destroy() {
      stop();
      map.off("moveend", later);
      marker.remove();
      border.remove();
    },
  };
}

/**
 * The area of a record that is known to a province only; -1 for none.
 * @param {Model} model
 * @param {number} i
 */
function areaOf({ store, marks, drawn }, i) {
  return marks.form[i] === FORM.PROVINCE ? drawn.areaOf(store.column("admin1_code")[i]) : -1;
}

/**
 * The rings of an area.
 * @param {Model} model
 * @param {number} area
 */
function ringsOf({ topology: { arcs, areas } }, area) {
  return areas[area].rings.map((ring) =>
    Array.from(ring).flatMap((ref) => {
      const k = ref < 0 ? ~ref : ref;
      const from = k ? arcs.ends[k - 1] : 0;
      const points = Array.from({ length: arcs.ends[k] - from }, (_, m) =>
        L.latLng(latitude(arcs.y[from + m]), longitude(arcs.x[from + m])),
      );
      return ref < 0 ? points.reverse() : points;
    }),
  );
}

/**
 * The box of the mark that a layer has drawn for a record; null where none has.
 * @param {Model} model
 * @param {number} i
 */
function spotOf(model, i) {
  for (const name of model.state.layers) {
    const layer = model.layers[name];
    for (const one of [layer, layer?.companion]) {
      const corner = one?.corner();
      const spot = corner && one?.painter.where?.(i);
      if (corner && spot) return { point: corner.add([spot.x, spot.y]), half: spot.half };
    }
  }
  return null;
}
