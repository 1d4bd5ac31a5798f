// What the student must know about how answers are kept, with what can be done about it.
import { h } from "../dom.ts";
import { saveFile } from "../save.ts";
import { fileName } from "./said.ts";
import type { ProgressStore } from "./store.ts";

/** Whether the browser keeps what is answered now, not only the page. */
export function isKept({ trouble, unsaved }: ProgressStore): boolean {
  return unsaved === 0 && (trouble === null || trouble.kind === "damaged");
}

/** A live region that holds the store's trouble, or nothing. */
export function troubleNotice(store: ProgressStore, signal: AbortSignal): HTMLElement {
  const place = h("div", { class: "l3s1-progress-trouble", role: "status" });
  let shown = "";
  const show = (): void => {
    const { trouble } = store;
    const unsaved = store.unsaved > 0;
    const state = JSON.stringify([trouble, unsaved]);
    if (state === shown) return;
    shown = state;
    if (!trouble) {
      place.replaceChildren();
      return;
    }
    const save = h("button", { type: "button", class: "l3s1-button" }, "Save my progress as a file");
    save.addEventListener("click", () => saveProgress(store));
    const again = h("button", { type: "button", class: "l3s1-button" }, "Try again to keep it");
    again.addEventListener("click", () => store.retry());
    const actions = h("div", { class: "l3s1-actions" }, save, trouble.kind === "full" && again);
    place.replaceChildren(
      h("p", {}, h("strong", {}, trouble.says)),
      h("p", {}, trouble.do),
      ...(trouble.kind !== "damaged" || unsaved ? [actions] : []),
    );
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return place;
}

export function saveProgress(store: ProgressStore): void {
  saveJson(fileName(store.current.name), store.exportText());
}

export function saveJson(name: string, text: string): void {
  saveFile(name, new Blob([text], { type: "application/json" }));
}
