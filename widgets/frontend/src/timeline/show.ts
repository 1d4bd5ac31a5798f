// What is shown now, put together for export and handout.
import { changesOf, effectsOf, forPatient, letterOf, optionLabel, sayPatient, type Letter, type RowEffect } from "./choices.ts";
import type { Shown, ShownEffect } from "./shown.ts";
import type { TimelineState } from "./state.ts";
import { spanOf, statusOf, whenOf } from "./status.ts";
import type { Figure } from "./types.ts";

export function shownOf(
  state: TimelineState,
  link: string,
  figure: (width_px: number, dark: boolean) => Figure,
): Shown {
  const { day, axis_kind, content } = state;
  const { choices, rows, questions } = content;
  const patients = state.patients.map((patient, place) => ({
    patient,
    letter: letterOf(place, state.patients.length),
  }));
  const effect = (letter: Letter, { choice, option, kind, says, facts }: RowEffect): ShownEffect => {
    const { sign, words } = content.kinds[kind];
    return { patient: letter, choice: choice.id, option, mark: `${sign} ${words}`, says, facts };
  };
  return {
    day,
    axis_kind,
    scale_d: content.axis.scale_d,
    link,
    figure,
    patients: patients.map(({ patient, letter }) => ({
      letter,
      words: sayPatient(choices, patient),
      choices: choices.flatMap((choice) => {
        const option = patient[choice.id];
        if (option === undefined) return [];
        return [{ choice: choice.id, label: choice.label, option, option_label: optionLabel(choice, option) }];
      }),
    })),
    rows: rows.map((row) => ({
      row,
      spans: patients.map(({ patient, letter }) => ({
        patient: letter,
        span: spanOf(row, patient),
        when: whenOf(row, patient),
        status: statusOf(row, patient, day),
      })),
      effects: patients.flatMap(({ patient, letter }) =>
        effectsOf(row, patient, choices).map((each) => effect(letter, each)),
      ),
    })),
    answers: questions.map((question) => ({
      question: question.label,
      items: rows
        .filter(({ lane }) => question.lanes.includes(lane))
        .flatMap((row) => {
          const voices = patients
            .filter(({ patient }) => statusOf(row, patient, day) === "during")
            .map(({ patient, letter }) => ({
              row,
              patient: letter,
              when: whenOf(row, patient),
              during: forPatient(row.texts.during, patient) ?? "",
            }));
          const [one, other] = voices;
          const same = one && other && one.when === other.when && one.during === other.during;
          return same ? [{ ...one, patient: "" as const }] : voices;
        }),
    })),
    changes: patients.flatMap(({ patient, letter }) =>
      changesOf(choices, rows, patient).map(({ choice, option_label, changed, silent }) => ({
        patient: letter,
        label: choice.label,
        option_label,
        changed: changed.map(({ row, effect: each }) => ({ lane: row.lane_label, row, effect: effect(letter, each) })),
        no_evidence: silent,
        note: choice.no_evidence,
      })),
    ),
  };
}
