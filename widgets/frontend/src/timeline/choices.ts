// What a patient's choices change, row by row. Effects stand side by side: none is combined with
// another. The rules are those of l3s1.activities.patient_choices.
import type { ByChoice, Choice, Effect, Patient, Row } from "./types.ts";

export const LETTERS = ["A", "B"] as const;
export type Letter = "" | (typeof LETTERS)[number];

/** An effect with the choice that it comes from. */
export interface RowEffect extends Effect {
  choice: Choice;
  option: string;
  option_label: string;
}

/** What one choice changes, and the lanes of which no source tells that it does. */
export interface Change {
  choice: Choice;
  option_label: string;
  changed: readonly { row: Row; effect: RowEffect }[];
  /** Names of lanes. */
  silent: readonly string[];
}

/** "A" or "B" where two patients stand side by side, else nothing. */
export function letterOf(place: number, count: number): Letter {
  return count > 1 ? (LETTERS[place] ?? "") : "";
}

/** `asked` without what is no choice, no option, or a choice's first option. */
export function cleanPatient(asked: unknown, choices: readonly Choice[]): Patient {
  if (typeof asked !== "object" || asked === null) return {};
  const patient: Record<string, string> = {};
  for (const { id, options } of choices) {
    const option = Object.hasOwn(asked, id) ? (asked as Record<string, unknown>)[id] : undefined;
    if (options.slice(1).some(([known]) => known === option)) patient[id] = option as string;
  }
  return patient;
}

/** The entry of the patient's option that has one, else of "any". */
export function forPatient<T>(table: ByChoice<T>, patient: Patient): T | undefined {
  for (const [choice, option] of Object.entries(patient)) {
    const key = `${choice}=${option}`;
    if (Object.hasOwn(table, key)) return table[key];
  }
  return table.any;
}

/** What the patient's choices change in a row, in the order of the choices. */
export function effectsOf(row: Row, patient: Patient, choices: readonly Choice[]): RowEffect[] {
  return choices.flatMap((choice) => {
    const option = patient[choice.id];
    const key = `${choice.id}=${option}`;
    const effect = option !== undefined && Object.hasOwn(row.effects, key) ? row.effects[key] : null;
    if (!effect || option === undefined) return [];
    return [{ ...effect, choice, option, option_label: optionLabel(choice, option) }];
  });
}

export function changesOf(choices: readonly Choice[], rows: readonly Row[], patient: Patient): Change[] {
  return choices.flatMap((choice) => {
    const option = patient[choice.id];
    if (option === undefined) return [];
    const own = { [choice.id]: option };
    const changed = rows.flatMap((row) => effectsOf(row, own, [choice]).map((effect) => ({ row, effect })));
    const told = new Set(changed.map(({ row }) => row.lane));
    const lanes = new Map(rows.map(({ lane, lane_label }) => [lane, lane_label]));
    const silent = [...lanes].filter(([lane]) => !told.has(lane)).map(([, label]) => label);
    return [{ choice, option_label: optionLabel(choice, option), changed, silent }];
  });
}

/** "smokes, three levels", or "nothing stated". */
export function sayPatient(choices: readonly Choice[], patient: Patient): string {
  const words = choices.flatMap((choice) => {
    const option = patient[choice.id];
    return option === undefined ? [] : [`${choice.label}: ${optionLabel(choice, option)}`];
  });
  return words.join(", ") || "nothing stated";
}

export function optionLabel(choice: Choice, option: string): string {
  return choice.options.find(([id]) => id === option)?.[1] ?? option;
}

/** Whether a row reads differently for two patients: in its time, its words or its effects. */
export function differs(row: Row, patients: readonly Patient[], choices: readonly Choice[]): boolean {
  const [one, other] = patients;
  if (!one || !other) return false;
  const told = (patient: Patient): string =>
    JSON.stringify([
      forPatient(row.spans, patient),
      forPatient(row.texts.during, patient),
      effectsOf(row, patient, choices).map(({ choice, option }) => [choice.id, option]),
    ]);
  return told(one) !== told(other);
}
