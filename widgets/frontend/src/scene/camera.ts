// Where the reader looks from. The projection is parallel, as in anatomical plates and on
// radiographs: equal lengths are drawn equal wherever they lie, so that a picture can be measured.
import { Matrix4, OrthographicCamera } from "three";
import { add, dot, mix, times } from "./vectors.ts";
import type { Vector, ViewName } from "./types.ts";

export interface Gaze {
  /** Degrees: 0 from anterior, 90 from the left, 180 from posterior. */
  azimuth: number;
  /** Degrees above the horizontal, -90 … 90. */
  elevation: number;
  /** What lies in the picture's middle, mm. */
  target: Vector;
  /** mm that the picture's height shows. */
  height: number;
}

export const DIRECTIONS: Readonly<Record<ViewName, readonly [azimuth: number, elevation: number]>> = {
  anterior: [0, 0],
  posterior: [180, 0],
  left_lateral: [90, 0],
  right_lateral: [270, 0],
  superior: [180, 90],
  oblique: [142, 18],
  through_foramen: [90, 0],
};

export const NEAREST_MM = 12;
export const FARTHEST_MM = 900;
const DEPTH_MM = 1500;

export interface Axes {
  right: Vector;
  up: Vector;
  /** From the model to the reader. */
  back: Vector;
}

export function axesOf(azimuth: number, elevation: number): Axes {
  const a = (azimuth * Math.PI) / 180;
  const e = (elevation * Math.PI) / 180;
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)];
  return { right: [ca, sa, 0], up: [-sa * se, ca * se, ce], back: [sa * ce, -ca * ce, se] };
}

/** The gaze with its angles where they belong: azimuth 0 … 360, elevation -90 … 90. */
export function tidied(gaze: Gaze): Gaze {
  return {
    target: gaze.target,
    azimuth: ((gaze.azimuth % 360) + 360) % 360,
    elevation: Math.max(-90, Math.min(90, gaze.elevation)),
    height: Math.max(NEAREST_MM, Math.min(FARTHEST_MM, gaze.height)),
  };
}

/** `share` (0 … 1) of the way from one gaze to the other, round the shorter side. */
export function between(from: Gaze, to: Gaze, share: number): Gaze {
  const round = ((((to.azimuth - from.azimuth) % 360) + 540) % 360) - 180;
  return tidied({
    azimuth: from.azimuth + share * round,
    elevation: from.elevation + share * (to.elevation - from.elevation),
    target: mix(from.target, to.target, share),
    height: Math.exp(
      Math.log(from.height) + share * (Math.log(to.height) - Math.log(from.height)),
    ),
  });
}

/** Middle and height by which all `points` are in a picture of this shape, with some air. */
export function fitting(
  points: readonly Vector[],
  azimuth: number,
  elevation: number,
  aspect: number,
  air = 1.06,
): { target: Vector; height: number } {
  const axes = axesOf(azimuth, elevation);
  const [x, y, z] = [axes.right, axes.up, axes.back].map((axis) => {
    const along = points.map((point) => dot(point, axis));
    return points.length > 0 ? ([Math.min(...along), Math.max(...along)] as const) : ([-60, 60] as const);
  }) as [readonly [number, number], readonly [number, number], readonly [number, number]];
  const middle = ([low, high]: readonly [number, number]): number => (low + high) / 2;
  const target = add(
    add(times(axes.right, middle(x)), times(axes.up, middle(y))),
    times(axes.back, middle(z)),
  );
  return { target, height: air * Math.max(y[1] - y[0], (x[1] - x[0]) / aspect, NEAREST_MM) };
}

/** three's camera, kept where a gaze says. */
export class Eye {
  readonly camera = new OrthographicCamera(-1, 1, 1, -1, 1, 2 * DEPTH_MM);
  axes: Axes = axesOf(0, 0);
  /** What lies more than so many mm before the target is not drawn; null draws all. */
  #front: number | null = null;
  #gaze: Gaze = { azimuth: 0, elevation: 0, target: [0, 0, 0], height: 200 };
  width = 1;
  height = 1;

  constructor() {
    this.camera.matrixAutoUpdate = false;
  }

  get gaze(): Gaze {
    return this.#gaze;
  }

  get aspect(): number {
    return this.width / this.height;
  }

  get mmPerPixel(): number {
    return this.#gaze.height / this.height;
  }

  look(gaze: Gaze, front: number | null = null): void {
    this.#gaze = tidied(gaze);
    this.#front = front;
    this.#place();
  }

  /** The picture's size in CSS pixels. */
  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.#place();
  }

  /** Where a point of the model is in the picture, CSS pixels from its upper left; depth in mm. */
  project(point: Vector): { x: number; y: number; depth: number } {
    const { target } = this.#gaze;
    const from: Vector = [point[0] - target[0], point[1] - target[1], point[2] - target[2]];
    return {
      x: this.width / 2 + dot(from, this.axes.right) / this.mmPerPixel,
      y: this.height / 2 - dot(from, this.axes.up) / this.mmPerPixel,
      depth: -dot(from, this.axes.back),
    };
  }

  /** The ray through a point of the picture: where it starts, before the model, and its direction. */
  ray(x: number, y: number): { from: Vector; along: Vector } {
    const { target } = this.#gaze;
    const right = (x - this.width / 2) * this.mmPerPixel;
    const up = (this.height / 2 - y) * this.mmPerPixel;
    const { axes } = this;
    const at = add(add(target, times(axes.right, right)), times(axes.up, up));
    const start = this.#front ?? DEPTH_MM;
    return { from: add(at, times(axes.back, start)), along: times(axes.back, -1) };
  }

  #place(): void {
    const { azimuth, elevation, target, height } = this.#gaze;
    this.axes = axesOf(azimuth, elevation);
    const { right, up, back } = this.axes;
    const at = add(target, times(back, DEPTH_MM));
    const { camera } = this;
    camera.matrix.copy(
      new Matrix4(
        right[0], up[0], back[0], at[0],
        right[1], up[1], back[1], at[1],
        right[2], up[2], back[2], at[2],
        0, 0, 0, 1,
      ),
    );
    camera.near = this.#front === null ? 1 : DEPTH_MM - this.#front;
    camera.top = height / 2;
    camera.bottom = -height / 2;
    camera.right = (height / 2) * this.aspect;
    camera.left = -camera.right;
    camera.matrixWorldNeedsUpdate = true;
    camera.updateProjectionMatrix();
  }
}
