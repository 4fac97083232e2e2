// English words, loaded into the page's scripts as a page loads them.
import { readFileSync } from "node:fs";
import { load } from "../../geo/static/core/i18n.js";

export const review = JSON.parse(readFileSync(new URL("../../geo/static/review/en.json", import.meta.url), "utf8"));
export const english = JSON.parse(readFileSync(new URL("../../geo/static/lang/en.json", import.meta.url), "utf8"));
load(english);
