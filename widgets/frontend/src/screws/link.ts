// The trainer's state in the page's address, under the name "screw"; only what differs from the start.
import { same } from "../shared_state.ts";
import { PLAN_KEYS, type Choices, type Plan, type StateValues } from "./types.ts";

export const LINK_NAME = "screw";

const short = (value: number): string => String(Number(value.toFixed(2)));
const planText = (numbers: readonly number[]): string => numbers.map(short).join(",");

/** What a link writes of `state`, by key. */
export function linkOf(state: StateValues, start: StateValues): Record<string, string> {
  const link: Record<string, string> = {};
  for (const key of ["mode", "level", "side", "person", "person_seed", "seed", "task"] as const) {
    if (state[key] !== start[key]) link[key] = String(state[key]);
  }
  if (!same(state.plan, start.plan)) link.plan = planText(PLAN_KEYS.map((key) => state.plan[key]));
  if (state.results.length > 0) link.results = state.results.map(planText).join(";");
  return link;
}

/** The state that `asked` asks for; what is unknown, malformed or out of range is left out. */
export function readScrewLink(asked: Readonly<Record<string, string>>, choices: Choices): Partial<StateValues> {
  const state: Partial<StateValues> = {};
  const one = <T extends string>(text: string | undefined, known: readonly T[]): T | undefined =>
    known.find((each) => each === text);
  const whole = (text: string | undefined, most: number): number | undefined =>
    text !== undefined && /^\d{1,7}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
  const found: Partial<Record<keyof StateValues, unknown>> = {
    mode: one(asked.mode, ["free", "test"]),
    level: one(asked.level, choices.levels),
    side: one(asked.side, choices.sides),
    person: one(asked.person, choices.people.map(({ id }) => id)),
    person_seed: whole(asked.person_seed, choices.most_seed),
    seed: whole(asked.seed, choices.most_seed),
    task: whole(asked.task, choices.tasks),
  };
  const numbers = readPlan(asked.plan, choices);
  if (numbers) found.plan = Object.fromEntries(PLAN_KEYS.map((key, place) => [key, numbers[place]]));
  else if (found.level && found.mode !== "test") found.plan = choices.starts[found.level as never];
  else if (found.mode === "test") found.plan = choices.test_start;
  const results = (asked.results ?? "").split(";").map((text) => readPlan(text, choices));
  if (asked.results && results.length <= choices.tasks && results.every(Boolean)) found.results = results;
  for (const [key, value] of Object.entries(found)) if (value !== undefined) Object.assign(state, { [key]: value });
  // A screw can be in hand only after those before it were placed.
  const placed = state.results?.length ?? 0;
  if (state.task !== undefined && state.task > placed) state.task = placed;
  return state;
}

function readPlan(text: string | undefined, { plan }: Choices): number[] | undefined {
  const parts = (text ?? "").split(",");
  if (parts.length !== plan.length) return undefined;
  const fits = parts.every((part, place) => {
    const field = plan[place];
    const number = Number(part);
    return field && /^-?\d{1,2}(\.\d{1,2})?$/.test(part) && number >= field.low && number <= field.high;
  });
  return fits ? parts.map(Number) : undefined;
}

/** Two plans as one text, to know whether what is shown is of this plan. */
export const planKey = (plan: Plan): string => planText(PLAN_KEYS.map((key) => plan[key]));
