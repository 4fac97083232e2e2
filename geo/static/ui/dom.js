/* The functions by which the interface makes elements: text becomes text nodes, never markup, and links lead to web addresses only. */

/** @typedef {import("../types/page.d.ts").Attributes} Attributes */
/** @typedef {import("../types/page.d.ts").Child} Child */
/** @typedef {keyof typeof ICONS} IconName */

const SVG = "http://www.w3.org/2000/svg";

/** Paths of the icons on a 16 × 16 grid, drawn as strokes in the colour of the text. */
const ICONS = {
  info: ["M8 7.2v4.3", "M8 4.6v.1", "M8 1.6a6.4 6.4 0 1 0 0 12.8a6.4 6.4 0 1 0 0-12.8"],
  close: ["M4 4l8 8", "M12 4l-8 8"],
  play: ["M5 3.2l7.2 4.8L5 12.8z"],
  pause: ["M5.4 3.2v9.6", "M10.6 3.2v9.6"],
  previous: ["M10 3.5L5.5 8l4.5 4.5"],
  next: ["M6 3.5L10.5 8L6 12.5"],
  list: ["M2.5 4h11", "M2.5 8h11", "M2.5 12h11"],
  layers: ["M8 2.2l6 3.2l-6 3.2l-6-3.2z", "M2.4 8.4L8 11.4l5.6-3", "M2.4 11.2L8 14.2l5.6-3"],
  link: [
    "M6.6 9.4l2.8-2.8",
    "M7.2 4.6l1.5-1.5a3 3 0 0 1 4.2 4.2l-1.5 1.5",
    "M8.8 11.4l-1.5 1.5a3 3 0 0 1-4.2-4.2l1.5-1.5",
  ],
  download: ["M8 2v8", "M4.6 6.8L8 10.2l3.4-3.4", "M2.6 13.6h10.8"],
  embed: ["M5.4 4.4L1.8 8l3.6 3.6", "M10.6 4.4L14.2 8l-3.6 3.6"],
  up: ["M3.5 10L8 5.5l4.5 4.5"],
  down: ["M3.5 6L8 10.5L12.5 6"],
  home: ["M2.2 8.2L8 2.8l5.8 5.4", "M4 6.8v6.6h3v-3.6h2v3.6h3V6.8"],
  outside: ["M9 2.6h4.4V7", "M13.2 2.8L7.4 8.6", "M11.6 9.4v3.8H2.8V4.4h3.8"],
  search: ["M7 2.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2", "M10.4 10.4l3.4 3.4"],
};

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {Attributes[string]} value
 */
function put(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (typeof value === "object")
    for (const [property, setting] of Object.entries(value)) element.style.setProperty(property, setting);
  else if (name === "text") element.textContent = String(value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * An HTML element with attributes, listeners (`onclick`) and children; strings become text nodes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) put(element, name, value);
  append(element, children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {readonly Child[]} children
 */
function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === "string" || child instanceof Node) element.append(child);
    else append(element, child);
  }
}

/**
 * A decorative icon, hidden from screen readers: its button has the name.
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [
    ["viewBox", "0 0 16 16"],
    ["class", `geo-icon geo-icon-${name}`],
    ["aria-hidden", "true"],
    ["focusable", "false"],
  ]) {
    svg.setAttribute(key, value);
  }
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/**
 * A button; one without visible text has `label` as its accessible name and tooltip.
 * @param {string} name Class of the button.
 * @param {Attributes & { icon?: IconName, label?: string }} [attributes]
 * @param {(event: MouseEvent) => unknown} [onclick]
 */
export function button(name, { icon: iconName, label, text, ...attributes } = {}, onclick) {
  const named = text ? {} : { "aria-label": label, title: label };
  return el(
    "button",
    { type: "button", class: `geo-button ${name}`, ...named, ...attributes, onclick },
    iconName && icon(iconName),
    text,
  );
}

/**
 * The address if it is one of the web, else null: data may hold `javascript:` addresses.
 * @param {unknown} url
 * @returns {string | null}
 */
export function webAddress(url) {
  return typeof url === "string" && /^https?:\/\/[^\s/]/i.test(url.trim()) ? url.trim() : null;
}

/**
 * A link that opens in a new tab, or the text alone where the address is not one of the web.
 * @param {unknown} url
 * @param {string | null} [text]
 * @returns {HTMLElement}
 */
export function link(url, text) {
  const address = webAddress(url);
  if (!address) return el("bdi", {}, text);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, el("bdi", {}, text));
}

/**
 * Change a text only where it differs: a write makes the browser lay out the page even if it changes nothing.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Change an attribute only where it differs.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function setAttribute(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}
