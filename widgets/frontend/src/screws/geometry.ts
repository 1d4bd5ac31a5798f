// The trainer's arithmetic without a page: where pictures stand still, handles, and the screw in 3D.
import type { Vector } from "../scene/types.ts";
import type { Level, Plan, PlanField, PlanKey, Point, Side } from "./types.ts";

/** 1 where the patient's left lies towards the screw's side, else −1. */
export const signOf = (side: Side): number => (side === "left" ? 1 : -1);

export type PictureId = "posterior" | "axial" | "sagittal";

/** Whether a picture's first axis runs to the viewer's left. */
export const MIRRORED: Readonly<Record<PictureId, boolean>> = { posterior: true, axial: false, sagittal: true };

/** Left, top, width and height of a picture, mm, y down: fixed, so that bones stand still. */
export function windowOf(picture: PictureId, level: Level): readonly [number, number, number, number] {
  const sacrum = level === "S1";
  if (picture === "posterior") return sacrum ? [-68, -20, 136, 136] : [-52, -46, 104, 104];
  if (picture === "axial") return sacrum ? [-68, -62, 136, 136] : [-52, -28, 104, 104];
  return sacrum ? [-56, -30, 136, 136] : [-32, -50, 104, 104];
}

/** What is added to a section's points, mm: its origin is the entry, which moves; the bone must not. */
export function shiftOf(picture: PictureId, entry: Vector): Point {
  if (picture === "axial") return [entry[0], -entry[1]];
  if (picture === "sagittal") return [-entry[1], entry[2]];
  return [0, 0];
}

/** A point of a picture as its drawing has it: x to the right, y down. */
export function onPaper(picture: PictureId, [h, v]: Point, [dh, dv]: Point = [0, 0]): Point {
  return [(MIRRORED[picture] ? -1 : 1) * (h + dh), -(v + dv)];
}

/** And back. */
export function offPaper(picture: PictureId, [x, y]: Point, [dh, dv]: Point = [0, 0]): Point {
  return [(MIRRORED[picture] ? -1 : 1) * x - dh, -y - dv];
}

/** A value on its slider's steps and within its limits. */
export function snapped(value: number, { low, high, step }: PlanField): number {
  const near = low + Math.round((value - low) / step) * step;
  return Number(Math.min(high, Math.max(low, near)).toFixed(4));
}

/** What a drag of a handle to `to` asks for; `from` is where the handle was. */
export function dragged(
  picture: PictureId,
  plan: Plan,
  side: Side,
  from: Point,
  to: Point,
): Partial<Record<PlanKey, number>> {
  const sign = signOf(side);
  if (picture === "posterior") {
    return {
      medial_mm: plan.medial_mm - sign * (to[0] - from[0]),
      superior_mm: plan.superior_mm + to[1] - from[1],
    };
  }
  if (picture === "axial") {
    const lift = Math.cos((plan.sagittal_deg * Math.PI) / 180);
    const reach = Math.hypot(to[0], to[1]) || 1;
    const aside = Math.max(-1, Math.min(1, (-sign * to[0]) / reach / lift));
    return { convergence_deg: (Math.asin(aside) * 180) / Math.PI };
  }
  return { sagittal_deg: (Math.atan2(to[1], to[0]) * 180) / Math.PI };
}

/** What an arrow key asks of a picture's handle: in the direction that the key points on the screen. */
export function keyed(
  picture: PictureId,
  key: string,
  plan: Plan,
  side: Side,
  steps: Readonly<Record<PlanKey, number>>,
): Partial<Record<PlanKey, number>> | null {
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const up = { ArrowDown: -1, ArrowUp: 1 }[key] ?? 0;
  if (across === 0 && up === 0) return null;
  const sign = signOf(side);
  if (picture === "posterior") {
    if (up !== 0) return { superior_mm: plan.superior_mm + up * steps.superior_mm };
    // the patient's left lies to the viewer's left
    return { medial_mm: plan.medial_mm + sign * across * steps.medial_mm };
  }
  if (picture === "axial") {
    if (across === 0) return null;
    // the patient's left lies to the viewer's right
    return { convergence_deg: plan.convergence_deg - sign * across * steps.convergence_deg };
  }
  return up === 0 ? null : { sagittal_deg: plan.sagittal_deg + up * steps.sagittal_deg };
}

/** The affine maps, three rows of four, that set the unit shaft and the unit head in place. */
export function placedScrew(entry: Vector, tip: Vector, diameter: number): [number[], number[]] {
  const along: Vector = [tip[0] - entry[0], tip[1] - entry[1], tip[2] - entry[2]];
  const length = Math.hypot(...along) || 1;
  const w = along.map((each) => each / length) as unknown as Vector;
  const helper: Vector = Math.abs(w[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(helper, w));
  const v = cross(w, u);
  const shaft = [0, 1, 2].flatMap((axis) => [
    (u[axis] as number) * diameter,
    (v[axis] as number) * diameter,
    along[axis] as number,
    entry[axis] as number,
  ]);
  const ball = diameter * HEAD;
  const head = [0, 1, 2].flatMap((axis) => [
    axis === 0 ? ball : 0,
    axis === 1 ? ball : 0,
    axis === 2 ? ball : 0,
    (entry[axis] as number) - (w[axis] as number) * ball * 0.3,
  ]);
  return [shaft, head];
}

/** How much thicker than the shaft the head is drawn. */
const HEAD = 1.6;

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const size = Math.hypot(...a);
  return [a[0] / size, a[1] / size, a[2] / size];
}
