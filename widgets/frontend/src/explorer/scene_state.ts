// What the one scene shows in each mode, worked out from the explorer's state.
import type { SceneState } from "../scene/types.ts";
import type { Catalogue } from "./catalogue.ts";
import { readSection } from "./section.ts";
import type { StateValues, Structure, VariantNumbers } from "./types.ts";

/** What a task lights up: like no tissue, the accent is too near to veins. */
const ASKED_COLOUR = "#b14fc5";
/** A whole bone is tinted: in the accent's full colour nothing of its shape would be seen. */
const BONE_TINT = "#8fb9e0";
/** Opacity of what hides the selected structure. */
const SEEN_THROUGH = 0.25;
const MORPHS = ["facet_hypertrophy", "flavum_thickening"] as const;
const VERTEBRAE = ["L2", "L3", "L4", "L5", "sacrum"];

export interface Shown extends StateValues {
  /** The find-it task of the moment, if the mode is 'find'. */
  task: TaskScene | null;
  /** The kind of structure that is compared, lit on both bones. */
  compared: string | null;
  /** How many labels the picture has room for. */
  most_labels: number;
}

/** What a task asks the scene for: nothing that gives the answer away, or the revealed answer. */
export interface TaskScene {
  structure: Structure;
  highlight: readonly string[];
  labels: readonly string[];
  colour: Readonly<Record<string, string>>;
}

/** The whole state of the scene but its view, which the reader's own turning may have left. */
export function sceneState(
  shown: Shown,
  catalogue: Catalogue,
  variants: VariantNumbers,
  layers: readonly string[],
): Omit<SceneState, "view"> {
  const segments = variants.segments.map(({ id }) => id);
  const plain = {
    peeled: shown.peeled,
    hidden: [] as readonly string[],
    isolated: [] as readonly string[],
    opacity: {},
    colour: {} as Readonly<Record<string, string>>,
    highlight: [] as readonly string[],
    labels: [] as readonly string[],
    explode: 0,
    section: readSection(shown.section, segments) ?? null,
    posture: shown.posture,
    slip: {} as Readonly<Record<string, number>>,
    disc_height: {} as Readonly<Record<string, number>>,
    morph: {} as Readonly<Record<string, number>>,
    scale: [1, 1, 1] as const,
    measuring: false,
    arranged: [] as readonly string[],
    // Names under the pointer would give the answer away.
    tips: shown.mode !== "find",
  };
  if (shown.mode === "compare") {
    const bones = shown.levels.map(boneOf);
    const kind = shown.compared;
    const alike = [...catalogue.structures.values()].filter(
      (each) => each.kind === kind && bones.includes(each.level ?? "") && each.id !== each.level,
    );
    return {
      ...plain,
      peeled: layers.length - 1,
      isolated: bones,
      arranged: bones,
      highlight: alike.map(({ id }) => id),
      labels: bones,
      section: null,
      posture: "standing",
    };
  }
  if (shown.mode === "find") {
    const task = taskScene(shown.task, catalogue, layers, segments);
    return { ...plain, section: null, posture: "standing", ...task };
  }
  const inside = catalogue.structures.get(shown.structure)?.inside;
  const varied = {
    opacity: inside && shown.mode === "explore" ? { [inside]: SEEN_THROUGH } : {},
    slip: shown.slip,
    disc_height: shown.disc_height,
    morph: Object.fromEntries(MORPHS.filter((key) => shown[key] > 0).map((key) => [key, shown[key]])),
    scale: scaleOf(shown, variants),
  };
  return {
    ...plain,
    ...varied,
    hidden:
      shown.mode === "variants" ? [...new Set([...shown.hidden, ...iliac(catalogue)])] : shown.hidden,
    isolated: shown.isolated,
    ...(shown.mode === "explore" ? selection(shown, catalogue) : {}),
  };
}

/** Scale of the model along x, y and z: the sex's, and the one that stature asks for. */
export function scaleOf(
  { sex, stature }: Pick<StateValues, "sex" | "stature">,
  { list }: VariantNumbers,
): readonly [number, number, number] {
  const options = list.find(({ sets }) => sets === "sex")?.options ?? [];
  const [x, y, z] = options.find(({ id }) => id === sex)?.scale ?? [1, 1, 1];
  const rule = list.find(({ sets }) => sets === "stature");
  const size = rule ? 1 + (stature - rule.usual) * rule.scale_per_unit : 1;
  return [x * size, y * size, z * size];
}

function selection(shown: Shown, catalogue: Catalogue): Partial<SceneState> {
  const { structure, explode } = shown;
  const whole = isBone(structure, catalogue);
  return {
    highlight: structure && !whole ? [structure] : [],
    colour: whole ? { [structure]: BONE_TINT } : {},
    labels: labelsOf(shown, catalogue),
    explode,
  };
}

function isBone(id: string, catalogue: Catalogue): boolean {
  const structure = catalogue.structures.get(id);
  return structure?.level === id;
}

/** The bone of the model that holds a vertebra: S1 is the top of the sacrum. */
export function boneOf(level: string): string {
  return level === "S1" ? "sacrum" : level;
}

/** The iliac crests and what leads to them: in the way of everything else. */
function iliac(catalogue: Catalogue): string[] {
  return [...catalogue.structures.keys()].filter((id) =>
    /^(iliac_crest|iliolumbar_ligament)\./.test(id),
  );
}

function taskScene(
  task: TaskScene | null,
  catalogue: Catalogue,
  layers: readonly string[],
  segments: readonly string[],
): Partial<SceneState> {
  if (!task) return {};
  const { structure, highlight, labels, colour } = task;
  const aside = iliac(catalogue);
  const inTheWay = aside.includes(structure.id) ? [] : aside;
  return {
    peeled: Math.max(0, layers.indexOf(structure.layer)),
    hidden: structure.inside && !structure.cut ? [structure.inside, ...inTheWay] : inTheWay,
    section: readSection(structure.cut, segments) ?? null,
    colour: { ...Object.fromEntries(highlight.map((id) => [id, ASKED_COLOUR])), ...colour },
    opacity: Object.fromEntries(highlight.map((id) => [id, 1])),
    labels,
  };
}

/** The selected structure by name; with labels on also its bone's other parts, or the vertebrae. */
function labelsOf({ structure, labels, most_labels }: Shown, catalogue: Catalogue): readonly string[] {
  const selected = catalogue.structures.get(structure);
  const own = selected ? [selected.id] : [];
  if (!labels) return own;
  const bones = VERTEBRAE.filter((bone) => catalogue.structures.has(bone));
  if (!selected) return bones;
  const beside = [...catalogue.structures.values()].filter(
    (each) =>
      each.part === selected.part &&
      each.id !== each.part &&
      each.side !== (selected.side === "right" ? "left" : "right"),
  );
  const all =
    selected.part === "dural_sac" || beside.length < 2
      ? [...own, ...bones]
      : [...own, ...beside.map(({ id }) => id)];
  return [...new Set(all)].slice(0, most_labels);
}
