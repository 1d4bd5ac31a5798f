// Small arithmetic on vectors of three numbers, mm.
import type { Vector } from "./types.ts";

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, k: number): Vector => [a[0] * k, a[1] * k, a[2] * k];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vector): number => Math.hypot(a[0], a[1], a[2]);
export const mix = (a: Vector, b: Vector, t: number): Vector =>
  add(times(a, 1 - t), times(b, t));

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The vector of length 1 along `a`; (0, 0, 1) where `a` has no length. */
export function unit(a: Vector): Vector {
  const size = length(a);
  return size > 0 ? times(a, 1 / size) : [0, 0, 1];
}
