/* Where decisions are kept: in the browser against a crash, and in a file that the reader chooses or downloads. */

/** @typedef {import("../types/review.d.ts").DecisionFile} DecisionFile */
/** @typedef {{ createWritable(): Promise<{ write(text: string): Promise<void>, close(): Promise<void> }>, name: string }} Handle */
/** @typedef {(options: object) => Promise<Handle>} Picker */

/**
 * @param {string} key Names the page: the digest of its candidates.
 */
export function browserStore(key) {
  const name = `geo-review:${key}`;
  return {
    /** @param {DecisionFile} file @returns {boolean} False where the browser keeps nothing. */
    keep(file) {
      try {
        localStorage.setItem(name, JSON.stringify(file));
        return true;
      } catch {
        return false;
      }
    },
    /** @returns {DecisionFile | null} */
    kept() {
      try {
        return JSON.parse(localStorage.getItem(name) ?? "null");
      } catch {
        return null;
      }
    },
  };
}

/** @returns {Picker | null} The browser's own dialog for a file that a page may write again, where there is one. */
export const filePicker = () => /** @type {{ showSaveFilePicker?: Picker }} */ (globalThis).showSaveFilePicker ?? null;

/**
 * Let the reader choose a file; a handle that can be written to from then on, or null.
 * @param {string} name
 * @returns {Promise<Handle | null>}
 */
export async function chooseFile(name) {
  const picker = filePicker();
  if (!picker) return null;
  try {
    return await picker.call(globalThis, {
      suggestedName: name,
      types: [{ description: "JSON", accept: { "application/json": [".json"] } }],
    });
  } catch {
    return null; // closed without a choice, or not allowed
  }
}

/**
 * @param {Handle} handle
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function writeFile(handle, text) {
  try {
    const file = await handle.createWritable();
    await file.write(text);
    await file.close();
    return true;
  } catch {
    return false;
  }
}
