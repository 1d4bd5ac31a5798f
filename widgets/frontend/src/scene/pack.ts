// Reads the anatomy pack: a gzip with a JSON header and delta-coded planes for each part. The
// format is described in l3s1/models/anatomy/pack.py; both sides are tested with one fixture.
import type { Vector } from "./types.ts";

export interface PackedPose {
  /** 9 numbers, row by row. */
  rotation: readonly number[];
  shift: Vector;
}

export interface PackedSegment {
  upper: string;
  lower: string;
  centre: Vector;
  forward: Vector;
  up: Vector;
  disc_height_mm: number;
  plate_depth_mm: number;
}

/** Axes (ascending numbers) by name in the order of the nested `area_mm2`. */
export type CanalTable = Record<string, readonly number[] | Nested>;
export type Nested = number | readonly Nested[];

export interface Landmark {
  at: Vector;
  bone: string | null;
}

interface PartHeader {
  name: string;
  tissue: string;
  layer: string;
  bones: string[];
  low: Vector;
  step: number;
  vertices: number;
  triangles: number;
  /** [structure, first triangle, number of triangles]. */
  regions: [string, number, number][];
  weights?: boolean;
  morphs?: string[];
  morph_step?: number | Record<string, number>;
}

export interface PackHeader {
  version: number;
  bones: string[];
  poses: Record<string, Record<string, PackedPose>>;
  segments: Record<string, PackedSegment>;
  morph_mm?: Record<string, number>;
  canal_area?: Record<string, CanalTable>;
  landmarks?: Record<string, Vector | { at: Vector; bone?: string }>;
  parts: PartHeader[];
}

export interface Region {
  structure: string;
  /** First triangle and number of triangles. */
  start: number;
  count: number;
}

export interface PackedPart {
  name: string;
  tissue: string;
  layer: string;
  bones: readonly string[];
  /** 3 numbers a vertex, mm, as it lies when standing. */
  positions: Float32Array;
  /** 3 vertices a triangle, seen anticlockwise from outside. */
  triangles: Uint32Array;
  regions: readonly Region[];
  /** For each vertex the share of each bone; null where one bone carries all. */
  weights: Float32Array | null;
  /** Displacement of each vertex at 1, mm, 3 numbers a vertex. */
  morphs: Readonly<Record<string, Float32Array>>;
}

export interface Pack {
  header: PackHeader;
  parts: PackedPart[];
  landmarks: Readonly<Record<string, Landmark>>;
}

/** One model of several packs: the first has the spine, the others add parts and morphs to it. */
export function mergePacks([first, ...others]: readonly [Pack, ...Pack[]]): Pack {
  const known = new Set(first.parts.map(({ name }) => name));
  const parts = [...first.parts];
  let { morph_mm } = first.header;
  for (const other of others) {
    for (const part of other.parts) {
      if (known.has(part.name)) throw new Error(`two models have a part ${part.name}`);
      const bone = part.bones.find((each) => !first.header.bones.includes(each));
      if (bone) throw new Error(`the model's part ${part.name} hangs on ${bone}, which is not there`);
      known.add(part.name);
      parts.push(part);
    }
    morph_mm = { ...morph_mm, ...other.header.morph_mm };
  }
  const header = morph_mm ? { ...first.header, morph_mm } : first.header;
  return { ...first, header, parts };
}

const MAGIC = "L3S1";
const VERSION = 1;

/** The pack that `bytes`, gzipped or not, hold. Throws an Error that says what is wrong. */
export async function readPack(bytes: ArrayBuffer): Promise<Pack> {
  return decodePack(await unzip(bytes));
}

