// Builds every view into ../l3s1/static: one ES module and one style sheet each, minified,
// plus tokens.css for the page template, and scene_engine.js, the 3D engine that views load once a
// page. `--watch` rebuilds on change.
import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const outdir = path.resolve(root, "../l3s1/static");

export const VIEWS = ["plotly_view", "recovery_timeline", "question_set", "origin_panel", "anatomy_scene"];
const LIMIT_BYTES = 32_000;
/** Holds three.js, tree-shaken. */
const ENGINE = "scene_engine.js";
const ENGINE_LIMIT_BYTES = 620_000;
const ENGINE_LIMIT_PACKED = 170_000;

const options = {
  absWorkingDir: root,
  entryPoints: [
    ...VIEWS.map((name) => `src/${name}.ts`),
    ...VIEWS.map((name) => `src/styles/${name}.css`),
    "src/styles/tokens.css",
  ]
    .map((entry) => ({ in: entry, out: path.basename(entry).replace(/\.(ts|css)$/, "") }))
    .concat({ in: "src/scene/engine.ts", out: "scene_engine" }),
  outdir,
  bundle: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  minify: true,
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
};

async function report() {
  const names = [...VIEWS.flatMap((name) => [`${name}.js`, `${name}.css`]), "tokens.css"];
  let tooLarge = await engineIsTooLarge();
  for (const name of names) {
    const { size } = await stat(path.join(outdir, name));
    console.log(`${String(size).padStart(7)}  ${name}`);
    if (size > LIMIT_BYTES) {
      console.error(`${name} has ${size} bytes; keep each view under ${LIMIT_BYTES}.`);
      tooLarge = true;
    }
  }
  if (tooLarge) process.exitCode = 1;
}

async function engineIsTooLarge() {
  const engine = await readFile(path.join(outdir, ENGINE));
  const packed = gzipSync(engine, { level: 6 }).length;
  console.log(`${String(engine.length).padStart(7)}  ${ENGINE} (${packed} gzipped)`);
  if (engine.length <= ENGINE_LIMIT_BYTES && packed <= ENGINE_LIMIT_PACKED) return false;
  console.error(`${ENGINE} may have ${ENGINE_LIMIT_BYTES} bytes, gzipped ${ENGINE_LIMIT_PACKED}.`);
  return true;
}

await mkdir(outdir, { recursive: true });
if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  await esbuild.build(options);
  await report();
}
