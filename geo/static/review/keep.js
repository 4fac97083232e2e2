/* Keep decisions: in the browser after every step, in the file that the reader chose, or as a download. */

import { t } from "../core/i18n.js";
import { saveFile } from "../ui/files.js";
import { takeFile, toFile } from "./decision_file.js";
import { browserStore, chooseFile, writeFile } from "./storage.js";

/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {import("./storage.js").Handle} Handle */

/**
 * @param {Choices} choices
 * @param {(text: string) => void} say
 */
export function createKeeper(choices, say) {
  const store = browserStore(choices.data.key);
  /** @type {Handle | null} */
  let handle = null;
  let writing = Promise.resolve(true);
  const name = () => {
    const coder = choices.coder.replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 40);
    return `${choices.data.file.replace(/\.[^.]*$/, "")}-decisions${coder ? `-${coder}` : ""}.json`;
  };
  const text = () => `${JSON.stringify(toFile(choices), null, 1)}\n`;

  /** One after the other: a file that is open for writing cannot be opened again. */
  const write = () => {
    writing = writing.then(async () => {
      if (!handle) return false;
      const done = await writeFile(handle, text());
      say(done ? t("review.written", { file: handle.name }) : t("review.not_written", { file: handle.name }));
      return done;
    });
    return writing;
  };

  return {
    /** After every step. */
    step() {
      const kept = store.keep(toFile(choices));
      if (handle) write();
      else say(t(kept ? "review.kept" : "review.not_kept"));
    },
    async save() {
      handle ??= await chooseFile(name());
      if (handle) await write();
    },
    download() {
      saveFile(name(), new Blob([text()], { type: "application/json" }));
      say(t("review.downloaded", { file: name() }));
    },
    /** Decisions of an earlier visit, which may have ended in a crash. */
    restore() {
      const kept = store.kept();
      if (!kept || takeFile(choices, kept)) return 0;
      return kept.decisions.length + kept.added.length + kept.pairs.length;
    },
  };
}
