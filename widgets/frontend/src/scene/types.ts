// What the 3D engine and the views that use it agree on. Lengths are mm in the spine's frame:
// x left, y posterior, z superior; the origin is the centre of the sacrum's end plate.

export type Vector = readonly [number, number, number];

/** The named views; rotation by hand is an extra. */
export type ViewName =
  | "anterior"
  | "posterior"
  | "left_lateral"
  | "right_lateral"
  | "superior"
  | "oblique"
  | "through_foramen";

export type SectionPlane = "axial" | "sagittal" | "coronal";
export type Posture = "standing" | "supine";

/** A plane that cuts the model; `at` mm along z, x or y. The side towards the reader is taken away. */
export interface Section {
  plane: SectionPlane;
  at: number;
  /** An axial plane through a disc tilts with it: the segment ("L4-L5") or null for horizontal. */
  segment?: string | null;
  /** `at` counts from the middle of that segment's disc, wherever it lies, along its normal. */
  from_disc?: boolean;
}

/** Everything a scene shows; a change names only what changes. Structures are parts or regions. */
export interface SceneState {
  /** Layers taken off from outside: 0 none … 5 all but the bones. */
  peeled: number;
  /** Parts or structures not drawn, on top of what is peeled. */
  hidden: readonly string[];
  /** Only these are drawn; empty: all that is not hidden. */
  isolated: readonly string[];
  /** 0 … 1 by structure; where not named 1, of muscle about a half, of iliac crests a third. */
  opacity: Readonly<Record<string, number>>;
  /** CSS colour by structure, in place of its tissue's. */
  colour: Readonly<Record<string, string>>;
  /** Drawn in the accent colour. */
  highlight: readonly string[];
  /** Named with a leader line beside the picture; labels never overlap. */
  labels: readonly string[];
  /** 0 assembled … 1 pulled apart. */
  explode: number;
  section: Section | null;
  view: ViewName;
  posture: Posture;
  /** Slip by motion segment, as a share (0 … 0.5) of the lower end plate's depth. */
  slip: Readonly<Record<string, number>>;
  /** Disc height kept by motion segment, 0.2 … 1. */
  disc_height: Readonly<Record<string, number>>;
  /** "facet_hypertrophy", "flavum_thickening": 0 … 1. */
  morph: Readonly<Record<string, number>>;
  /** Scale of the whole model along x, y, z. */
  scale: Vector;
  /**
   * Bones set side by side, from the reader's left, each upright in its own frame and its body's
   * centre level with the others'; empty: all as they lie in the spine.
   */
  arranged: readonly string[];
  /** Whether two picked points are measured. */
  measuring: boolean;
  /** Whether what lies under the pointer or is picked is named: not while its name is asked for. */
  tips: boolean;
}

export interface Pick {
  /** The region if the part has several, else the part. */
  structure: string;
  part: string;
  /** mm in the spine's frame, of the model as shown. */
  point: Vector;
}

export interface Measurement {
  from: Pick;
  to: Pick;
  mm: number;
}

export interface PartInfo {
  name: string;
  tissue: string;
  layer: string;
  structures: readonly string[];
}

export interface SceneEvents {
  pick: Pick | null;
  hover: Pick | null;
  measure: Measurement | null;
  /** The reader turned the model by hand, or a view was chosen (null: neither named view now). */
  view: ViewName | null;
}

/** One picture on the page, with one WebGL context. */
export interface AnatomyScene {
  readonly parts: readonly PartInfo[];
  /** What is shown now. */
  readonly state: Readonly<SceneState>;
  /** Show a change at the next frame. Unknown structures are an Error that names them. */
  set(change: Partial<SceneState>): void;
  /** Move the camera so that these (none: all that is drawn) fill the picture, keeping its direction. */
  frame(structures: readonly string[]): void;
  zoom(factor: number): void;
  turn(rightDeg: number, upDeg: number): void;
  on<K extends keyof SceneEvents>(event: K, handler: (value: SceneEvents[K]) => void): () => void;
  /** What the axial canal table of the pack gives for the state now, mm² by motion segment. */
  canalAreas(): Record<string, number>;
  /** Where a structure's middle lies in the model as shown, mm. */
  middle(structure: string): Vector;
  /**
   * Set a part elsewhere, of another size or turned: three rows of four numbers, applied to it as it
   * lies in the model. Pulling apart moves it besides; a cut and labels do not follow it.
   */
  carry(part: string, rows: readonly number[]): void;
  /** The picture as PNG. */
  snapshot(): Promise<Blob>;
  dispose(): void;
}

/** What makes scenes: the engine's bundle exports `createScene` with this type. */
export type CreateScene = (
  host: HTMLElement,
  pack: ArrayBuffer,
  options?: {
    state?: Partial<SceneState>;
    /** Name of a structure in words, for labels and the canvas's description. */
    say?: (structure: string) => string;
    /** Further packs whose parts are shown with the first one's: implants, graft. */
    more?: readonly ArrayBuffer[];
    signal?: AbortSignal;
  },
) => Promise<AnatomyScene>;

/** Known by its name: engine and views are bundled apart, each with a copy of this class. */
export class WebGlMissing extends Error {
  override readonly name = "WebGlMissing";
}

export const isWebGlMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === "WebGlMissing";
