// plotly.js, loaded once a page: from the server's cached file, else from the kernel.
import type { AnyModel } from "@anywidget/types";

/** What the views use of plotly.js. */
export interface PlotlyApi {
  newPlot(element: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>;
  react(element: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>;
  purge(element: HTMLElement): void;
  Plots: { resize(element: HTMLElement): Promise<unknown> };
}

/** The widget inside the bundle: a factory of what anywidget calls initialize and render. */
export interface PlotlyDelegate {
  initialize(props: { model: object }): void;
  render(props: { model: object; el: HTMLElement }): (() => void) | void;
}

export interface PlotlyBundle {
  Plotly: PlotlyApi;
  createDelegate: () => PlotlyDelegate;
}

export interface BundleTraits {
  _plotly_file: string;
}

export const BUNDLE_MESSAGE = "l3s1:plotly-bundle";
const ANSWER_WITHIN_MS = 60_000;
const LOADS = Symbol.for("l3s1.plotly-loads");
type Registry = { [LOADS]?: Map<string, Promise<PlotlyBundle>> };

type ImportModule = (url: string) => Promise<{ default: () => PlotlyDelegate }>;
const importModule: ImportModule = (url) => import(/* @vite-ignore */ url);

/**
 * The bundle that the model's trait `_plotly_file` names. All views of a page, also those of
 * separately loaded modules, share one load; a load that failed may be tried again.
 */
export function loadPlotly(
  model: AnyModel<BundleTraits>,
  load: ImportModule = importModule,
): Promise<PlotlyBundle> {
  const loads = ((globalThis as Registry)[LOADS] ??= new Map());
  const file = model.get("_plotly_file");
  let bundle = loads.get(file);
  if (!bundle) {
    bundle = fetchBundle(model, file, load);
    loads.set(file, bundle);
    bundle.catch(() => loads.delete(file));
  }
  return bundle;
}

async function fetchBundle(
  model: AnyModel<BundleTraits>,
  file: string,
  load: ImportModule,
): Promise<PlotlyBundle> {
  const url = bundleUrl(file);
  if (url) {
    try {
      return take(await load(url));
    } catch {
      // The course's server is not behind this page: ask the kernel.
    }
  }
  const source = await askKernel(model);
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return take(await load(blob));
  } finally {
    URL.revokeObjectURL(blob);
  }
}

/** Address of the shared file below the page's base URL; null where the page names none. */
export function bundleUrl(file: string): string | null {
  if (!/^[\w.+-]+\.js$/.test(file)) return null;
  const config = document.getElementById("jupyter-config-data")?.textContent;
  if (!config) return null;
  try {
    const base: unknown = JSON.parse(config).baseUrl;
    if (typeof base !== "string") return null;
    const folder = new URL(base.endsWith("/") ? base : `${base}/`, location.href);
    return new URL(`l3s1/static/${file}`, folder).href;
  } catch {
    return null;
  }
}

function take(module: { default: () => PlotlyDelegate }): PlotlyBundle {
  const { Plotly } = globalThis as { Plotly?: PlotlyApi };
  if (!Plotly || typeof module.default !== "function") {
    throw new Error("the file that was loaded is not the Plotly widget bundle");
  }
  return { Plotly, createDelegate: module.default };
}

/** Ask the kernel for the gzipped bundle, and unpack its one answer. */
function askKernel(model: AnyModel<BundleTraits>): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      model.off("msg:custom", answered);
    };
    const answered = (message: { type?: string }, buffers: DataView[]): void => {
      if (message?.type !== BUNDLE_MESSAGE) return;
      stop();
      const [buffer] = buffers ?? [];
      if (buffer) unzip(buffer).then(resolve, reject);
      else reject(new Error("the kernel's answer holds no bundle"));
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error("neither the server nor the kernel provides plotly.js"));
    }, ANSWER_WITHIN_MS);
    model.on("msg:custom", answered);
    try {
      model.send({ type: BUNDLE_MESSAGE });
    } catch (error) {
      stop();
      reject(error);
    }
  });
}

function unzip(buffer: DataView): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).arrayBuffer();
}
