/* The page: its regions round the map, and window.geoMap for scripts. */

import { createAbout } from "../controls/about.js";
import { createCard } from "../controls/card.js";
import { createChip } from "../controls/chip.js";
import { createDetail } from "../controls/detail.js";
import { createHeadline } from "../controls/headline.js";
import { createLanes } from "../controls/lanes.js";
import { createList } from "../controls/list.js";
import { createLive } from "../controls/live.js";
import { createPanel } from "../controls/panel.js";
import { createTimebar } from "../controls/timebar.js";
import * as i18n from "../core/i18n.js";
import { syncLayers } from "../layers/sync.js";
import { createAddress } from "./address.js";
import { askedOf } from "./asked.js";
import { createFrame } from "./frame.js";
import { setUpMap } from "./map.js";
import { connectParent } from "./messages.js";
import { createPrint } from "./print.js";
import { createTheme } from "./theme.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Control} Control */
/** @typedef {import("../types/page.d.ts").Frame} Frame */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("leaflet").Map} LeafletMap */

/**
 * Build the interface round a Leaflet map and set window.geoMap; `options` as docs/design.md lists them.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {Options} [options]
 */
export function createPage(map, model, options = {}) {
  i18n.load(options.strings);
  const embed = options.embed || new URLSearchParams(location.search).get("embed") === "1";
  const frame = createFrame(map, embed);
  if (options.view) frame.show(options.view); // only now has the map its size
  /** @type {ReturnType<typeof start> | null} */
  let live = null; // until the data are there
  const ready = Promise.resolve(model.ready).then(() => {
    live = start(map, model, options, frame, embed);
    return live.painted;
  });
  window.geoMap = {
    ready: ready.then(() => undefined),
    getState: () => (live ? live.getState() : structuredClone(model.state)),
    setState: (partial) => ready.then(() => live?.setState(partial)),
    summary: () => (live ? summary(model) : null),
  };
  return {
    ready,
    destroy() {
      live?.destroy();
      frame.destroy();
      delete window.geoMap;
    },
  };
}

/**
 * The totals of what is shown, as a copy: scripts of a host page must not change the model's.
 * @param {Model} model
 */
function summary(model) {
  return structuredClone(model.derived.totals);
}

/**
 * Fill the regions with controls and connect map, address, host page and print, once the data are there.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {Options} options
 * @param {Frame} frame
 * @param {boolean} embed
 */
function start(map, model, options, frame, embed) {
  /** @type {{ destroy(): void }[]} */
  const parts = [];
  model.hasPage = true; // layers leave to it what stands beside the map
  /**
   * @template {Control} Part
   * @param {HTMLElement} region
   * @param {Part} part
   */
  const add = (region, part) => {
    parts.push(part);
    region.append(part.element);
    return part;
  };
  const asked = askedOf(location.search, embed);
  frame.root.classList.toggle("geo-locked", asked.lock);
  const theme = createTheme(frame.root, model, options);
  const share = createAddress(map, model, options, embed);
  /** @type {Actions} */
  const actions = {
    about: () => about.open(),
    list: (group) => list?.open(group),
    inView: () => detail.openView(),
    share,
  };
  const detail = add(frame.root, createDetail(model, options, { map, frame, share }));
  frame.main.after(detail.element);
  share.onMissing = detail.missing;
  const list = embed ? null : add(frame.main, createList(model, options));
  const about = createAbout(options);
  frame.root.append(about.element);
  add(frame.header, embed ? createHeadline(model, options, asked.title) : createCard(model, options, actions));
  add(frame.footer, createTimebar(model, options, { ...actions, list: embed ? null : actions.list }));
  const lanes = embed ? null : createLanes(model);
  if (lanes) add(frame.footer, lanes);
  if (embed && asked.legend !== "none")
    add(frame.main, createChip(model, options, actions)).element.toggleAttribute("open", asked.legend === "open");
  if (!embed) add(frame.aside, createPanel(model, options, { ...actions, map }));
  add(frame.root, createLive(model));
  const skip = (/** @type {Event} */ event) => {
    event.preventDefault(); // following the link would overwrite the state in the address
    list?.open();
  };
  frame.skip.addEventListener("click", skip);
  const outer = [
    theme,
    syncLayers(model, map),
    share,
    about,
    setUpMap(map, model, options, frame, { embed, lock: asked.lock }, actions),
    connectParent(map, model, share, embed, options.hosts),
    createPrint(map, model, options, frame, theme),
  ];
  const onEscape = (/** @type {KeyboardEvent} */ { key }) => {
    if (key !== "Escape") return;
    if (detail.isOpen()) detail.close();
    else list?.close();
  };
  frame.root.addEventListener("keydown", onEscape);
  const painted = share.restore();

  return {
    painted,
    getState: share.getState,
    setState: share.setState,
    destroy() {
      frame.skip.removeEventListener("click", skip);
      frame.root.removeEventListener("keydown", onEscape);
      for (const part of [...parts, ...outer].reverse()) part.destroy();
    },
  };
}
