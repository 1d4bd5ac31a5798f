// The rules of a case: what a run has come to, what may be done next, and what it is worth. A run is
// only ever added to, and all that is shown follows from it. No elements.
import type { CaseRun } from "../progress/types.ts";
import type { CaseData, ChoiceData, FindingData, NodeData, Rating, Run, Step } from "./types.ts";

export const RATINGS: readonly Rating[] = ["best", "acceptable", "poor", "harmful"];
const WORTH: Readonly<Record<Rating, number>> = { best: 1, acceptable: 0.5, poor: 0, harmful: 0 };
/** Fewer letters than this are no reason. */
const SHORTEST_REASON = 10;

/** A decision as it was taken, with what followed up to the next decision or the end. */
export interface Turn {
  node: NodeData;
  choice: ChoiceData;
  followed: readonly NodeData[];
  to: NodeData;
  /** Place of the step in the run. */
  step: number;
}

export interface Taken {
  turn: Turn;
  why: string;
}

/** What a run has come to. */
export interface Play {
  /** The decision to take, or the end. */
  here: NodeData;
  /** The turns that hold, in order. */
  turns: readonly Turn[];
  /** The turns that were taken back. */
  taken: readonly Taken[];
  /** The first choice at each decision that was met, in the order in which they were. */
  first: readonly { node: NodeData; choice: ChoiceData; asked: ReadonlySet<string> }[];
  asked: readonly FindingData[];
}

export type Replayed = { play: Play } | { broken: string };

export const isWrong = ({ rating }: ChoiceData): boolean => rating === "poor" || rating === "harmful";

export function nodeOf(data: CaseData, id: string): NodeData {
  const node = data.nodes.find((each) => each.id === id);
  if (!node) throw new Error(`the case has no node ${id}`);
  return node;
}

export function findingOf(data: CaseData, id: string): FindingData | undefined {
  return data.findings.find((each) => each.id === id);
}

/** A new run of a case. */
export function begin(now: Date): Run {
  return { at: now.toISOString(), steps: [], requested: [], done: false, read: 0 };
}

/** What a run has come to; `broken` says what of it this case doesn't know (any more). */
export function replay(data: CaseData, run: CaseRun): Replayed {
  const turns: Turn[] = [];
  const taken: Taken[] = [];
  const first: Play["first"][number][] = [];
  let here = nodeOf(data, data.start);
  const asked = [...new Set(run.requested)].map((id) => findingOf(data, id) ?? id);
  const unknown = asked.find((each) => typeof each === "string");
  if (unknown !== undefined) return { broken: `the finding “${unknown as string}”` };
  for (const [place, step] of (run.steps as Step[]).entries()) {
    if (step.back) {
      const at = turns.findLastIndex(({ node, choice }) => node.id === step.node && choice.id === step.choice);
      const turn = turns[at];
      if (!turn || !isWrong(turn.choice)) return { broken: `the way back to “${step.node}”` };
      turns.splice(at);
      taken.push({ turn, why: step.why ?? "" });
      here = turn.node;
      continue;
    }
    const choice = here.choices.find(({ id }) => id === step.choice);
    if (here.id !== step.node || !choice) return { broken: `the choice ${step.choice} at “${step.node}”` };
    if (!first.some(({ node }) => node === here)) {
      const before = run.requested.slice(0, step.asked ?? run.requested.length);
      first.push({ node: here, choice, asked: new Set(before) });
    }
    const turn = follow(data, here, choice, place);
    turns.push(turn);
    here = turn.to;
  }
  return { play: { here, turns, taken, first, asked: asked as FindingData[] } };
}

function follow(data: CaseData, node: NodeData, choice: ChoiceData, step: number): Turn {
  const followed: NodeData[] = [];
  let to = nodeOf(data, choice.next);
  while (to.kind === "consequence") {
    followed.push(to);
    to = nodeOf(data, to.next ?? "");
  }
  return { node, choice, followed, to, step };
}

/** The turns of an expert, to the end. */
export function expertTurns(data: CaseData): Turn[] {
  const steps = data.expert.map(([node, choice]) => ({ node, choice }));
  const replayed = replay(data, { at: "", steps, requested: [], done: false });
  if ("broken" in replayed) throw new Error(`the expert’s path has ${replayed.broken}`);
  return [...replayed.play.turns];
}

// --- what may be done ----------------------------------------------------------------------------

/** Findings that can still be asked for at the decision, and those asked for already. */
export function offered(data: CaseData, { here, asked }: Play): { open: FindingData[]; known: readonly FindingData[] } {
  const listed = here.findings.flatMap((id) => findingOf(data, id) ?? []);
  return { open: listed.filter((each) => !asked.includes(each)), known: asked };
}

/** Ask for a finding: once. */
export function ask(run: Run, id: string): Run {
  return run.requested.includes(id) ? run : { ...run, requested: [...run.requested, id] };
}

