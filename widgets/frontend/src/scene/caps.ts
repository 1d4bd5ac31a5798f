// The faces of a cut: one mesh for all, coloured by tissue, with outlines in a darker tone.
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  Mesh,
  ShaderMaterial,
  ShapeUtils,
  Vector2,
} from "three";
import type { PartView } from "./part_view.ts";
import { along, type Hit, type Ray } from "./pick.ts";
import {
  faces,
  inMaterial,
  mostly,
  nearestTriangle,
  onPlane,
  outlines,
  type Face,
  type Outline,
  type Plane,
} from "./section.ts";
import { PICKABLE_FROM } from "./state.ts";
import { squared, type SurfaceLook } from "./surface.ts";
import { lookOf } from "./tissues.ts";
import { dot } from "./vectors.ts";

/** mm by which a face lies above the one of lower rank, so that it is drawn over it. */
const STEP_MM = 0.02;
/** The share of an outline's width that lies outside of the face. */
const OUTSIDE = 0.15;

interface Slice {
  part: PartView;
  outlines: Outline[];
}

const VERTEX = `
attribute vec3 tone;
varying vec3 vTone;
void main() {
  vTone = tone;
  gl_Position = projectionMatrix * viewMatrix * modelMatrix * vec4(position, 1.0);
}`;
const FRAGMENT = `
varying vec3 vTone;
void main() {
  gl_FragColor = vec4(sqrt(vTone), 1.0);
}`;

export class Caps {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  #plane: Plane | null = null;
  #slices: Slice[] = [];

