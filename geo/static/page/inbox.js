/* What a page in a frame takes from its host: messages of a bounded size, and a flood of them as one. */

const LONGEST = 10_000; // characters and values of a state: many times what one needs

export const PAUSE_MS = 100; // between two states that are taken

/**
 * What is left of a budget after a value: each value costs one, a text its length. It stops where nothing is left, so that
 * neither size nor cycles matter.
 * @param {unknown} value
 * @param {number} left
 * @returns {number}
 */
function after(value, left) {
  let rest = left - 1;
  if (typeof value === "string") return rest - value.length;
  if (typeof value !== "object" || value === null) return rest;
  for (const name in value) {
    if (rest < 0) break;
    rest = after(/** @type {Record<string, unknown>} */ (value)[name], rest - name.length);
  }
  return rest;
}

/**
 * Whether a message asks for a state, comes from where it may, and is not too long.
 * @param {unknown} message
 * @param {string} origin
 * @param {readonly string[]} hosts Origins that may send; any if there are none.
 */
export function acceptable(message, origin, hosts) {
  if (hosts.length && !hosts.includes(origin)) return false;
  if (typeof message !== "object" || message === null) return false;
  return "type" in message && message.type === "geo:set" && after(message, LONGEST) >= 0;
}

/**
 * Two partial states as one: what the later one names counts.
 * @param {Record<string, any>} earlier
 * @param {Record<string, any>} later
 * @returns {Record<string, unknown>}
 */
function joined(earlier, later) {
  return { ...earlier, ...later, ...(later.filters && { filters: { ...earlier.filters, ...later.filters } }) };
}

/**
 * A function that passes a partial state on at once, and those that follow within a pause as one, after it.
 * @param {(state: Record<string, unknown>) => unknown} take
 * @param {(run: () => void) => unknown} [wait] Calls after the pause.
 * @returns {(state: unknown) => void}
 */
export function calm(take, wait = (run) => setTimeout(run, PAUSE_MS)) {
  let pausing = false;
  /** @type {Record<string, unknown> | null} */
  let waiting = null;
  function next() {
    pausing = waiting !== null;
    if (!waiting) return;
    const state = waiting;
    waiting = null;
    wait(next);
    take(state);
  }
  return (state) => {
    if (typeof state !== "object" || state === null) return;
    waiting = joined(waiting ?? {}, /** @type {Record<string, unknown>} */ (state));
    if (!pausing) next();
  };
}

/**
 * Origins to which messages are posted: those of hosts, or only that of the page that holds the frame where it is known to be one.
 * @param {readonly string[]} hosts
 * @param {string | null} holder
 * @returns {readonly string[]}
 */
export function recipients(hosts, holder) {
  if (!hosts.length) return ["*"]; // a file or srcdoc has no origin to name
  if (holder === null) return hosts; // a browser delivers to the one that is right
  return hosts.filter((host) => host === holder);
}