export function decide(data: CaseData, run: Run, play: Play, choice: string): Run {
  const found = play.here.choices.find(({ id }) => id === choice);
  if (!found) throw new Error(`there is no choice ${choice} at ${play.here.id}`);
  const step: Step = { node: play.here.id, choice, asked: run.requested.length };
  return { ...run, steps: [...run.steps, step], done: follow(data, play.here, found, 0).to.kind === "end" };
}

/** The turn that may be taken back: the last one where it was wrong; at an end the last wrong one. */
export function mayTakeBack({ here, turns }: Play): Turn | null {
  const turn = here.kind === "end" ? turns.findLast(({ choice }) => isWrong(choice)) : turns.at(-1);
  return turn && isWrong(turn.choice) ? turn : null;
}

/** What is wrong with a reason for taking a turn back; null where nothing is. */
export function reasonProblem(why: string): string | null {
  const letters = why.replaceAll(/\s/g, "").length;
  return letters < SHORTEST_REASON ? "Write in a sentence why this was not the best turn; then it is taken back." : null;
}

export function takeBack(run: Run, turn: Turn, why: string): Run {
  const problem = reasonProblem(why);
  if (problem) throw new Error(problem);
  const step: Step = { node: turn.node.id, choice: turn.choice.id, why: why.trim(), back: true };
  const steps = [...run.steps, step];
  return { ...run, steps, done: false, read: steps.length };
}

/** The last turn, while what followed it has not been read to the end. */
export function unread(run: Run, { turns }: Play): Turn | null {
  const last = turns.at(-1);
  return last && last.step === run.steps.length - 1 && (run.read ?? run.steps.length) < run.steps.length ? last : null;
}

export const readOn = (run: Run): Run => ({ ...run, read: run.steps.length });

// --- what it is worth ----------------------------------------------------------------------------

export interface Score {
  ratings: Readonly<Record<Rating, number>>;
  decisions: number;
  /** 0 to 1, of the first choices. */
  share: number;
  takenBack: number;
  /** How many findings the best choices at the decisions that were met rest on. */
  careful: number;
  /** Those that were not asked for in time, by the decision before which they were missed. */
  missed: readonly { node: NodeData; finding: FindingData }[];
  /** What was asked for and a careful person leaves out. */
  needless: readonly FindingData[];
}

export function score(data: CaseData, { first, taken, asked }: Play): Score {
  const ratings = { best: 0, acceptable: 0, poor: 0, harmful: 0 };
  let worth = 0;
  for (const { choice } of first) {
    ratings[choice.rating] += 1;
    worth += WORTH[choice.rating];
  }
  const careful = new Set<string>();
  const missed: { node: NodeData; finding: FindingData }[] = [];
  for (const { node, asked: before } of first) {
    for (const id of node.choices.filter(({ rating }) => rating === "best").flatMap(({ needs }) => needs)) {
      careful.add(id);
      const finding = findingOf(data, id);
      const known = before.has(id) || missed.some((each) => each.finding.id === id);
      if (finding && !known) missed.push({ node, finding });
    }
  }
  return {
    ratings,
    decisions: first.length,
    share: first.length > 0 ? worth / first.length : 0,
    takenBack: taken.length,
    careful: careful.size,
    missed,
    needless: asked.filter(({ needless }) => needless !== null),
  };
}

/** The most decisions that a way through the case has. */
export function mostDecisions(data: CaseData): number {
  const from = (id: string): number => {
    const node = nodeOf(data, id);
    if (node.kind === "end") return 0;
    if (node.kind === "consequence") return from(node.next ?? "");
    return 1 + Math.max(...node.choices.map(({ next }) => from(next)));
  };
  return from(data.start);
}

// --- runs that are kept --------------------------------------------------------------------------

export interface Kept {
  /** The run to go on with, or null. */
  open: { run: Run; play: Play } | null;
  best: Score | null;
  finished: number;
  /** Runs that this case can't replay, with what it doesn't know. */
  broken: readonly { at: string; what: string }[];
}

/** What is kept of a case: the latest run where it is not finished, and the best that is. */
export function keptRuns(data: CaseData, runs: readonly CaseRun[]): Kept {
  let open: Kept["open"] = null;
  let best: Score | null = null;
  let finished = 0;
  const broken: { at: string; what: string }[] = [];
  for (const run of runs) {
    const replayed = replay(data, run);
    if ("broken" in replayed) broken.push({ at: run.at, what: replayed.broken });
    else if (replayed.play.here.kind === "end") {
      finished += 1;
      const made = score(data, replayed.play);
      if (!best || made.share > best.share) best = made;
      open = unread(run, replayed.play) ? { run, play: replayed.play } : null;
    } else if (run.steps.length > 0 || run.requested.length > 0) open = { run, play: replayed.play };
  }
  return { open, best, finished, broken };
}
