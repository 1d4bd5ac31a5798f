// Rounds of 'find it': drawn from the pool of targets by a seed. The rules are those of
// l3s1.models.find_it; both are tested with tests/fixtures/find_it_rounds.json.
import type { PackedTarget, Structure, Target } from "./types.ts";

export interface Task {
  kind: "click" | "name";
  structure: string;
  difficulty: 1 | 2 | 3;
  /** For 'name' four answers; for 'click' what the keyboard cycles through. The answer is among them. */
  choices: readonly string[];
}

/** Difficulty of each task of a round: easy to hard. */
export const DIFFICULTIES = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3] as const;
const NAME_CHOICES = 4;
const CLICK_CHOICES = 8;
/** How far down the list of distractors, near to far, a 'name' task may reach. */
const NEAR = 6;

/** Uniform numbers in [0, 1), the same for a seed everywhere (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The targets by name; they travel as places in the list of structures. */
export function unpackTargets(
  packed: readonly PackedTarget[],
  structures: readonly Pick<Structure, "id">[],
): Target[] {
  const name = (place: number): string => {
    const found = structures[place];
    if (!found) throw new Error(`a target names structure ${place} of ${structures.length}`);
    return found.id;
  };
  return packed.map(([structure, difficulty, distractors]) => ({
    structure: name(structure),
    difficulty,
    distractors: distractors.map(name),
  }));
}

/** A round's tasks. No structure and, where the pool allows it, no kind is asked for twice. */
export function drawRound(
  seed: number,
  pool: readonly Target[],
  kindOf: (structure: string) => string,
): Task[] {
  const random = randomNumbers(seed);
  const asked = new Set<string>();
  const kinds = new Set<string>();
  const tasks: Task[] = [];
  DIFFICULTIES.forEach((difficulty, place) => {
    const left = pool.filter((each) => each.difficulty === difficulty && !asked.has(each.structure));
    const fresh = left.filter((each) => !kinds.has(kindOf(each.structure)));
    const target = pick(fresh.length > 0 ? fresh : left, random);
    if (!target) return;
    asked.add(target.structure);
    kinds.add(kindOf(target.structure));
    const isClick = place % 2 === 0;
    const near = isClick ? target.distractors : target.distractors.slice(0, NEAR);
    const others = shuffle(near, random).slice(0, (isClick ? CLICK_CHOICES : NAME_CHOICES) - 1);
    tasks.push({
      kind: isClick ? "click" : "name",
      structure: target.structure,
      difficulty,
      choices: shuffle([target.structure, ...others], random),
    });
  });
  return tasks;
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}

/** A copy in random order (Fisher–Yates from the end). */
function shuffle<T>(from: readonly T[], random: () => number): T[] {
  const order = [...from];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
