// What stands above the picture: the time as text with steps, play, the axis, reset, copy link.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import { parseDay, sayDay, sayDuration, stepDay } from "../time_axis.ts";
import { shortDay } from "./cursor.ts";
import type { TimelineState } from "./state.ts";

export interface ControlActions {
  reset(): void;
  /** Copy the link and resolve to what to say about it. */
  copyLink(): Promise<string>;
  /** Play and pause. */
  play: HTMLElement;
  /** What saves and prints. */
  tools: readonly HTMLElement[];
}

const AXIS_CHOICES = [
  ["readable", "Hours to years"],
  ["linear", "Linear"],
] as const;

/** Build the controls; the returned function shows the state in them. */
export function buildControls(
  state: TimelineState,
  actions: ControlActions,
): { element: HTMLElement; show: () => void } {
  const time = timeField(state, actions.play);
  const axis = choice("Time axis", AXIS_CHOICES, (value) => {
    state.set({ axis_kind: value === "linear" ? "linear" : "readable" });
    state.settle();
  });
  const said = h("span", { class: "l3s1-said", role: "status" });
  const reset = button("Reset", () => {
    actions.reset();
    setText(said, "");
  });
  const copy = button("Copy link", () => {
    void actions.copyLink().then((words) => setText(said, words));
  });
  return {
    element: h(
      "div",
      { class: "l3s1-controls", role: "group", "aria-label": "Time" },
      time.element,
      axis.element,
      h(
        "div",
        { class: "l3s1-actions" },
        reset,
        copy,
        h("span", { class: "l3s1-timeline-tools" }, ...actions.tools),
        said,
      ),
    ),
    show: () => {
      time.show();
      axis.show(state.axis_kind);
    },
  };
}

function button(label: string, pressed: () => void, attributes = {}): HTMLButtonElement {
  const element = h("button", { type: "button", class: "l3s1-button", ...attributes }, label);
  element.addEventListener("click", pressed);
  return element;
}

function timeField(state: TimelineState, play: HTMLElement): { element: HTMLElement; show: () => void } {
  const id = uniqueId("time");
  const hint = uniqueId("time-hint");
  const input = h("input", {
    id,
    type: "text",
    class: "l3s1-time-input",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 30,
    "aria-describedby": hint,
  });
  const message = h("span", { id: hint, class: "l3s1-time-hint", "aria-live": "polite" });
  const tell = (error: string | null): void => {
    setAttributes(input, { "aria-invalid": error !== null && "true" });
    message.classList.toggle("l3s1-error", error !== null);
    setText(message, error ?? inWords(state.day));
  };
  const show = (): void => {
    input.value = shortDay(state.day).replace("the operation", "day 0");
    tell(null);
  };
  const commit = (): void => {
    const parsed = parseDay(input.value, state.horizon_d);
    if ("error" in parsed) {
      tell(parsed.error);
      return;
    }
    state.set({ day: parsed.day });
    state.settle();
    show();
  };
  input.addEventListener("change", commit);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") show();
    event.stopPropagation();
  });
  const step = (direction: 1 | -1) => (): void => {
    state.set({ day: stepDay(state.day, direction, state.horizon_d) });
    state.settleSoon();
  };
  const element = h(
    "div",
    { class: "l3s1-time" },
    h("label", { for: id, class: "l3s1-field-label" }, "Time after the operation"),
    h(
      "div",
      { class: "l3s1-time-row" },
      button("−", step(-1), { "aria-label": "Earlier", class: "l3s1-button l3s1-step" }),
      input,
      button("+", step(1), { "aria-label": "Later", class: "l3s1-button l3s1-step" }),
      play,
    ),
    message,
  );
  return { element, show };
}

/** What the field does not say already: "6 weeks" beside "day 42". */
function inWords(day: number): string {
  if (day === 0) return "the operation";
  return sayDay(day).includes("(") ? sayDuration(day) : "e.g. 42, 12 h, 6 wk";
}

function choice(
  legend: string,
  options: readonly (readonly [value: string, label: string])[],
  chosen: (value: string) => void,
): { element: HTMLElement; show: (value: string) => void } {
  const name = uniqueId("choice");
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  for (const input of inputs) input.addEventListener("change", () => chosen(input.value));
  const element = h(
    "fieldset",
    { class: "l3s1-choice" },
    h("legend", { class: "l3s1-field-label" }, legend),
    h(
      "div",
      { class: "l3s1-segments" },
      ...inputs.map((input, place) => h("label", {}, input, h("span", {}, options[place]?.[1]))),
    ),
  );
  return {
    element,
    show: (value) => {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
