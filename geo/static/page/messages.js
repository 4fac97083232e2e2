/* The page round an iframe: hears the state and the height that fits, and may set the state. */

import { embedHeight } from "../ui/embed.js";

export function connectParent(map, model, state, embed) {
  if (window.parent === window) return { destroy() {} };
  let sent = null;

  // State and height are no secrets of the reader's, and a file or srcdoc has no origin to name: they go to any parent.
  const post = (message) => window.parent.postMessage(message, "*");
  const postState = () => post({ type: "geo:state", state: state.getState() });

  function postHeight() {
    const height = embed
      ? embedHeight(document.documentElement.clientWidth)
      : Math.max(480, document.documentElement.clientHeight);
    if (height === sent) return;
    sent = height;
    post({ type: "geo:height", height });
  }

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
