// One line below questions, review and cases: for whom answers are kept, and a way to change that.
import { h, setText, uniqueId } from "../dom.ts";
import { nameChooser } from "./names.ts";
import { isKept, troubleNotice } from "./notice.ts";
import { progressOf } from "./store.ts";
import type { ProgressStore } from "./store.ts";

const SPEAKER = Symbol.for("l3s1.progress-speaker");
type Registry = { [SPEAKER]?: object };

/** The line; of all lines of a page the first one says what the trouble is. */
export function progressLine(signal: AbortSignal, store: ProgressStore = progressOf()): HTMLElement {
  const id = uniqueId("names");
  const words = h("span");
  const change = h("button", { type: "button", class: "l3s1-link", "aria-expanded": "false", "aria-controls": id });
  const chooser = nameChooser(store, signal, () => open(false));
  const box = h("div", { id, hidden: true }, chooser);
  const open = (isOpen: boolean): void => {
    box.hidden = !isOpen;
    change.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) box.querySelector("input")?.focus();
    else change.focus();
  };
  change.addEventListener("click", () => open(box.hidden !== false));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(false);
  });

  const show = (): void => {
    const { name } = store.current;
    setText(
      words,
      isKept(store)
        ? `Answers are kept for ${name} on this computer`
        : `Answers of ${name} are held only while this page is open`,
    );
    change.replaceChildren("change", h("span", { class: "l3s1-hidden" }, " who is learning"));
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  const line = h("p", {}, words, "\u00a0· ", change);
  const element = h("div", { class: "l3s1-progress-line" }, line, box);
  if (claimSpeech(element, signal)) element.prepend(troubleNotice(store, signal));
  return element;
}

function claimSpeech(line: object, signal: AbortSignal): boolean {
  const page = globalThis as Registry;
  if (page[SPEAKER] !== undefined) return false;
  page[SPEAKER] = line;
  signal.addEventListener("abort", () => delete page[SPEAKER]);
  return true;
}
