// What the sheet says of a row: when, what the choices change, the single answers, its caution.
import { h } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import { originsOf } from "../origin.ts";
import { sayDuration } from "../time_axis.ts";
import { differs, effectsOf, letterOf } from "./choices.ts";
import { effectLine, letterMark } from "./row_parts.ts";
import type { TimelineState } from "./state.ts";
import { whenOf } from "./status.ts";
import type { Row, SpreadAnswer } from "./types.ts";

/** The body of the sheet; `answer` is the single answer that was clicked, whose origin comes first. */
export function aboutRow(row: Row, state: TimelineState, answer?: SpreadAnswer): HTMLElement[] {
  const { patients, content } = state;
  const apart = differs(row, patients, content.choices);
  const voices = (apart ? patients : patients.slice(0, 1)).map((patient, place) => ({
    letter: apart ? letterOf(place, patients.length) : ("" as const),
    when: whenOf(row, patient),
    effects: effectsOf(row, patient, content.choices),
  }));
  const facts = new Set([
    ...(answer ? [answer.fact] : []),
    ...voices.flatMap(({ effects }) => effects.flatMap((effect) => effect.facts)),
    ...row.spread.map(({ fact }) => fact),
    ...row.facts,
  ]);
  const about = h(
    "div",
    { class: "l3s1-row-about" },
    ...voices.map(({ letter, when }) => h("p", { class: "l3s1-when" }, letter && letterMark(letter), when)),
    h(
      "p",
      { class: "l3s1-row-evidence" },
      evidenceMark(row.evidence, null),
      row.evidence_label,
      ...markLabels(row.marks),
    ),
    ...voices.flatMap(({ letter, effects }) => effects.map((effect) => effectLine(effect, letter, state))),
    h("p", { class: "l3s1-note" }, known(row, state)),
    row.spread.length > 0 && spreadOf(row),
    row.caution && h("p", { class: "l3s1-caution" }, row.caution),
  );
  const none = h("p", { class: "l3s1-note" }, "No evidence was found for this row.");
  return [about, facts.size > 0 ? originsOf([...facts], state.model.get("origins_gz")) : none];
}

/** Which choices a source tells of at all. */
function known(row: Row, { content }: TimelineState): string {
  const told = content.choices.filter(({ id }) =>
    Object.keys(row.effects).some((key) => key.startsWith(`${id}=`)),
  );
  if (told.length === 0) return "No evidence found that any of the patient’s choices changes this row.";
  const names = told.map(({ label }) => label.toLowerCase()).join(", ");
  return `Choices with evidence for this row: ${names}; for the others none was found.`;
}

function spreadOf(row: Row): HTMLElement {
  const items = row.spread.map(({ label, from_d, to_d, share }) => {
    const when = to_d === null ? sayDuration(from_d) : `${sayDuration(from_d)} to ${sayDuration(to_d)}`;
    return h("li", {}, `${label}: ${when}${share === null ? "" : `, ${share} %`}`);
  });
  return h(
    "div",
    { class: "l3s1-spread" },
    h("p", {}, "Single answers, which are no rule; the faint bar is only their outer range:"),
    h("ul", {}, ...items),
  );
}
