/* Entry point of review pages. */

import { load } from "./core/i18n.js";
import { listen } from "./review/keys.js";
import { Review } from "./review/review.js";

/** @param {string} id */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

load(read("geo-review-text"));
const root = document.getElementById("geo-review-page");
if (root) {
  const review = new Review(root, read("geo-review-data"));
  listen(review);
  Object.assign(globalThis, { geoReview: review });
}
