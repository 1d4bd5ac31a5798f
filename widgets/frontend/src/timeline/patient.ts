// The patient: ten choices as labelled selects, for one patient or for two side by side.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import { LETTERS, letterOf, optionLabel } from "./choices.ts";
import type { TimelineState } from "./state.ts";
import type { Choice, Patient } from "./types.ts";

/** Below this width of the window the choices are folded until they are wanted. */
const FOLDED = "(max-width: 42rem)";

export class PatientPanel {
  readonly element: HTMLDetailsElement;
  readonly #summary = h("span", { class: "l3s1-patient-said" });
  readonly #fields: readonly Field[];
  readonly #compare = h("button", { type: "button", class: "l3s1-button" });
  readonly #clear = h("button", { type: "button", class: "l3s1-button" }, "Clear");

  constructor(private readonly state: TimelineState) {
    this.#fields = state.content.choices.map(
      (choice) => new Field(choice, (place, option) => this.#choose(choice, place, option)),
    );
    this.#compare.addEventListener("click", () => this.#toggle());
    this.#clear.addEventListener("click", () => {
      state.set({ patient: {}, other: state.other && {} });
      state.settle();
    });
    this.element = h(
      "details",
      { class: "l3s1-patient", open: !matchMedia(FOLDED).matches },
      h("summary", {}, h("span", { class: "l3s1-patient-title" }, "Patient"), this.#summary),
      h(
        "div",
        { class: "l3s1-patient-fields", role: "group", "aria-label": "What is stated about the patient" },
        ...this.#fields.map(({ element }) => element),
      ),
      h("div", { class: "l3s1-patient-buttons" }, this.#compare, this.#clear),
    );
  }

  show(): void {
    const { patients, content } = this.state;
    for (const field of this.#fields) field.show(patients);
    const words = patients.map((patient, place) => {
      const letter = letterOf(place, patients.length);
      return `${letter && `${letter}: `}${sayShort(content.choices, patient)}`;
    });
    setText(this.#summary, words.join(" · "));
    const two = patients.length > 1;
    setText(this.#compare, two ? "Remove patient B" : "Compare with a second patient");
    setAttributes(this.#clear, {
      disabled: patients.every((patient) => Object.keys(patient).length === 0),
    });
  }

  #choose(choice: Choice, place: number, option: string): void {
    const patients = this.state.patients.map((patient, number) => {
      if (number !== place) return patient;
      const { [choice.id]: _, ...rest } = patient;
      return option === choice.options[0]?.[0] ? rest : { ...rest, [choice.id]: option };
    });
    this.state.set({ patient: patients[0] ?? {}, other: patients[1] ?? null });
    this.state.settle();
  }

  #toggle(): void {
    const { patient, other } = this.state;
    // The second patient begins as the first, so that what is changed is what differs.
    this.state.set({ other: other ? null : { ...patient } });
    this.state.settle();
    if (!other) this.#fields[0]?.focus(1);
  }
}

/** The options that were chosen, as short as they can be told apart. */
function sayShort(choices: readonly Choice[], patient: Patient): string {
  const words = choices.flatMap((choice) => {
    const option = patient[choice.id];
    return option === undefined ? [] : [`${choice.label}: ${optionLabel(choice, option)}`];
  });
  return words.join(", ") || "nothing stated";
}

/** One choice with its select, and a second one where two patients are compared. */
class Field {
  readonly element: HTMLElement;
  readonly #selects: readonly HTMLSelectElement[];
  readonly #lines: readonly HTMLElement[];
  readonly #marks: readonly HTMLElement[];

  constructor(
    private readonly choice: Choice,
    chosen: (place: number, option: string) => void,
  ) {
    const label = uniqueId("choice");
    const marks = LETTERS.map((letter) =>
      h("span", { id: uniqueId("patient"), class: "l3s1-letter", "data-letter": letter }, letter),
    );
    this.#marks = marks;
    this.#selects = LETTERS.map((_letter, place) => {
      const options = choice.options.map(([value, words]) => h("option", { value }, words));
      const select = h(
        "select",
        { class: "l3s1-select", "aria-labelledby": `${label} ${marks[place]?.id}`, "data-choice": choice.id },
        ...options,
      );
      select.addEventListener("change", () => chosen(place, select.value));
      return select;
    });
    this.#lines = this.#selects.map((select, place) => h("div", { class: "l3s1-field-line" }, marks[place], select));
    this.element = h(
      "div",
      { class: "l3s1-field" },
      h("span", { id: label, class: "l3s1-field-label" }, choice.label),
      ...this.#lines,
    );
  }

  show(patients: readonly Patient[]): void {
    this.#selects.forEach((select, place) => {
      const patient = patients[place];
      const line = this.#lines[place] as HTMLElement;
      line.hidden = patient === undefined;
      const option = patient?.[this.choice.id] ?? this.choice.options[0]?.[0] ?? "";
      if (select.value !== option) select.value = option;
      setAttributes(select, { "data-stated": patient?.[this.choice.id] !== undefined });
      (this.#marks[place] as HTMLElement).hidden = patients.length < 2;
    });
  }

  focus(place: number): void {
    this.#selects[place]?.focus();
  }
}
