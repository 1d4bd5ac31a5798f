// Serves the dev page on loopback: built views, the harness, fixtures, axe-core, and the Plotly
// bundle, which PLOTLY_BUNDLE names or the Python environment of the course holds.
// Usage: npm run dev [-- PORT [FOLDER OF FIXTURES]]; /scene shows the 3D engine by itself, with the
// model that lies in the folder as anatomy.bin.
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [port = "8123", fixtures] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".bin": "application/octet-stream",
};

function plotlyBundle() {
  if (process.env.PLOTLY_BUNDLE) return process.env.PLOTLY_BUNDLE;
  const lib = path.resolve(root, "../../.venv/lib");
  const python = readdirSync(lib).find((name) => name.startsWith("python"));
  return path.join(lib, python ?? "", "site-packages/plotly/package_data/widgetbundle.js");
}

async function harness() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["dev/harness.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0].contents;
}

async function find(address) {
  if (address === "/scene") return readFile(path.join(root, "dev/scene.html"));
  if (address === "/") return readFile(path.join(root, "dev/index.html"));
  if (address === "/dev/harness.js") return harness();
  if (address === "/axe.js") return readFile(path.join(root, "node_modules/axe-core/axe.min.js"));
  const name = path.basename(address);
  if (/^\/l3s1\/static\/plotly-[\w.]+\.js$/.test(address)) return readFile(plotlyBundle());
  if (/^(anatomy|lateral)\.bin$/.test(name) && !address.startsWith("/fixtures/")) {
    return readFile(path.join(root, "../../assets/meshes", name));
  }
  if (address.startsWith("/l3s1/static/")) return readFile(path.join(root, "../l3s1/static", name));
  if (address.startsWith("/fixtures/") && fixtures) return readFile(path.join(fixtures, name));
  throw new Error("no such address");
}

createServer(async ({ url = "/" }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  try {
    const content = await find(pathname);
    const type = TYPES[path.extname(pathname)] ?? "text/html";
    response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(content);
  } catch (error) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end(String(error));
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
