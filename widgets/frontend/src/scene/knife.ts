// Where the state's section lies, and which side of it is taken away: the reader's.
import type { Model } from "./model.ts";
import { planeThrough, type Plane } from "./section.ts";
import type { Section, SectionPlane, Vector } from "./types.ts";
import { add, dot, times } from "./vectors.ts";

const NORMALS: Readonly<Record<SectionPlane, Vector>> = {
  sagittal: [1, 0, 0],
  coronal: [0, 1, 0],
  axial: [0, 0, 1],
};

/** The side changes only when the reader looks well across: nothing flickers seen edge on. */
const CLEARLY = 0.2;

export class Knife {
  plane: Plane | null = null;
  #side: 1 | -1 = 1;
  #kind: SectionPlane | null = null;

  constructor(private readonly model: Model) {}

  /** Lay the plane for a reader in the direction `back`; whether it lies otherwise than before. */
  aim(section: Section | null, back: Vector): boolean {
    const before = this.plane;
    if (!section) {
      this.plane = this.#kind = null;
      return before !== null;
    }
    const { point, normal } = this.#lie(section);
    const facing = dot(normal, back);
    if (this.#kind !== section.plane) this.#side = facing < -1e-6 ? -1 : 1;
    else if (Math.abs(facing) > CLEARLY) this.#side = facing > 0 ? 1 : -1;
    this.#kind = section.plane;
    const after = planeThrough(point, times(normal, this.#side));
    if (before && same(before, after)) return false;
    this.plane = after;
    return true;
  }

  #lie({ plane, at, segment, from_disc }: Section): { point: Vector; normal: Vector } {
    const normal = NORMALS[plane];
    if (plane !== "axial" || !segment) return { point: times(normal, at), normal };
    const { centre, up } = this.model.disc(segment);
    if (from_disc) return { point: add(centre, times(up, at)), normal: up };
    return { point: add(centre, times(up, (at - centre[2]) / up[2])), normal: up };
  }
}

function same(a: Plane, b: Plane): boolean {
  return a.limit === b.limit && a.normal.every((each, axis) => each === b.normal[axis]);
}
