// The point of a structure that a label's line leads to: one that the reader sees, if there is one.
import type { Eye } from "./camera.ts";
import type { Model } from "./model.ts";
import type { Vector } from "./types.ts";
import { distance } from "./overlay.ts";

export interface AnchorPoint {
  point: Vector;
  seen: boolean;
}

/** The structure and part at a place of the picture, and the point on it. */
export type Look = (x: number, y: number) => { structure: string; part: string; point: Vector } | null;

const TRIES = 14;
const SAMPLES = 240;

/** Looks at the middle of the structure first, then at vertices, the nearest to the middle first. */
export function anchorOf(structure: string, model: Model, eye: Eye, look: Look): AnchorPoint {
  const middle = model.middle(structure);
  const visible = (at: Vector): Vector | null => {
    const { x, y } = eye.project(at);
    if (x < 0 || y < 0 || x > eye.width || y > eye.height) return null;
    const found = look(x, y);
    return found && (found.structure === structure || found.part === structure) ? found.point : null;
  };
  const seen = visible(middle);
  if (seen) return { point: seen, seen: true };

  const vertices: Vector[] = [];
  model.eachVertex(structure, (...vertex) => vertices.push(vertex));
  const step = Math.max(1, Math.floor(vertices.length / SAMPLES));
  const [bx, by, bz] = eye.axes.back;
  // Vertices towards the reader are the likelier to be seen.
  const cost = (vertex: Vector): number =>
    distance(vertex, middle) - 0.35 * (bx * vertex[0] + by * vertex[1] + bz * vertex[2]);
  const likely = vertices
    .filter((_, index) => index % step === 0)
    .map((vertex) => ({ vertex, cost: cost(vertex) }))
    .sort((a, b) => a.cost - b.cost);
  const stride = Math.max(1, Math.floor(likely.length / TRIES));
  for (let i = 0; i < likely.length; i += stride) {
    const found = visible((likely[i] as { vertex: Vector }).vertex);
    if (found) return { point: found, seen: true };
  }
  return { point: middle, seen: false };
}
