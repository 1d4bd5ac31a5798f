// Progress as a file: saved, brought back with a report, and what was laid aside.
import { h, uniqueId } from "../dom.ts";
import { saveJson, saveProgress } from "./notice.ts";
import { FIRST_NAME } from "./profiles.ts";
import { day, many, size } from "./said.ts";
import type { ProgressStore } from "./store.ts";
import type { ImportReport, KeptAside } from "./types.ts";
import { notImported } from "./words.ts";

/** `known` are the ids of the course's items and cases. */
export function fileTools(store: ProgressStore, known: ReadonlySet<string>): HTMLElement {
  const id = uniqueId("file");
  const save = h("button", { type: "button", class: "l3s1-button" }, "Save as a file");
  save.addEventListener("click", () => saveProgress(store));
  const input = h("input", { id, type: "file", accept: ".json,application/json", class: "l3s1-file" });
  const report = h("div", { class: "l3s1-import-report", role: "status" });
  const finish = (result: ImportReport): void => report.replaceChildren(...reportWords(result));
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (!file) return;
    const read = (text: string): void => {
      input.value = "";
      const question = whose(store, text, (into) => {
        into();
        finish(store.importText(text, known));
      });
      if (question) report.replaceChildren(question);
      else finish(store.importText(text, known));
    };
    file.text().then(read, () => finish(notImported("the browser could not read it")));
  });
  return h(
    "div",
    { class: "l3s1-progress-files" },
    h("div", { class: "l3s1-actions" }, save),
    h("label", { for: id }, "Bring a saved file back"),
    input,
    report,
  );
}

/** Where a file is of somebody else: a question to whom to add it; null where that is clear. */
function whose(store: ProgressStore, text: string, add: (into: () => void) => void): HTMLElement | null {
  const looked = store.look(text);
  if ("refused" in looked) return null;
  const { name } = looked.progress.profile;
  const { current } = store;
  if (name === current.name || name === FIRST_NAME) return null;
  const there = store.profiles().find((each) => each.name === name);
  if (!there && store.nameProblem(name) !== null) return null;
  const theirs = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, `Keep it under the name ${name}`);
  theirs.addEventListener("click", () => add(() => (there ? store.use(there.id) : store.create(name))));
  const mine = h("button", { type: "button", class: "l3s1-button" }, `Add it to what is kept for ${current.name}`);
  mine.addEventListener("click", () => add(() => undefined));
  return h(
    "div",
    {},
    h("p", {}, `This file was saved for ${name}; ${current.name} is learning now.`),
    h("div", { class: "l3s1-actions" }, theirs, mine),
  );
}

function reportWords(result: ImportReport): Node[] {
  if (!result.ok) return [h("p", {}, h("strong", {}, result.says)), h("p", {}, result.do)];
  const { added, known, unknown } = result;
  const parts = [many(added.answers, "answer"), many(added.runs, "run") + " of cases", `${many(added.lessons, "lesson")} opened`];
  const rest = known > 0 ? ` ${known === 1 ? "One entry was" : `${known} entries were`} here already.` : "";
  return [
    h("p", {}, h("strong", {}, `Added: ${parts.join(", ")}.`), rest),
    unknown.length > 0 &&
      h(
        "p",
        {},
        `Kept, though this version of the course doesn’t know ${unknown.length === 1 ? "it" : "them"}: ${unknown.join(", ")}.`,
      ),
  ].filter((each) => each !== false);
}

/** What could not be read, with a way to save and to erase it; shows nothing where there is none. */
export function asideTools(store: ProgressStore, signal: AbortSignal): HTMLElement {
  const list = h("ul", { class: "l3s1-aside" });
  const heading = h("h3", { tabindex: -1 }, "Laid aside");
  const what = h("p", {}, "This could not be read and is kept as it was found. Save it before you erase it: it may be repaired.");
  const box = h("div", { class: "l3s1-progress-part" }, heading, what, list);
  let shown = "";
  const show = (): void => {
    const all = store.keptAside();
    box.hidden = all.length === 0;
    const state = all.map(({ key }) => key).join();
    if (state === shown) return;
    shown = state;
    list.replaceChildren(...all.map((each) => asideEntry(store, each)));
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return box;
}

function asideEntry(store: ProgressStore, { key, at, text }: KeptAside): HTMLElement {
  const when = `${day(at)}, ${at.slice(11, 16)} UTC`;
  const save = h("button", { type: "button", class: "l3s1-button" }, "Save as a file");
  save.addEventListener("click", () => saveJson(`l3s1-laid-aside-${at.slice(0, 10)}.json`, text));
  const erase = h("button", { type: "button", class: "l3s1-button" }, "Erase it");
  const sure = h("button", { type: "button", class: "l3s1-button l3s1-danger", hidden: true }, `Yes, erase what was laid aside on ${when}`);
  erase.addEventListener("click", () => {
    erase.hidden = true;
    sure.hidden = false;
    sure.focus();
  });
  sure.addEventListener("click", () => store.dropAside(key));
  return h("li", {}, h("p", {}, `Found on ${when}, ${size(text.length)}`), h("div", { class: "l3s1-actions" }, save, erase, sure));
}
