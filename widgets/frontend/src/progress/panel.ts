// The progress panel: who learns here, what is kept, as a file, erased, and who can see it.
import type { AnyModel } from "@anywidget/types";
import { h, setText } from "../dom.ts";
import { eraseTools } from "./erase.ts";
import { asideTools, fileTools } from "./files.ts";
import { isUnnamed, nameChooser, nameField } from "./names.ts";
import { isKept, troubleNotice } from "./notice.ts";
import { day, doneOf, firstOf, holdingOf, size } from "./said.ts";
import type { LessonItems } from "./said.ts";
import { progressOf } from "./store.ts";
import type { ProgressStore } from "./store.ts";

export interface ProgressTraits {
  lessons: readonly LessonItems[];
  /** Ids of the course's cases. */
  cases: readonly string[];
}

const PRIVACY = [
  "All of this is in this browser on this computer only. Nothing of it is sent anywhere, not to the course’s server either.",
  "Names keep answers apart; they lock nothing. Whoever uses this browser can open each of them, so a first name or a nickname is enough.",
  "It is lost when the browser’s site data are cleared, and in a private window when that is closed. Safari also clears it after seven days of browsing without a visit to this course. Another browser or computer doesn’t have it, nor has the course at another address or port, as in JupyterLab. A saved file brings it back.",
] as const;

export function mountProgress(model: AnyModel<ProgressTraits>, el: HTMLElement, removed: AbortSignal): void {
  el.classList.add("l3s1", "l3s1-progress");
  el.replaceChildren(...progressPanel(model.get("lessons"), model.get("cases"), removed));
}

export function progressPanel(
  lessons: readonly LessonItems[],
  cases: readonly string[],
  signal: AbortSignal,
  store: ProgressStore = progressOf(),
): Node[] {
  const known = new Set([...lessons.flatMap(({ items, review }) => [...items, ...review]), ...cases]);
  return [
    troubleNotice(store, signal),
    part("Who is learning", ...who(store, signal)),
    part("What is kept", ...kept(lessons, store, signal)),
    part("Take it along", fileTools(store, known)),
    asideTools(store, signal),
    part("Erase", eraseTools(store, signal)),
    part("Who can see this", ...PRIVACY.map((text) => h("p", {}, text))),
  ];
}

function part(heading: string, ...body: Node[]): HTMLElement {
  return h("div", { class: "l3s1-progress-part" }, h("h3", {}, heading), ...body);
}

function who(store: ProgressStore, signal: AbortSignal): Node[] {
  const now = h("p", { role: "status" });
  const renaming = nameField("", "Rename", (name) => {
    const problem = store.nameProblem(name, store.current.id);
    if (problem) return problem;
    store.rename(name);
    return null;
  });
  const box = h("details", {}, h("summary", {}, "Rename"), renaming.form);
  const show = (): void => {
    const { name } = store.current;
    box.hidden = isUnnamed(store);
    renaming.rename(`A new name for ${name}`, "Rename");
    setText(
      now,
      isUnnamed(store)
        ? "No name is given yet. One is needed only where several people learn in the same browser."
        : `${name} is learning now.`,
    );
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return [now, nameChooser(store, signal, () => undefined), box];
}

function kept(lessons: readonly LessonItems[], store: ProgressStore, signal: AbortSignal): Node[] {
  const words = h("p");
  const list = h("ul", { class: "l3s1-done-list" });
  const note = h("p", { class: "l3s1-note" }, "Your latest answer to a question is the one that counts here.");
  const show = (): void => {
    const progress = store.read();
    const since = firstOf(progress);
    const { name } = store.current;
    const where = isKept(store) ? "in this browser" : "only while this page is open";
    const holding = `Kept for ${name} ${where}: ${holdingOf(progress)}`;
    setText(words, since ? `${holding}, since ${day(since)} (${size(store.size())}).` : `${holding}.`);
    list.replaceChildren(
      ...lessons.flatMap((lesson) => {
        const { says, right, of } = doneOf(progress, lesson);
        if (!says) return [];
        const name = h("span", { class: "l3s1-done-lesson" }, `${lesson.number} ${lesson.title}`);
        return [h("li", {}, name, h("span", { class: "l3s1-done-says" }, says), bar(right, of))];
      }),
    );
    list.hidden = note.hidden = list.childElementCount === 0;
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return [words, list, note];
}

/** A bar that repeats what its words say. */
export function bar(right: number, of: number): HTMLElement {
  const share = of > 0 ? right / of : 0;
  return h(
    "span",
    { class: "l3s1-done-bar", "aria-hidden": "true", hidden: of === 0 },
    h("span", { style: `width: ${Math.round(100 * share)}%` }),
  );
}
