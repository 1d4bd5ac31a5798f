// Where a reader stands in an operation: steps, answers, what a link may ask for. No elements.
import type { SceneState } from "../scene/types.ts";
import { SKIPPED, type Answers, type ProcedureData, type StepData } from "./types.ts";

/** How much of what is faint is seen. */
const FAINT = 0.25;

export type Mark = "right" | "wrong" | "skipped" | "open";

export interface Place {
  procedure: ProcedureData;
  step: StepData;
  /** From 0. */
  at: number;
}

/** The place that ids name; what is unknown becomes the beginning. */
export function placeOf(procedures: readonly ProcedureData[], procedure: string, step: string): Place {
  const found = procedures.find(({ id }) => id === procedure) ?? procedures[0];
  if (!found) throw new Error("there is no procedure");
  const at = Math.max(0, found.steps.findIndex(({ id }) => id === step));
  return { procedure: found, step: found.steps[at] as StepData, at };
}

export const answerKey = (procedure: string, step: string): string => `${procedure}/${step}`;

export function markOf({ id }: ProcedureData, step: StepData, answers: Answers): Mark {
  const key = answerKey(id, step.id);
  const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
  if (answer === undefined) return "open";
  if (answer === SKIPPED) return "skipped";
  return answer === step.question.key ? "right" : "wrong";
}

/** What a link asks for, where there is such a place. */
export function linkedPlace(
  procedures: readonly ProcedureData[],
  asked: Readonly<Record<string, string>>,
  shown: string,
): { procedure: string; step: string } | null {
  const named = asked.procedure ?? shown;
  const procedure = procedures.find(({ id }) => id === named);
  if (!procedure || (asked.procedure === undefined && asked.step === undefined)) return null;
  const step = procedure.steps.find(({ id }) => id === asked.step) ?? procedure.steps[0];
  return step ? { procedure: procedure.id, step: step.id } : null;
}

/** What the scene shows at a step. */
export function sceneOf({ scene }: StepData): Partial<SceneState> {
  const { view, hidden, faint, highlight, labels, cut } = scene;
  return {
    view,
    hidden,
    highlight,
    labels,
    opacity: Object.fromEntries(faint.map((name) => [name, FAINT])),
    section: cut && { ...cut, from_disc: cut.segment !== null },
  };
}
