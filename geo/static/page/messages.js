/* Messages to and from the host of an iframe: it is sent the state and the height to give the iframe, and may set the state. */

import { embedHeight } from "../ui/embed.js";
import { acceptable, calm, recipients } from "./inbox.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Share} Share */

/** The origin of the page that holds this one, or null where the browser does not tell. */
function holder() {
  const told = location.ancestorOrigins?.[0] ?? document.referrer;
  try {
    return new URL(told).origin;
  } catch {
    return null;
  }
}

/**
 * Exchange messages with the host page, if there is one; docs/reference/page.md has their format.
 * @param {import("leaflet").Map} map
 * @param {Model} model
 * @param {Share} state
 * @param {boolean} embed
 * @param {readonly string[]} [hosts] Origins of pages that may be the host; any if there are none.
 */
export function connectParent(map, model, state, embed, hosts = []) {
  if (window.parent === window) return { destroy() {} };
  /** @type {number | null} The height last sent. */
  let sent = null;

  // Where any origin may receive them, what the reader types must not be part of them.
  const origins = recipients(hosts, holder());
  /** @param {object} message */
  function post(message) {
    for (const origin of origins) window.parent.postMessage(message, origin);
  }

  const take = calm((asked) => state.setState(asked));

  let told = "";
  function postState() {
    const { filters, ...rest } = state.getState();
    const { text: _typed, ...chosen } = filters;
    const message = { type: "geo:state", state: { ...rest, filters: chosen } };
    const now = JSON.stringify(message);
    if (now === told) return; // also after each letter of a search
    told = now;
    post(message);
  }

  function postHeight() {
    const height = embed
      ? embedHeight(document.documentElement.clientWidth)
      : Math.max(480, document.documentElement.clientHeight);
    if (height === sent) return;
    sent = height;
    post({ type: "geo:height", height });
  }

  /** @param {MessageEvent} event */
  function hear(event) {
    if (event.source === window.parent && acceptable(event.data, event.origin, hosts)) take(event.data.state);
  }

  addEventListener("message", hear);
  const observer = new ResizeObserver(postHeight);
  observer.observe(document.documentElement);
  map.on("moveend", postState);
  const stop = model.on(
    "change",
    ({ changed }) => !(changed.size === 1 && (changed.has("selection") || changed.has("theme"))) && postState(),
  );
  postHeight();
  postState();
  return {
    destroy() {
      removeEventListener("message", hear);
      observer.disconnect();
      map.off("moveend", postState);
      stop();
    },
  };
}
