/* Light or dark theme: as the options say, else as the system of the reader. */

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Theme} Theme */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").ThemeControl} ThemeControl */

/**
 * Set theme and colours on `root` and the model, and follow the system where the options fix none.
 * @param {HTMLElement} root
 * @param {Model} model
 * @param {Options} options
 * @returns {ThemeControl}
 */
export function createTheme(root, model, options) {
  const { themes } = model.styles;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const fixed = options.theme === "light" || options.theme === "dark" ? options.theme : null;

  /** @param {Theme} theme */
  function apply(theme) {
    root.dataset.theme = theme;
    for (const [name, colour] of Object.entries(themes[theme]))
      root.style.setProperty(`--geo-${name.replaceAll("_", "-")}`, colour);
    model.setTheme(theme);
  }

  const present = () => fixed ?? (system.matches ? "dark" : "light");
  const follow = () => apply(present());
  system.addEventListener("change", follow);
  follow();
  return { apply, present, destroy: () => system.removeEventListener("change", follow) };
}