/** `bytes` themselves, or what they hold where they are a gzip. */
export async function unzip(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const head = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (head[0] !== 0x1f || head[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Read an unzipped pack. */
export function decodePack(buffer: ArrayBuffer): Pack {
  const bytes = new Uint8Array(buffer);
  const text = new TextDecoder();
  if (bytes.length < 8 || text.decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new Error("the file of the model is not an anatomy pack");
  }
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(text.decode(bytes.subarray(8, 8 + length))) as PackHeader;
  if (header.version !== VERSION) {
    throw new Error(`the model has format ${header.version}, this page reads ${VERSION}`);
  }
  const reader = new Planes(bytes, padded(8 + length));
  const parts = header.parts.map((part) => readPart(part, reader));
  return { header, parts, landmarks: landmarksOf(header) };
}

const padded = (at: number): number => (at + 3) & ~3;

/** Reads planes of bytes one after the other. */
class Planes {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  take(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.bytes.length) throw new Error("the file of the model ends too early");
    const plane = this.bytes.subarray(this.at, end);
    this.at = end;
    return plane;
  }

  align(): void {
    this.at = padded(this.at);
  }
}

function readPart(part: PartHeader, reader: Planes): PackedPart {
  const positions = readPositions(part, reader);
  const triangles = readTriangles(part, reader);
  const weights = part.weights ? readWeights(part, reader) : null;
  const morphs: Record<string, Float32Array> = {};
  for (const name of part.morphs ?? []) morphs[name] = readMorph(part, name, reader);
  reader.align();
  const { name, tissue, layer, bones } = part;
  const regions = part.regions.map(([structure, start, count]) => ({ structure, start, count }));
  return { name, tissue, layer, bones, positions, triangles, regions, weights, morphs };
}

function readPositions(part: PartHeader, reader: Planes): Float32Array {
  const { vertices: count, low, step } = part;
  const positions = new Float32Array(3 * count);
  for (let axis = 0; axis < 3; axis += 1) {
    const lows = reader.take(count);
    const highs = reader.take(count);
    const origin = low[axis] as number;
    let value = 0;
    for (let i = 0, to = axis; i < count; i += 1, to += 3) {
      value = (value + (lows[i] as number) + ((highs[i] as number) << 8)) & 0xffff;
      positions[to] = origin + step * value;
    }
  }
  return positions;
}

function readTriangles(part: PartHeader, reader: Planes): Uint32Array {
  const count = 3 * part.triangles;
  const lows = reader.take(count);
  const highs = reader.take(count);
  const triangles = new Uint32Array(count);
  let index = 0;
  for (let i = 0; i < count; i += 1) {
    const zigzag = (lows[i] as number) | ((highs[i] as number) << 8);
    index += (zigzag >>> 1) ^ -(zigzag & 1);
    if (index < 0 || index >= part.vertices) {
      throw new Error(`the model's part ${part.name} names a vertex that it lacks`);
    }
    triangles[i] = index;
  }
  return triangles;
}

function readWeights(part: PartHeader, reader: Planes): Float32Array {
  const bones = part.bones.length;
  const weights = new Float32Array(part.vertices * bones);
  const rest = new Float32Array(part.vertices).fill(1);
  for (let bone = 0; bone < bones - 1; bone += 1) {
    const plane = reader.take(part.vertices);
    for (let i = 0; i < part.vertices; i += 1) {
      const share = (plane[i] as number) / 255;
      weights[i * bones + bone] = share;
      rest[i] = (rest[i] as number) - share;
    }
  }
  for (let i = 0; i < part.vertices; i += 1) {
    weights[i * bones + bones - 1] = Math.max(0, rest[i] as number);
  }
  return weights;
}

function readMorph(part: PartHeader, name: string, reader: Planes): Float32Array {
  const { vertices: count, morph_step: steps } = part;
  const step = typeof steps === "number" ? steps : steps?.[name];
  if (step === undefined) throw new Error(`the model's part ${part.name} has no morph_step`);
  const shifts = new Float32Array(3 * count);
  for (let axis = 0; axis < 3; axis += 1) {
    const plane = reader.take(count);
    for (let i = 0; i < count; i += 1) {
      shifts[3 * i + axis] = step * (((plane[i] as number) << 24) >> 24);
    }
  }
  return shifts;
}

function landmarksOf(header: PackHeader): Record<string, Landmark> {
  const landmarks: Record<string, Landmark> = {};
  for (const [name, given] of Object.entries(header.landmarks ?? {})) {
    landmarks[name] = isPoint(given)
      ? { at: given, bone: null }
      : { at: given.at, bone: given.bone ?? null };
  }
  return landmarks;
}

const isPoint = (given: object): given is Vector => Array.isArray(given);
