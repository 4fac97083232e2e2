/* Light or dark: as the options say, else as the reader's system does; the interface takes the colours that the layers have. */

export function createTheme(root, model, options) {
  const { themes } = model.styles;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const fixed = options.theme === "light" || options.theme === "dark" ? options.theme : null;

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
