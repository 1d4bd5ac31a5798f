// What stands in a view's place until its own code is there, or why it can't be.
import { h, setText } from "./dom.ts";

export interface Loading {
  /** Class of the view's element. */
  view: string;
  /** "Loading the workbench …" */
  note: string;
  /** "The workbench can’t be shown" */
  failure: string;
}

/** Show the note in `el`, then `start` the view; returns what removes it, at whatever moment. */
export function renderWhenLoaded<T>(
  el: HTMLElement,
  { view, note, failure }: Loading,
  loaded: Promise<T>,
  start: (loaded: T) => () => void,
): () => void {
  let remove: (() => void) | null = null;
  let removed = false;
  const words = h("p", { class: "l3s1-note", role: "status" }, note);
  el.classList.add("l3s1", view);
  el.replaceChildren(words);
  loaded.then(
    (code) => {
      if (!removed) remove = start(code);
    },
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      setText(words, `${failure}: ${why}. Reload the page to try again.`);
    },
  );
  return () => {
    removed = true;
    remove?.();
  };
}
