// Builds every view into ../l3s1/static: one ES module and one style sheet each, minified,
// plus tokens.css and progress_page.js for the course's own pages, and what views load once a page: scene_engine.js, the 3D
// engine, explorer.js, the anatomy explorer, neurology.js, 'localise the lesion', alignment.js, the
// alignment workbench, motion.js, the bending spine, timeline.js, the recovery timeline, and assessment.js, questions and
// what belongs to them. `--watch` rebuilds on change.
import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const outdir = path.resolve(root, "../l3s1/static");

export const VIEWS = [
  "plotly_view",
  "recovery_timeline",
  "question_set",
  "review",
  "progress_panel",
  "origin_panel",
  "readings",
  "anatomy_scene",
  "anatomy_explorer",
  "bone_state",
  "operation_stepper",
  "localise_lesion",
  "alignment_workbench",
  "fuse_and_bend",
  "screw_trainer",
  "case_player",
];
const LIMIT_BYTES = 32_000;
/** Loaded once a page and cached; the engine holds three.js, tree-shaken. */
const SHARED = [
  { in: "src/assessment/index.ts", out: "assessment", limit: 150_000, packedLimit: 50_000 },
  { in: "src/bone_state/view.ts", out: "bone", limit: 40_000, packedLimit: 16_000 },
  { in: "src/operation/view.ts", out: "operation", limit: 40_000, packedLimit: 16_000 },
  { in: "src/scene/engine.ts", out: "scene_engine", limit: 620_000, packedLimit: 170_000 },
  { in: "src/explorer/explorer.ts", out: "explorer", limit: 80_000, packedLimit: 26_000 },
  { in: "src/neurology/neurology.ts", out: "neurology", limit: 80_000, packedLimit: 26_000 },
  { in: "src/alignment/workbench.ts", out: "alignment", limit: 90_000, packedLimit: 32_000 },
  { in: "src/motion/view.ts", out: "motion", limit: 40_000, packedLimit: 16_000 },
  { in: "src/screws/view.ts", out: "screws", limit: 60_000, packedLimit: 22_000 },
  { in: "src/timeline/timeline.ts", out: "timeline", limit: 80_000, packedLimit: 26_000 },
];

const options = {
  absWorkingDir: root,
  entryPoints: [
    ...VIEWS.map((name) => `src/${name}.ts`),
    ...VIEWS.map((name) => `src/styles/${name}.css`),
    "src/styles/tokens.css",
    "src/progress_page.ts",
  ]
    .map((entry) => ({ in: entry, out: path.basename(entry).replace(/\.(ts|css)$/, "") }))
    .concat(SHARED.map((each) => ({ in: each.in, out: each.out }))),
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
  const names = [...VIEWS.flatMap((name) => [`${name}.js`, `${name}.css`]), "tokens.css", "progress_page.js"];
  let tooLarge = false;
  for (const shared of SHARED) tooLarge = (await sharedIsTooLarge(shared)) || tooLarge;
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

async function sharedIsTooLarge({ out, limit, packedLimit }) {
  const content = await readFile(path.join(outdir, `${out}.js`));
  const packed = gzipSync(content, { level: 6 }).length;
  console.log(`${String(content.length).padStart(7)}  ${out}.js (${packed} gzipped)`);
  if (content.length <= limit && packed <= packedLimit) return false;
  console.error(`${out}.js may have ${limit} bytes, gzipped ${packedLimit}.`);
  return true;
}

await mkdir(outdir, { recursive: true });
// Copies of three.js and ts-fsrs carry their licences.
for (const [name, bundle] of [["three", "scene_engine"], ["ts-fsrs", "assessment"]]) {
  const licence = path.join(root, "node_modules", name, "LICENSE");
  await copyFile(licence, path.join(outdir, `${bundle}.LICENSE.txt`));
}
if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  await esbuild.build(options);
  await report();
}
