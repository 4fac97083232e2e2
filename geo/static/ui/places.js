/* Positions of records, for popups and views. */

import { FORM } from "../core/marks.js";
import { latitude, longitude } from "../core/topology.js";

/** @typedef {import("../types/model.d.ts").Model} Model */

/**
 * Position of a record's mark; null where at most its country is known.
 * @param {Model} model
 * @param {number} i
 * @returns {import("leaflet").LatLng | null}
 */
export function placeOf(model, i) {
  const { x, y, form } = model.marks;
  return form[i] === FORM.NONE || form[i] === FORM.COUNTRY ? null : L.latLng(latitude(y[i]), longitude(x[i]));
}
