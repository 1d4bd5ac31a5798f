// One part as it is shown: its vertices after posture, variants and scale, its surface in runs of
// one look, and where it has been moved to when the model is pulled apart.
import { BufferAttribute, BufferGeometry, Mesh, Sphere, Vector3, type Material } from "three";
import type { PackedPart } from "./pack.ts";
import { deform, deformationKey, faceOutwards, hollows, writeNormals, type Deformation } from "./skin.ts";
import type { SurfaceLook, Surfaces } from "./surface.ts";
import { LAYERS, lookOf } from "./tissues.ts";
import type { PartInfo, Vector } from "./types.ts";

export interface Box {
  low: [number, number, number];
  high: [number, number, number];
}

export class PartView {
  readonly info: PartInfo;
  readonly mesh: Mesh<BufferGeometry, Material[]>;
  /** Shown vertices before the part is moved by `offset`, mm. */
  readonly points: Float32Array;
  readonly normals: Float32Array;
  /** Of `points`. */
  readonly box: Box = { low: [0, 0, 0], high: [0, 0, 0] };
  /** By region: what is drawn of it, or null. */
  readonly looks: (SurfaceLook | null)[];
  offset: Vector = [0, 0, 0];
  /** Changes whenever `points` do. */
  version = 0;
  #deformed = "";
  #look = "";
  #carried: Vector = [0, 0, 0];

  constructor(
    readonly packed: PackedPart,
    private readonly surfaces: Surfaces,
  ) {
    const { name, tissue, layer, regions, positions, triangles } = packed;
    this.info = { name, tissue, layer, structures: regions.map((region) => region.structure) };
    this.points = positions.slice();
    this.normals = new Float32Array(positions.length);
    this.looks = regions.map(() => null);
    faceOutwards(positions, triangles);
    writeNormals(this.points, triangles, this.normals);
    const geometry = new BufferGeometry();
    geometry.setIndex(new BufferAttribute(compact(triangles, positions.length / 3), 1));
    geometry.setAttribute("position", new BufferAttribute(this.points, 3));
    geometry.setAttribute("normal", new BufferAttribute(this.normals, 3));
    const hollow = hollows(this.points, triangles, this.normals);
    geometry.setAttribute("hollow", new BufferAttribute(hollow, 1));
    geometry.boundingSphere = new Sphere();
    this.mesh = new Mesh(geometry, []);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.renderOrder =
      10 * (LAYERS.length - LAYERS.indexOf(layer as (typeof LAYERS)[number])) -
      lookOf(tissue).rank;
    this.#measure();
  }

  /** Whether anything of it is drawn. */
  get visible(): boolean {
    return this.mesh.visible;
  }

  /** Move its vertices to where `how` has them; false where they were there already. */
  deform(how: Deformation): boolean {
    const key = deformationKey(this.packed, how);
    if (key === this.#deformed) return false;
    const first = this.#deformed === "" && this.version === 0;
    this.#deformed = key;
    deform(this.packed, how, this.points);
    if (!first || !same(this.points, this.packed.positions)) {
      writeNormals(this.points, this.packed.triangles, this.normals);
      const { position, normal } = this.mesh.geometry.attributes;
      if (position) position.needsUpdate = true;
      if (normal) normal.needsUpdate = true;
    }
    this.version += 1;
    this.#measure();
    return true;
  }

  /** Set it elsewhere: three rows of four numbers, applied to it as it lies. */
  carry(rows: readonly number[]): void {
    if (rows.length !== 12 || !rows.every(Number.isFinite)) {
      throw new Error("to carry a part takes twelve numbers: three rows of four");
    }
    const r = (at: number): number => rows[at] as number;
    this.mesh.matrix.set(
      r(0), r(1), r(2), r(3), r(4), r(5), r(6), r(7), r(8), r(9), r(10), r(11), 0, 0, 0, 1,
    );
    this.#carried = [r(3), r(7), r(11)];
    this.moveTo(this.offset);
  }

  moveTo(offset: Vector): void {
    this.offset = offset;
    const [x, y, z] = this.#carried;
    this.mesh.matrix.setPosition(offset[0] + x, offset[1] + y, offset[2] + z);
    this.mesh.matrixWorldNeedsUpdate = true;
  }

  /** Draw each region as `looks` says, in as few runs of triangles as there are changes of look. */
  paint(): void {
    const key = JSON.stringify(this.looks);
    if (key === this.#look) return;
    this.#look = key;
    const { geometry } = this.mesh;
    geometry.clearGroups();
    const materials: Material[] = [];
    this.mesh.material = materials;
    for (const [start, count, look] of runs(this)) {
      const material = this.surfaces.of(look);
      if (material.transparent) {
        geometry.addGroup(3 * start, 3 * count, materials.push(this.surfaces.depthOnly) - 1);
      }
      geometry.addGroup(3 * start, 3 * count, materials.push(material) - 1);
    }
    this.mesh.visible = materials.length > 0;
  }

  /** The index of the region that holds a triangle. */
  regionOf(triangle: number): number {
    const { regions } = this.packed;
    let [low, high] = [0, regions.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((regions[middle]?.start ?? 0) <= triangle) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
  }

  #measure(): void {
    const { low, high } = this.box;
    low.fill(Infinity);
    high.fill(-Infinity);
    for (let i = 0; i < this.points.length; i += 3) {
      for (let axis = 0; axis < 3; axis += 1) {
        const at = this.points[i + axis] as number;
        if (at < (low[axis] as number)) low[axis] = at;
        if (at > (high[axis] as number)) high[axis] = at;
      }
    }
    const sphere = this.mesh.geometry.boundingSphere;
    sphere?.center.set((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2);
    if (sphere) sphere.radius = sphere.center.distanceTo(new Vector3(...high));
  }
}

function* runs({ looks, packed }: PartView): Generator<[number, number, SurfaceLook]> {
  let open: [number, number, SurfaceLook] | null = null;
  for (const [index, { start, count }] of packed.regions.entries()) {
    const look = looks[index] ?? null;
    if (open && look && JSON.stringify(look) === JSON.stringify(open[2])) {
      open[1] += count;
      continue;
    }
    if (open) yield open;
    open = look ? [start, count, look] : null;
  }
  if (open) yield open;
}

function compact(triangles: Uint32Array, vertices: number): Uint16Array | Uint32Array {
  return vertices <= 0xffff ? Uint16Array.from(triangles) : triangles;
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