  constructor() {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      side: DoubleSide,
    });
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.visible = false;
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 100;
  }

  /** The names of the parts that the plane meets. */
  get parts(): string[] {
    return this.#slices.map(({ part }) => part.info.name);
  }

  /** Cut what is drawn of `parts`; null takes the cut away. */
  cut(parts: readonly PartView[], plane: Plane | null): void {
    this.#plane = plane;
    this.#slices = [];
    this.mesh.visible = false;
    if (!plane) return;
    const drawing = new Drawing(plane);
    for (const part of parts) {
      const look = part.looks.find((each) => each !== null && each.opacity >= PICKABLE_FROM);
      if (!part.visible || !look || !meets(part, plane)) continue;
      const { triangles } = part.packed;
      const found = outlines(part.points, triangles, part.offset, plane).filter((each) => isDrawn(part, each));
      if (found.length === 0) continue;
      this.#slices.push({ part, outlines: found });
      drawing.add(part, look, found);
    }
    this.mesh.geometry.dispose();
    this.mesh.geometry = drawing.geometry();
    this.mesh.visible = this.#slices.length > 0;
  }

  /** What a ray meets on the cut's face: of several structures the one that is drawn on top. */
  hit(ray: Ray): Hit | null {
    const plane = this.#plane;
    if (!plane) return null;
    const towards = dot(plane.normal, ray.along);
    if (towards > -1e-6) return null;
    const distance = (plane.limit - dot(plane.normal, ray.from)) / towards;
    const point = along(ray, distance);
    const [u, v] = [dot(point, plane.u), dot(point, plane.v)];
    let best: Slice | null = null;
    for (const slice of this.#slices) {
      if (best && rank(slice) < rank(best)) continue;
      if (inMaterial(slice.outlines, u, v)) best = slice;
    }
    if (!best) return null;
    const { part } = best;
    const region = part.regionOf(nearestTriangle(best.outlines, u, v));
    return { part, region, point, distance };
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

const rank = ({ part }: Slice): number => lookOf(part.info.tissue).rank;

/** Whether most of an outline runs through regions that are drawn: what was taken out has no face. */
function isDrawn(part: PartView, outline: Outline): boolean {
  if (part.looks.every((look) => look !== null)) return true;
  return mostly(outline, (triangle) => part.looks[part.regionOf(triangle)] !== null);
}

function meets({ box, offset }: PartView, { normal, limit }: Plane): boolean {
  let [low, high] = [0, 0];
  for (const axis of [0, 1, 2] as const) {
    const a = normal[axis] * (box.low[axis] + offset[axis]);
    const b = normal[axis] * (box.high[axis] + offset[axis]);
    low += Math.min(a, b);
    high += Math.max(a, b);
  }
  return low <= limit && high > limit;
}

/** Collects the triangles of all faces and outlines. */
class Drawing {
  readonly #positions: number[] = [];
  readonly #tones: number[] = [];
  readonly #triangles: number[] = [];
  readonly #known = new Map<string, Color>();

  constructor(private readonly plane: Plane) {}

  add(part: PartView, look: SurfaceLook, found: Outline[]): void {
    const tissue = lookOf(part.info.tissue);
    const above = STEP_MM * (1 + tissue.rank);
    const alike = part.looks.every((each) => each === null || each.colour === look.colour);
    const plain = part.looks.find((each) => each !== null && !each.lit) ?? look;
    const fill = this.#colour((alike ? look : plain).colour).clone().lerp(WHITE, tissue.pale);
    for (const face of faces(found)) this.#fill(face, above, fill);
    for (const outline of found) {
      this.#draw(outline, above + STEP_MM / 2, tissue.rim, (triangle) => {
        const own = alike ? look : (part.looks[part.regionOf(triangle)] ?? plain);
        return this.#colour(own.colour);
      });
    }
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(Float32Array.from(this.#positions), 3));
    geometry.setAttribute("tone", new BufferAttribute(Float32Array.from(this.#tones), 3));
    geometry.setIndex(new BufferAttribute(Uint32Array.from(this.#triangles), 1));
    return geometry;
  }

  #fill({ outer, holes }: Face, above: number, colour: Color): void {
    const start = this.#positions.length / 3;
    const rings = [outer, ...holes].map(({ points }) => ring(points));
    const [first = [], ...rest] = rings;
    const triangles = ShapeUtils.triangulateShape(first, rest);
    for (const point of rings.flat()) this.#point(point.x, point.y, above, colour);
    for (const triangle of triangles) {
      for (const corner of triangle) this.#triangles.push(start + corner);
    }
  }

  #draw(
    { points, triangles }: Outline,
    above: number,
    width: number,
    colourOf: (triangle: number) => Color,
  ): void {
    const count = triangles.length;
    const at = (i: number): [number, number] => {
      const wrapped = (i + count) % count;
      return [points[2 * wrapped] as number, points[2 * wrapped + 1] as number];
    };
    // Inwards is left of the way; at a corner, left of both ways.
    const inwards = (i: number): [number, number] => {
      const [px, py] = at(i - 1);
      const [qx, qy] = at(i + 1);
      const size = Math.hypot(qx - px, qy - py) || 1;
      return [(-(qy - py) / size) * width, ((qx - px) / size) * width];
    };
    for (let i = 0; i < count; i += 1) {
      const start = this.#positions.length / 3;
      const colour = colourOf(triangles[i] as number).clone().multiplyScalar(0.42);
      for (const end of [i, i + 1]) {
        const [x, y] = at(end);
        const [ix, iy] = inwards(end);
        this.#point(x - ix * OUTSIDE, y - iy * OUTSIDE, above, colour);
        this.#point(x + ix * (1 - OUTSIDE), y + iy * (1 - OUTSIDE), above, colour);
      }
      this.#triangles.push(start, start + 2, start + 3, start, start + 3, start + 1);
    }
  }

  #point(u: number, v: number, above: number, colour: Color): void {
    this.#positions.push(...onPlane(this.plane, u, v, above));
    this.#tones.push(colour.r, colour.g, colour.b);
  }

  #colour(css: string): Color {
    let colour = this.#known.get(css);
    if (!colour) this.#known.set(css, (colour = squared(css)));
    return colour;
  }
}

const WHITE = new Color("#ffffff");

function ring(points: Float64Array): Vector2[] {
  const result: Vector2[] = [];
  for (let i = 0; i < points.length; i += 2) {
    result.push(new Vector2(points[i] as number, points[i + 1] as number));
  }
  return result;
}
