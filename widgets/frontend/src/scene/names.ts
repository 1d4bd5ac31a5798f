// Names that views of a scene need without the engine.
import type { SceneState, ViewName } from "./types.ts";

export const VIEW_BUTTONS: readonly (readonly [ViewName, string])[] = [
  ["anterior", "Front"],
  ["posterior", "Back"],
  ["left_lateral", "Left"],
  ["right_lateral", "Right"],
  ["superior", "Above"],
  ["oblique", "Oblique"],
  ["through_foramen", "Through the foramen"],
];

export const STATE_KEYS = [
  "peeled",
  "hidden",
  "isolated",
  "opacity",
  "colour",
  "highlight",
  "labels",
  "explode",
  "section",
  "view",
  "posture",
  "slip",
  "disc_height",
  "morph",
  "scale",
  "arranged",
  "measuring",
  "tips",
] as const satisfies readonly (keyof SceneState)[];
