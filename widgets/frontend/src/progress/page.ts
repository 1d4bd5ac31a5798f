// What the course's own pages do with progress: a lesson notes that it was opened, the map shows what was
// done of each. Without this file, or without JavaScript, both are as they are.
import { h, setText } from "../dom.ts";
import { troubleNotice } from "./notice.ts";
import { bar } from "./panel.ts";
import { isUnnamed } from "./names.ts";
import { doneOf } from "./said.ts";
import type { ProgressStore } from "./store.ts";

/** `data-number` of a lesson's page, and of each lesson on the map beside the ids of its items. */
export function startPage(root: ParentNode, store: ProgressStore): void {
  const lesson = root.querySelector<HTMLElement>("main[data-number]")?.dataset.number;
  if (lesson) store.openLesson(lesson);
  const list = root.querySelector<HTMLElement>(".lessons-list");
  if (list) showOnMap(list, store);
}

function showOnMap(list: HTMLElement, store: ProgressStore): void {
  const signal = new AbortController().signal; // as long as the page
  const words = h("span");
  const start = list.querySelector<HTMLAnchorElement>("li[data-number='00'] a")?.href;
  const more = start && h("a", { href: `${start}#Your-progress` }, "Your progress");
  const whose = h("p", { class: "whose text", hidden: true }, words, more && " Names, files and erasing: ", more, more && ".");
  const trouble = h("div", { class: "l3s1" }, troubleNotice(store, signal));
  list.before(whose, trouble);
  const rows = [...list.querySelectorAll<HTMLElement>("li[data-number]")].map((row) => {
    const place = h("span", { class: "done" });
    row.querySelector(".facts")?.append(place);
    return { row, place };
  });
  const show = (): void => {
    const progress = store.read();
    let any = false;
    for (const { row, place } of rows) {
      const { number = "", items = "", review = "" } = row.dataset;
      const { says, right, of } = doneOf(progress, { number, items: ids(items), review: ids(review) });
      any ||= says !== "";
      place.replaceChildren(...(says ? [...says.split(" · ").map((part) => h("span", {}, part)), bar(right, of)] : []));
    }
    whose.hidden = !any;
    setText(
      words,
      isUnnamed(store)
        ? "What was done in this browser stands beside each lesson."
        : `What ${store.current.name} has done in this browser stands beside each lesson.`,
    );
  };
  show();
  store.subscribe(show);
}

function ids(text: string): string[] {
  return text.split(" ").filter((id) => id !== "");
}
