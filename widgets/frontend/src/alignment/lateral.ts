// The bones from the left, as tools/build_lateral.py packs them: outlines, and path lengths for a film.
import type { Point } from "./types.ts";

export const BONES = ["L2", "L3", "L4", "L5", "sacrum"] as const;
export type BoneName = (typeof BONES)[number];

/** A closed line, in mm in the frame of the bone's superior plate: [posterior, superior]. */
export type Ring = readonly Point[];

/** Path lengths in mm: `at` is the middle of the first pixel, rows go upwards. */
export interface Absorption {
  at: Point;
  step: number;
  rows: number;
  columns: number;
  values: Float32Array;
}

export interface Corners {
  anterior: Point;
  posterior: Point;
}

export interface LateralBone {
  name: BoneName;
  superior: Corners;
  /** The sacrum has none. */
  inferior: Corners | null;
  /** By layer, from the middle to the left; `whole` is the bone's silhouette. */
  outlines: ReadonlyMap<string, readonly Ring[]>;
  absorption: Absorption;
}

export type LateralBones = Readonly<Record<BoneName, LateralBone>>;

interface Entry {
  name: BoneName;
  corners: { superior: number[][]; inferior?: number[][] };
  outlines: Record<string, number[][]>;
  low: [number, number];
  step: number;
  rows: number;
  columns: number;
  scale: number;
}

const MAGIC = "L3LV";

/** Read an unpacked pack; throws where the bytes are none. */
export function readLateral(buffer: ArrayBuffer): LateralBones {
  const bytes = new Uint8Array(buffer);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new Error("the file of the bones is not what it should be");
  const length = new DataView(buffer).getUint32(MAGIC.length, true);
  let at = MAGIC.length + 4 + length;
  const text = new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, at));
  const { bones } = JSON.parse(text) as { bones: Entry[] };
  const read = bones.map((entry) => {
    const size = entry.rows * entry.columns;
    if (at + size > bytes.length) throw new Error("the file of the bones ends too early");
    const bone = readBone(entry, bytes.subarray(at, at + size));
    at += size;
    return [entry.name, bone] as const;
  });
  return Object.fromEntries(read) as LateralBones;
}

function readBone(entry: Entry, plane: Uint8Array): LateralBone {
  const { rows, columns, scale } = entry;
  const values = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column += 1) {
    let level = 0;
    for (let place = column; place < values.length; place += columns) {
      level = (level + (plane[place] ?? 0)) & 0xff;
      values[place] = level * scale;
    }
  }
  const { superior, inferior } = entry.corners;
  return {
    name: entry.name,
    superior: corners(superior),
    inferior: inferior ? corners(inferior) : null,
    outlines: new Map(
      Object.entries(entry.outlines).map(([layer, rings]) => [layer, rings.map(ring)]),
    ),
    absorption: { at: millimetres(entry.low), step: entry.step, rows, columns, values },
  };
}

const millimetres = ([u = 0, v = 0]: readonly number[]): Point => [u / 100, v / 100];

function corners([anterior = [], posterior = []]: number[][]): Corners {
  return { anterior: millimetres(anterior), posterior: millimetres(posterior) };
}

function ring(flat: number[]): Ring {
  return Array.from({ length: flat.length / 2 }, (_, place) =>
    millimetres(flat.slice(2 * place, 2 * place + 2)),
  );
}
