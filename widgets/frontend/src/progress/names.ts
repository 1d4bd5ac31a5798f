// Choosing who learns: the names that are kept in this browser, and a field for a new one.
import { h, setText, uniqueId } from "../dom.ts";
import { FIRST_NAME } from "./profiles.ts";
import type { ProgressStore } from "./store.ts";

/** Whether the student in use has not given a name yet. */
export function isUnnamed(store: ProgressStore): boolean {
  return store.current.name === FIRST_NAME;
}

/** A text field with a button; `use` returns what is wrong with what was written, or null. */
export function nameField(label: string, verb: string, use: (name: string) => string | null) {
  const id = uniqueId("name");
  const input = h("input", { id, type: "text", class: "l3s1-name-input", autocomplete: "off", "aria-describedby": `${id}-why` });
  const why = h("p", { id: `${id}-why`, class: "l3s1-name-problem", role: "alert" });
  const labelled = h("label", { for: id }, label);
  const button = h("button", { type: "submit", class: "l3s1-button" }, verb);
  const row = h("div", { class: "l3s1-name-row" }, input, button);
  const form = h("form", { class: "l3s1-name-form", novalidate: true }, labelled, row, why);
  const say = (problem: string): void => {
    setText(why, problem);
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = use(input.value);
    say(problem ?? "");
    if (problem) input.focus();
    else input.value = "";
  });
  input.addEventListener("input", () => say(""));
  return {
    form,
    input,
    rename(to: string, then: string): void {
      setText(labelled, to);
      setText(button, then);
    },
  };
}

/** Radio buttons for the names there are, and a field to add one; `chosen` is called after either. */
export function nameChooser(store: ProgressStore, signal: AbortSignal, chosen: () => void): HTMLElement {
  const group = uniqueId("who");
  const options = h("div", { class: "l3s1-name-options" });
  const use = h("button", { type: "submit", class: "l3s1-button" }, "Use the chosen name");
  const legend = h("legend", {}, "Names in this browser");
  const list = h("form", { class: "l3s1-name-form" }, h("fieldset", {}, legend, options), use);
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const picked = options.querySelector<HTMLInputElement>("input:checked");
    if (picked && store.use(picked.value)) chosen();
  });
  list.addEventListener("keydown", (event) => event.stopPropagation());

  const field = nameField("", "", (name) => {
    const unnamed = isUnnamed(store);
    const problem = store.nameProblem(name, unnamed ? store.current.id : undefined);
    if (problem) return problem;
    if (unnamed) store.rename(name);
    else store.create(name);
    chosen();
    return null;
  });

  let shown = "";
  const show = (): void => {
    const { current } = store;
    const profiles = store.profiles();
    list.hidden = profiles.length < 2;
    if (isUnnamed(store)) field.rename("Your name", "Use this name");
    else field.rename("Somebody else learns here too: add a name", "Add and use");
    const state = JSON.stringify([current.id, profiles]);
    if (state === shown) return;
    shown = state;
    options.replaceChildren(
      ...profiles.map(({ id, name }) =>
        h(
          "label",
          { class: "l3s1-name-option" },
          h("input", { type: "radio", name: group, value: id, checked: id === current.id }),
          h("span", {}, name),
        ),
      ),
    );
  };
  show();
  signal.addEventListener("abort", store.subscribe(show));
  return h("div", { class: "l3s1-names" }, list, field.form);
}

