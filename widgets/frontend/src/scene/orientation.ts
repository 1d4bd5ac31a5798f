// Which way is what: the letters at the picture's borders, and views in words.
import type { Axes } from "./camera.ts";
import type { Vector, ViewName } from "./types.ts";

const ENDS: readonly [plus: string, minus: string][] = [
  ["L", "R"],
  ["P", "A"],
  ["S", "I"],
];
/** A direction is named after all axes that it follows at least this much. */
const FOLLOWS = 0.4;

/** The letters of a direction, the strongest first: "L", "PL"; "A" is anterior, "I" inferior. */
export function letters(direction: Vector): string {
  return direction
    .map((share, axis) => ({ share: Math.abs(share), letter: ENDS[axis]?.[share > 0 ? 0 : 1] ?? "" }))
    .filter(({ share }) => share >= FOLLOWS)
    .sort((a, b) => b.share - a.share)
    .map(({ letter }) => letter)
    .slice(0, 2)
    .join("");
}

export type Border = "right" | "left" | "top" | "bottom";

export function borderLetters({ right, up }: Axes): Record<Border, string> {
  const opposite = ([x, y, z]: Vector): Vector => [-x, -y, -z];
  return {
    right: letters(right),
    left: letters(opposite(right)),
    top: letters(up),
    bottom: letters(opposite(up)),
  };
}

export const VIEW_WORDS: Readonly<Record<ViewName, string>> = {
  anterior: "from the front",
  posterior: "from behind",
  left_lateral: "from the left",
  right_lateral: "from the right",
  superior: "from above",
  oblique: "obliquely from behind and the left",
  through_foramen: "through an intervertebral foramen",
};
