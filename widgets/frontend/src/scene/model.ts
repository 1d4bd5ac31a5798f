// All parts as they are shown: posed, coloured, pulled apart. Knows nothing of cameras and pages.
import { Color, Group } from "three";
import type { Pack } from "./pack.ts";
import { PartView } from "./part_view.ts";
import { boneTransforms, apply, turn, upright, type Transform } from "./pose.ts";
import { Catalogue, isShown, opacityOf } from "./state.ts";
import { Surfaces } from "./surface.ts";
import { lookOf, OUTWARDS_MM } from "./tissues.ts";
import type { SceneState, Vector } from "./types.ts";
import { add, dot, times } from "./vectors.ts";

/** How much farther apart than they are parts lie along the spine when it is pulled apart. */
const APART = 0.7;
const HOVER_TINT = 0.28;
/** From this opacity on, a part must be in the picture. */
const FIRM = 0.4;
/** Between bones that are set side by side. */
const GAP_MM = 16;

export interface Palette {
  dark: boolean;
  /** CSS colour of what is highlighted. */
  accent: string;
}

export interface Pointed {
  /** The structure that the keyboard has come to: highlighted. */
  cursor: string | null;
  /** The one under the pointer: tinted. */
  hovered: string | null;
}

/** Where a name is found: a part and the index of its region, or null for all of it. */
export interface Place {
  part: PartView;
  region: number | null;
}

export class Model {
  readonly group = new Group();
  readonly surfaces = new Surfaces();
  readonly parts: readonly PartView[];
  readonly catalogue: Catalogue;
  readonly #places = new Map<string, Place>();
  #transforms: ReadonlyMap<string, Transform> = new Map();
  #scale: Vector = [1, 1, 1];
  readonly #axis: readonly Vector[];

  constructor(readonly pack: Pack) {
    this.parts = pack.parts.map((part) => new PartView(part, this.surfaces));
    for (const part of this.parts) {
      this.group.add(part.mesh);
      part.packed.regions.forEach((region, index) => {
        const whole = part.packed.regions.length === 1;
        this.#places.set(region.structure, { part, region: whole ? null : index });
      });
      this.#places.set(part.info.name, { part, region: null });
    }
    this.catalogue = new Catalogue(
      this.parts.map((part) => part.info),
      Object.keys(pack.header.segments),
      Object.keys(pack.header.morph_mm ?? {}),
    );
    const standing = pack.header.poses.standing ?? {};
    this.#axis = pack.header.bones
      .map((bone): Vector => standing[bone]?.shift ?? [0, 0, 0])
      .sort((a, b) => a[2] - b[2]);
  }

