/* The ring round the mark of what is open: it says where without hiding what. */

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").CanvasLayer} CanvasLayer */
/** @typedef {import("leaflet").LatLngExpression} LatLngExpression */
/** @typedef {import("leaflet").Map} LeafletMap */

const ROOM_PX = 5; // between a mark and the ring
const ALONE_PX = 13; // half of the ring where nothing is drawn

/**
 * A ring on a map; `show(records, place)` puts it round the mark or the badge that stands for the records, `place` where none does.
 * @param {Model} model
 * @param {LeafletMap} map
 */
export function createRing(model, map) {
  const marker = L.marker([0, 0], { interactive: false, keyboard: false });
  /** @type {{ records: number[], place: LatLngExpression } | null} */
  let shown = null;

  function place() {
    if (!shown) return;
    const spot = spotOf(model, shown.records[0]);
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
      if (shown) place();
      else marker.remove();
    },
    hide() {
      shown = null;
      marker.remove();
    },
    destroy() {
      stop();
      map.off("moveend", later);
      marker.remove();
    },
  };
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
