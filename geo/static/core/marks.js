/* The position and the form of each record's mark; both follow from the precision of its place alone. */

import { NO_VALUE } from "./dates.js";
import { degrees, mercatorX, mercatorY } from "./topology.js";

/** @import { Areas, Marks, Store } from "../types/data.d.ts" */

export const FORM = { NONE: 0, POINT: 1, DISTRICT: 2, PROVINCE: 3, COUNTRY: 4 };
/** @type {Record<string, number>} */
export const BY_PRECISION = {
  site: FORM.POINT,
  city: FORM.POINT,
  district: FORM.DISTRICT,
  province: FORM.PROVINCE,
  country: FORM.COUNTRY,
};

/**
 * Positions in Mercator units and forms. A record known to a province stands on that province's label point whatever point its file
 * gives, one known to a country on the country's; a point of unstated precision is drawn like a district, not like a street. A record
 * that repeats another, or only sums up others, has no mark: what is drawn is what is counted.
 * @param {Store} store
 * @param {Areas} areas
 * @returns {Marks}
 */
export function placeMarks(store, areas) {
  const { n } = store;
  const x = new Float64Array(n).fill(NaN);
  const y = new Float64Array(n).fill(NaN);
  const form = new Uint8Array(n);
  const [lat, lng] = [store.column("lat"), store.column("lng")];
  const forms = Uint8Array.from([
    FORM.DISTRICT,
    ...store.words("geo_precision").map((word) => BY_PRECISION[word] ?? FORM.NONE),
  ]);
  const precision = store.column("geo_precision");
  const province = store.column("admin1_code");
  const countries = [null, ...store.words("country_code").map((code) => store.header.countries[code] ?? null)];
  const country = store.column("country_code");

  /** @type {(i: number, kind: number, longitude: number, latitude: number) => void} */
  const put = (i, kind, longitude, latitude) => {
    form[i] = kind;
    x[i] = mercatorX(longitude);
    y[i] = mercatorY(latitude);
  };
  const counted = store.column("counts_as");
  for (let i = 0; i < n; i++) {
    if (!counted[i]) continue;
    const kind = forms[precision[i]];
    const known = lat[i] !== NO_VALUE;
    if (kind === FORM.PROVINCE && province[i]) {
      const area = labelArea(areas, province[i], store, i);
      if (area >= 0) put(i, kind, areas.lng[area], areas.lat[area]);
      else if (known) put(i, kind, degrees(lng[i]), degrees(lat[i]));
    } else if (kind === FORM.COUNTRY) {
      const at = countries[country[i]];
      if (at) put(i, kind, at.lng, at.lat);
    } else if (known && kind !== FORM.NONE) put(i, kind, degrees(lng[i]), degrees(lat[i]));
  }
  return { x, y, form };
}

/**
 * The area that a code meant when the record ends, else its latest; -1 for none.
 * @param {Areas} areas
 * @param {number} number
 * @param {Store} store
 * @param {number} i
 */
function labelArea(areas, number, store, i) {
  const all = areas.byCode[number - 1];
  if (all.length < 2) return all[0] ?? -1;
  const day = store.text("date_end", i) || store.text("date_start", i);
  const then = day ? areas.areaOf(number, day) : -1;
  return then >= 0 ? then : all[all.length - 1];
}