  /** Move all vertices to where posture (`supine` 0 … 1) and variants have them; whether any moved. */
  deform(state: SceneState, supine: number): boolean {
    const { slip, disc_height, morph, scale } = state;
    this.#transforms = boneTransforms(this.pack.header, supine, slip, disc_height);
    this.#scale = scale;
    const how = { transforms: this.#transforms, morph, scale };
    return this.parts.map((part) => {
      if (!state.arranged.includes(part.info.name)) return part.deform(how);
      const bones = part.packed.bones.map(
        (bone) => [bone, upright(this.pack.header, bone)] as const,
      );
      return part.deform({ ...how, transforms: new Map(bones) });
    }).some(Boolean);
  }

  /** Pull the parts apart, or set those that are arranged in a row that runs along `right`. */
  place({ explode, arranged }: Pick<SceneState, "explode" | "arranged">, right: Vector): void {
    for (const part of this.parts) {
      part.moveTo(explode === 0 ? [0, 0, 0] : this.#way(part, explode));
    }
    let end = 0;
    for (const name of arranged) {
      const { part } = this.find(name);
      const along = boxCorners(part.box.low, part.box.high).map((corner) => dot(corner, right));
      const start = Math.min(...along);
      part.moveTo(times(right, end - start));
      end += Math.max(...along) - start + GAP_MM;
    }
  }

  /** Colour everything as the state says; what the reader points at is marked besides. */
  paint(state: SceneState, palette: Palette, { cursor, hovered }: Pointed): void {
    this.surfaces.night = palette.dark;
    const lit = new Set(cursor === null ? state.highlight : [...state.highlight, cursor]);
    const tinted = (css: string): string =>
      `#${new Color(css).lerp(new Color(palette.accent), HOVER_TINT).getHexString()}`;
    for (const part of this.parts) {
      const tissue = lookOf(part.info.tissue);
      for (const [index, { structure }] of part.packed.regions.entries()) {
        const opacity = opacityOf(part.info, structure, state.opacity);
        const drawn = isShown(part.info, structure, state) && opacity > 0;
        const own = state.colour[structure] ?? state.colour[part.info.name];
        const chosen = lit.has(structure) || lit.has(part.info.name);
        const plain = own ?? tissue[palette.dark ? "dark" : "light"];
        const colour = chosen ? palette.accent : structure === hovered ? tinted(plain) : plain;
        part.looks[index] = drawn
          ? { colour, opacity: chosen ? Math.max(opacity, 0.85) : opacity, gloss: tissue.gloss, lit: chosen }
          : null;
      }
      // A gap shows the inner side; a translucent one would show both sides at once.
      if (part.looks.includes(null)) {
        for (const look of part.looks) if (look && look.opacity === 1) look.open = true;
      }
      part.paint();
    }
  }

  /** What is drawn, in order: parts (one of one structure by that), or all structures. */
  shownStructures(state: SceneState, within: boolean): string[] {
    return this.parts.flatMap(({ info }) => {
      const shown = info.structures.filter((structure) => isShown(info, structure, state));
      if (within || shown.length === 0) return shown;
      return info.structures.length === 1 ? shown : [info.name];
    });
  }

  /** The place of a part's or region's name. Throws an Error where there is none. */
  find(structure: string): Place {
    const place = this.#places.get(structure);
    if (!place) {
      this.catalogue.check([structure]);
      throw new Error(`the model has no structure ${structure}`);
    }
    return place;
  }

  /** Calls back with each vertex of a structure as shown, mm; one of several triangles more often. */
  eachVertex(structure: string, visit: (x: number, y: number, z: number) => void): void {
    const { part, region } = this.find(structure);
    const { triangles, regions } = part.packed;
    const run = region === null ? null : regions[region];
    const from = run ? 3 * run.start : 0;
    const to = run ? from + 3 * run.count : triangles.length;
    const [ox, oy, oz] = part.offset;
    for (let t = from; t < to; t += 1) {
      const at = 3 * (triangles[t] as number);
      visit(
        (part.points[at] as number) + ox,
        (part.points[at + 1] as number) + oy,
        (part.points[at + 2] as number) + oz,
      );
    }
  }

  /** The mean of a structure's vertices as shown, mm. */
  middle(structure: string): Vector {
    let [count, sx, sy, sz] = [0, 0, 0, 0];
    this.eachVertex(structure, (x, y, z) => {
      count += 1;
      sx += x;
      sy += y;
      sz += z;
    });
    return [sx / count, sy / count, sz / count];
  }

  /**
   * The corners of the boxes round what is drawn (or round the named structures), mm. What is only
   * hinted at counts where there is nothing else.
   */
  corners(structures: readonly string[] = []): Vector[] {
    if (structures.length === 0) {
      const shown = this.parts.filter((part) => part.visible);
      const firm = shown.filter((part) => part.looks.some((look) => look && look.opacity >= FIRM));
      return (firm.length > 0 ? firm : shown).flatMap((part) =>
        boxCorners(add(part.box.low, part.offset), add(part.box.high, part.offset)),
      );
    }
    return structures.flatMap((structure) => {
      const low: [number, number, number] = [Infinity, Infinity, Infinity];
      const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
      this.eachVertex(structure, (...point) => {
        for (const axis of [0, 1, 2] as const) {
          low[axis] = Math.min(low[axis], point[axis]);
          high[axis] = Math.max(high[axis], point[axis]);
        }
      });
      return boxCorners(low, high);
    });
  }

  /** A point of the standing model that a bone carries, as shown, mm. */
  shown(point: Vector, bone: string | null): Vector {
    const transform = bone === null ? undefined : this.#transforms.get(bone);
    const [x, y, z] = transform ? apply(transform, point) : point;
    return [x * this.#scale[0], y * this.#scale[1], z * this.#scale[2]];
  }

  /** Middle and upward normal of a segment's disc, as shown. */
  disc(segment: string): { centre: Vector; up: Vector } {
    const found = this.pack.header.segments[segment];
    if (!found) throw new Error(`the model has no segment ${segment}`);
    const { upper, lower, centre, up } = found;
    const above = this.#transforms.get(upper);
    const below = this.#transforms.get(lower);
    const normals = [above, below].map((each) => (each ? turn(each, up) : up));
    const sum = normals.reduce<Vector>((all, each) => add(all, each), [0, 0, 0]);
    const size = Math.hypot(...sum);
    const middle = add(this.shown(centre, upper), this.shown(centre, lower));
    return { centre: times(middle, 0.5), up: times(sum, 1 / size) };
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    this.surfaces.dispose();
  }

  #way({ box, info }: PartView, share: number): Vector {
    const centre = times(add(box.low, box.high), 0.5);
    const [ax, ay, middle] = this.#axisAt(centre[2]);
    const out: Vector = [centre[0] - ax, centre[1] - ay, 0];
    const size = Math.hypot(out[0], out[1]);
    const mm = share * (OUTWARDS_MM[info.layer] ?? 0) + (info.tissue === "nucleus" ? share * 34 : 0);
    const ahead = size <= 2 || info.tissue === "nucleus";
    const outwards: Vector = ahead ? [0, -mm, 0] : times(out, mm / size);
    return add(outwards, [0, 0, share * APART * (centre[2] - middle)]);
  }

  /** x and y of the spine's axis at a height, and the height of its middle. */
  #axisAt(z: number): Vector {
    const axis = this.#axis;
    const [lowest, highest] = [axis[0], axis.at(-1)];
    if (!lowest || !highest) return [0, 0, 0];
    const middle = (lowest[2] + highest[2]) / 2;
    const above = axis.findIndex((each) => each[2] >= z);
    const upper = axis[above] ?? highest;
    const lower = axis[Math.max(0, (above < 0 ? axis.length : above) - 1)] ?? lowest;
    const share = upper[2] > lower[2] ? (z - lower[2]) / (upper[2] - lower[2]) : 0;
    const clamped = Math.max(0, Math.min(1, share));
    const at = (axisIndex: 0 | 1): number =>
      lower[axisIndex] + clamped * (upper[axisIndex] - lower[axisIndex]);
    return [at(0), at(1), middle];
  }
}

function boxCorners(low: Vector, high: Vector): Vector[] {
  const corners: Vector[] = [];
  for (const x of [low[0], high[0]]) {
    for (const y of [low[1], high[1]]) for (const z of [low[2], high[2]]) corners.push([x, y, z]);
  }
  return corners;
}
