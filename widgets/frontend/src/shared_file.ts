// Files that all views of a page share: fetched once by address, which browsers keep, else asked of
// the kernel, which sends them gzipped.
import type { AnyModel } from "@anywidget/types";

export const FILE_MESSAGE = "l3s1:file";
const ANSWER_WITHIN_MS = 60_000;

/** What a view sends to the kernel; the answer repeats it beside its one buffer. */
interface FileRequest {
  type: typeof FILE_MESSAGE;
  file: string;
}

/** All that is used of a widget model, whatever its traits. */
export type Asker = Pick<AnyModel, "on" | "off" | "send">;

export const asker = (model: unknown): Asker => model as Asker;

/**
 * What `load` gives for `file`. All views of a page, also those of separately loaded modules,
 * share one load in `registry`; a load that failed may be tried again.
 */
export function shareLoad<T>(registry: string, file: string, load: () => Promise<T>): Promise<T> {
  const key = Symbol.for(registry);
  const registries = globalThis as unknown as Record<symbol, Map<string, Promise<T>> | undefined>;
  const loads = (registries[key] ??= new Map());
  let shared = loads.get(file);
  if (!shared) {
    shared = load();
    loads.set(file, shared);
    shared.catch(() => loads.delete(file));
  }
  return shared;
}

/** Address of a shared file below the page's base URL; null where the page names none. */
export function fileUrl(file: string): string | null {
  if (!/^[\w.+-]+\.(js|bin|webp|png)$/.test(file)) return null;
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

export type ImportModule = (url: string) => Promise<unknown>;
export const importModule: ImportModule = (url) => import(/* @vite-ignore */ url);

/** Import the module `file`; `take` refuses what it is not. `what` is its name for the reader. */
export async function loadModule<T>(
  model: Asker,
  file: string,
  what: string,
  take: (module: unknown) => T,
  load: ImportModule = importModule,
): Promise<T> {
  const url = fileUrl(file);
  if (url) {
    try {
      return take(await load(url));
    } catch {
      // The course's server is not behind this page: ask the kernel.
    }
  }
  const source = await askKernel(model, file, what);
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return take(await load(blob));
  } finally {
    URL.revokeObjectURL(blob);
  }
}

/** The bytes of `file`, which lies gzipped on the server, unpacked. */
export async function loadBytes(model: Asker, file: string, what: string): Promise<ArrayBuffer> {
  const url = fileUrl(file);
  if (url) {
    try {
      const answer = await fetch(url);
      if (answer.ok) return await unzip(new Uint8Array(await answer.arrayBuffer()));
    } catch {
      // as above
    }
  }
  return askKernel(model, file, what);
}

/** Ask the kernel for a gzipped file, and unpack its one answer. */
export function askKernel(model: Asker, file: string, what: string): Promise<ArrayBuffer> {
  const request: FileRequest = { type: FILE_MESSAGE, file };
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      model.off("msg:custom", answered);
    };
    const answered = (message: FileRequest | null, buffers: DataView[]): void => {
      if (message?.type !== request.type || message.file !== request.file) return;
      stop();
      const [buffer] = buffers ?? [];
      if (buffer) {
        unzip(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)).then(resolve, reject);
      } else reject(new Error(`the kernel's answer holds no bundle of ${what}`));
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`neither the server nor the kernel provides ${what}`));
    }, ANSWER_WITHIN_MS);
    model.on("msg:custom", answered);
    try {
      model.send(request);
    } catch (error) {
      stop();
      reject(error);
    }
  });
}

async function unzip(packed: Uint8Array): Promise<ArrayBuffer> {
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
