// Scripts of the page are plain files that add to `geo`; tests run the same text that the page carries.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const STATIC = new URL("../../geo/static/", import.meta.url);

export const read = (name) => readFileSync(fileURLToPath(new URL(name, STATIC)), "utf8");
export const english = JSON.parse(read("lang/en.json"));

/** A `geo` namespace of its own with the scripts named, and English words. */
export function load(...names) {
  globalThis.geo = {};
  for (const name of ["core/i18n.js", ...names]) vm.runInThisContext(read(name), { filename: name });
  const { geo } = globalThis;
  geo.i18n.load(english);
  return geo;
}
