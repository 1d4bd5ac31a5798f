// What a scene shows, as data: defaults, checked changes, and what follows for each structure.
import { LAYERS, usualOpacity } from "./tissues.ts";
import type { PartInfo, Posture, SceneState, SectionPlane, Vector, ViewName } from "./types.ts";

export const VIEWS: readonly ViewName[] = [
  "anterior",
  "posterior",
  "left_lateral",
  "right_lateral",
  "superior",
  "oblique",
  "through_foramen",
];
export const PLANES: readonly SectionPlane[] = ["axial", "sagittal", "coronal"];
const POSTURES: readonly Posture[] = ["standing", "supine"];

export function defaultState(): SceneState {
  return {
    peeled: 0,
    hidden: [],
    isolated: [],
    opacity: {},
    colour: {},
    highlight: [],
    labels: [],
    explode: 0,
    section: null,
    view: "oblique",
    posture: "standing",
    slip: {},
    disc_height: {},
    morph: {},
    scale: [1, 1, 1],
    arranged: [],
    measuring: false,
    tips: true,
  };
}

/** The names that a model knows. */
export class Catalogue {
  /** The part of each part's and each region's name. */
  readonly partOf: ReadonlyMap<string, PartInfo>;

  constructor(
    readonly parts: readonly PartInfo[],
    readonly segments: readonly string[],
    readonly morphs: readonly string[],
  ) {
    const partOf = new Map<string, PartInfo>();
    for (const part of parts) {
      for (const structure of part.structures) partOf.set(structure, part);
    }
    for (const part of parts) partOf.set(part.name, part);
    this.partOf = partOf;
  }

  /** Throws an Error that names all unknown structures and what they may have meant. */
  check(structures: Iterable<string>): void {
    const unknown = [...new Set(structures)].filter((name) => !this.partOf.has(name));
    if (unknown.length === 0) return;
    const said = unknown.map((name) => {
      const near = nearest(name, this.partOf.keys());
      return near ? `${name} (did you mean ${near}?)` : name;
    });
    throw new Error(`the model has no structure ${said.join(", ")}`);
  }
}

/** `state` with `change`; throws an Error that says what in the change can't be. */
export function changed(
  state: Readonly<SceneState>,
  change: Partial<SceneState>,
  catalogue: Catalogue,
): SceneState {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<SceneState>;
  const next = { ...state, ...given };
  for (const key of Object.keys(given)) {
    if (!(key in state)) throw new Error(`a scene has no ${key}`);
  }
  for (const key of ["hidden", "isolated", "highlight", "labels", "arranged"] as const) {
    if (given[key]) catalogue.check(given[key]);
  }
  for (const key of ["opacity", "colour"] as const) {
    if (given[key]) catalogue.check(Object.keys(given[key]));
  }
  for (const [key, known] of [
    ["slip", catalogue.segments],
    ["disc_height", catalogue.segments],
    ["morph", catalogue.morphs],
  ] as const) {
    for (const name of Object.keys(given[key] ?? {})) oneOf(key, name, known);
  }
  if (given.view) oneOf("view", given.view, VIEWS);
  if (given.posture) oneOf("posture", given.posture, POSTURES);
  if (given.section) {
    oneOf("section plane", given.section.plane, PLANES);
    if (!Number.isFinite(given.section.at)) throw new Error("a section needs `at`, in mm");
    if (given.section.segment) oneOf("segment", given.section.segment, catalogue.segments);
  }
  if (!next.scale.every((each) => each > 0 && Number.isFinite(each))) {
    throw new Error("the scale has three numbers above 0");
  }
  next.scale = [...next.scale] as unknown as Vector;
  return next;
}

function oneOf(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new Error(`${what} is one of ${known.join(", ")}, not ${name}`);
}

/** The keys in which two states differ. */
export function differences(before: SceneState, after: SceneState): Set<keyof SceneState> {
  const keys = Object.keys(after) as (keyof SceneState)[];
  return new Set(keys.filter((key) => !same(before[key], after[key])));
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** What of the state decides which structures are drawn. */
export type Shown = Pick<SceneState, "peeled" | "hidden" | "isolated">;

/** Whether a structure of a part is drawn. What is isolated is drawn even where it is peeled. */
export function isShown(part: PartInfo, structure: string, state: Shown): boolean {
  const named = (names: readonly string[]): boolean =>
    names.includes(part.name) || names.includes(structure);
  if (named(state.hidden)) return false;
  if (state.isolated.length > 0) return named(state.isolated);
  return LAYERS.indexOf(part.layer as (typeof LAYERS)[number]) >= state.peeled;
}

/** 0 … 1: as the state says of the structure or its part, else as the tissue is. */
export function opacityOf(
  part: PartInfo,
  structure: string,
  opacity: SceneState["opacity"],
): number {
  const given = opacity[structure] ?? opacity[part.name] ?? usualOpacity(part.name, part.tissue);
  return Math.min(1, Math.max(0, given));
}

/** Below this nothing can be picked: who looks through something means what is behind. */
export const PICKABLE_FROM = 0.1;

/** The known name that differs least from `name`; null where none is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const each of known) {
    const distance = edits(name.toLowerCase(), each.toLowerCase(), least);
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

/** Levenshtein's distance, or `limit` where it is at least that. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return Math.min(limit, row[b.length] as number);
}
