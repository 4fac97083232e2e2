/* Messages to and from the host of an iframe: it is sent the state and the height to give the iframe, and may set the state. */

import { embedHeight } from "../ui/embed.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Share} Share */

/**
 * Exchange messages with the host page, if there is one; docs/reference/page.md has their format.
 * @param {import("leaflet").Map} map
 * @param {Model} model
 * @param {Share} state
 * @param {boolean} embed
 */
export function connectParent(map, model, state, embed) {
  if (window.parent === window) return { destroy() {} };
  /** @type {number | null} The height last sent. */
  let sent = null;

  // Any origin may receive them, as a file or srcdoc has no origin to name; so what the reader types is never part of them.
  /** @param {object} message */
  const post = (message) => window.parent.postMessage(message, "*");

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
    if (event.source !== window.parent || event.data?.type !== "geo:set") return;
    state.setState(event.data.state);
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
