/* Where records stand, for what opens or moves to them. */

import { FORM } from "../core/marks.js";
import { latitude, longitude } from "../core/topology.js";

/** Where a record stands on the map; null where only its country is known, or nothing. */
export function placeOf(model, i) {
  const { x, y, form } = model.marks;

  return form[i] === FORM.NONE || form[i] === FORM.COUNTRY ? null : L.latLng(latitude(y[i]), longitude(x[i]));
}
