// The order in which items and choices are shown: as written, or shuffled by a seed, the same
// everywhere for the same seed.
import { randomNumbers } from "../explorer/rounds.ts";

export const MOST_SEED = 9_999_999;

/** A copy of `things` in an order that follows from `seed` and `name` alone. */
export function shuffled<T>(things: readonly T[], seed: number, name: string): T[] {
  const random = randomNumbers(seed ^ hashOf(name));
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** `shuffled`, but never in the order that they came in: for what is to be put in order. */
export function disordered<T>(things: readonly T[], seed: number, name: string): T[] {
  const order = shuffled(things, seed, name);
  const same = order.every((each, place) => each === things[place]);
  return same && order.length > 1 ? [...order.slice(1), order[0] as T] : order;
}

/** Choices as they are shown; those that begin with a number keep the order they were written in. */
export function arranged<T extends { text: string }>(
  choices: readonly T[],
  seed: number | null,
  name: string,
): readonly T[] {
  const numbers = choices.every(({ text }) => /^\D{0,12}\d/.test(text));
  return seed === null || numbers ? choices : shuffled(choices, seed, name);
}

/** Another seed, for 'new order'. */
export function newSeed(): number {
  return 1 + Math.floor(Math.random() * MOST_SEED);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
