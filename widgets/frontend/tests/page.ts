// A page for tests: happy-dom's window in place of a browser's.
import { Window } from "happy-dom";

/** Exchange the page's globals for those of a new, empty window at `url`. */
export function openPage(url = "http://localhost:8888/course/"): Window {
  const window = new Window({ url, width: 1280, height: 900 });
  const names = [
    "window",
    "document",
    "location",
    "history",
    "navigator",
    "HTMLElement",
    "HTMLButtonElement",
    "Element",
    "Node",
    "CustomEvent",
    "KeyboardEvent",
    "PointerEvent",
    "Event",
    "MutationObserver",
    "ResizeObserver",
  ] as const;
  for (const name of names) {
    const value: unknown = Reflect.get(window, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.assign(globalThis, {
    matchMedia: window.matchMedia.bind(window),
    getComputedStyle: window.getComputedStyle.bind(window),
    requestAnimationFrame: (callback: () => void) => setTimeout(callback, 0),
    cancelAnimationFrame: (handle: ReturnType<typeof setTimeout>) => clearTimeout(handle),
  });
  return window;
}

/** Resolve when `holds()` is true; give up with `what` after two seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 2000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it never came that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function press(target: Element, key: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

/** The one element of `root` that `selector` finds. */
export function one<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelectorAll(selector);
  if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}, not one`);
  return found[0] as T;
}
