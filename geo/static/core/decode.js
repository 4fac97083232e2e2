/* Decode the data blocks of a page to typed arrays. See docs/design.md, "The page". */

/** @import { Block, Column, ColumnType, Header } from "../types/data.d.ts" */

const ALIGNMENT = 8;
const TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  utf8: Uint8Array,
  prose: Uint8Array,
};

/** @param {string} text */
export function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // since 2025
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * Undo a byte shuffle: the lowest bytes of all values come first, then the next.
 * @param {Column} view
 */
function joinPlanes(view) {
  const n = view.length;
  const width = view.BYTES_PER_ELEMENT;
  const from = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const out = new /** @type {ColumnType} */ (view.constructor)(n);
  const to = new Uint8Array(out.buffer);
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < n; i++) to[i * width + byte] = from[byte * n + i];
  return out;
}

/**
 * Decode base64 of gzip; sections are views into one buffer.
 * @param {string} base64
 * @returns {Promise<Block>}
 */
export async function block(base64) {
  const packed = new Blob([fromBase64(base64.trim())]);
  const buffer = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  /** @type {Header} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  const sections = new Map(header.sections.map((section) => [section.name, section]));
  /** @type {Block["note"]} */
  const note = (name) => {
    const section = sections.get(name);
    if (!section) throw new Error(`the block has no section "${name}"`);
    return section;
  };
  return {
    header,
    has: (name) => sections.has(name),
    note,
    section(name) {
      const { type, offset, length: bytes, planes } = note(name);
      const Type = TYPES[type];
      const view = new Type(buffer, start + offset, bytes / Type.BYTES_PER_ELEMENT);
      return planes ? joinPlanes(view) : view;
    },
  };
}

/**
 * The end of each item, from the lengths of all.
 * @param {ArrayLike<number>} lengths
 */
export function ends(lengths) {
  const out = new Uint32Array(lengths.length);
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) out[i] = sum += lengths[i];
  return out;
}
