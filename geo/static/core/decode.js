/* The blocks of a page -> typed arrays. See docs/design.md, "The page". */

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

export function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // since 2025
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Values whose lowest bytes came first, then the next, as values again. */
function joinPlanes(view) {
  const n = view.length;
  const width = view.BYTES_PER_ELEMENT;
  const from = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const out = new view.constructor(n);
  const to = new Uint8Array(out.buffer);
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < n; i++) to[i * width + byte] = from[byte * n + i];
  return out;
}

/** base64 of gzip -> Promise of {header, section(name), has(name)}; sections are views into one buffer. */
export async function block(base64) {
  const packed = new Blob([fromBase64(base64.trim())]);
  const buffer = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  const sections = new Map(header.sections.map((section) => [section.name, section]));
  return {
    header,
    has: (name) => sections.has(name),
    note: (name) => sections.get(name),
    section(name) {
      const { type, offset, length: bytes, planes } = sections.get(name);
      const Type = TYPES[type];
      const view = new Type(buffer, start + offset, bytes / Type.BYTES_PER_ELEMENT);
      return planes ? joinPlanes(view) : view;
    },
  };
}

/** Lengths -> where each item ends. */
export function ends(lengths) {
  const out = new Uint32Array(lengths.length);
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) out[i] = sum += lengths[i];
  return out;
}
