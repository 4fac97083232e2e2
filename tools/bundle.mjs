// Bundle the scripts of a page into geo/static/bundle/; with --check, prove that what is there is what the sources give.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const STATIC = fileURLToPath(new URL("../geo/static/", import.meta.url));
const BUNDLE = join(STATIC, "bundle");
const checking = process.argv.includes("--check");

const { outputFiles = [] } = await build({
  absWorkingDir: STATIC,
  entryPoints: { layers: "entry_layers.js", page: "entry_page.js", story: "entry_story.js", review: "entry_review.js" },
  outdir: "bundle",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  banner: { js: "/* geo, MIT licence; bundled from geo/static by tools/bundle.mjs */" },
  write: !checking,
});

if (checking) {
  const made = new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
  const stale = readdirSync(BUNDLE).filter((name) => !made.get(name)?.equals(readFileSync(join(BUNDLE, name))));
  const missing = [...made.keys()].filter((name) => !readdirSync(BUNDLE).includes(name));
  if (stale.length || missing.length) {
    console.error(
      `geo/static/bundle: not what the sources give: ${[...stale, ...missing].join(", ")}; run: npm run bundle`,
    );
    process.exit(1);
  }
}
