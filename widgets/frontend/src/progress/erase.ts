// Erasing all that is kept of one student: named first, offered as a file, then confirmed.
import { h, setText } from "../dom.ts";
import { saveProgress } from "./notice.ts";
import { day, firstOf, holdingOf, many } from "./said.ts";
import type { ProgressStore } from "./store.ts";

export function eraseTools(store: ProgressStore, signal: AbortSignal): HTMLElement {
  const begin = h("button", { type: "button", class: "l3s1-button" });
  const question = h("p", { tabindex: -1, class: "l3s1-erase-question" });
  const save = h("button", { type: "button", class: "l3s1-button" }, "Save as a file first");
  const sure = h("button", { type: "button", class: "l3s1-button l3s1-danger" });
  const keep = h("button", { type: "button", class: "l3s1-button" }, "Keep it");
  const confirm = h(
    "div",
    { class: "l3s1-erase-confirm", role: "group", "aria-label": "Confirm erasing", hidden: true },
    question,
    h("div", { class: "l3s1-actions" }, save, sure, keep),
  );
  const told = h("p", { role: "status" });
  const close = (): void => {
    confirm.hidden = true;
    begin.hidden = false;
    begin.focus();
  };
  begin.addEventListener("click", () => {
    const progress = store.read();
    const since = firstOf(progress);
    const { name } = store.current;
    setText(
      question,
      `This erases the name ${name} and all that is kept for it in this browser: ${holdingOf(progress)}` +
        `${since ? `, since ${day(since)}` : ""}${aside(store)}. ` +
        "It can’t be undone, unless you save it as a file first and bring that back.",
    );
    setText(sure, `Erase all of ${name}`);
    setText(told, "");
    confirm.hidden = false;
    begin.hidden = true;
    question.focus();
  });
  save.addEventListener("click", () => saveProgress(store));
  keep.addEventListener("click", close);
  sure.addEventListener("click", () => {
    const { name } = store.current;
    store.erase();
    close();
    setText(told, `All that was kept for ${name} is erased. ${store.current.name} is learning now.`);
  });
  confirm.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  let of = "";
  const show = (): void => {
    const { id, name } = store.current;
    setText(begin, `Erase all that is kept for ${name} …`);
    if (id !== of && !confirm.hidden) close(); // somebody else is learning now
    of = id;
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return h("div", { class: "l3s1-progress-erase" }, begin, confirm, told);
}

function aside(store: ProgressStore): string {
  const count = store.keptAside(store.current.id).length;
  return count > 0 ? `; also what was laid aside of it (${many(count, "file")}, to be saved above)` : "";
}
