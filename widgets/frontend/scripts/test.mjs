// Bundles tests/*.test.ts with esbuild (Node.js runs no TypeScript before 22) and hands them to
// Node's own test runner. Arguments: parts of file names, to run some tests only.
import { spawn } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const outdir = path.join(root, ".cache/tests");
const wanted = process.argv.slice(2);

const files = (await readdir(path.join(root, "tests")))
  .filter((name) => name.endsWith(".test.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`No test file matches ${wanted.join(", ") || "tests/*.test.ts"}.`);
  process.exit(1);
}

await rm(outdir, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: root,
  entryPoints: files.map((name) => `tests/${name}`),
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});

const run = spawn(
  process.execPath,
  [
    "--enable-source-maps",
    "--test",
    "--test-force-exit", // a saved file's address is kept for a minute, and nobody waits for that here
    ...files.map((name) => path.join(outdir, name.replace(/\.ts$/, ".mjs"))),
  ],
  { stdio: "inherit", cwd: root },
);
run.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
