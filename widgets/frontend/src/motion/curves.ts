// Moment–rotation curves, as `l3s1.models.motion` has them: moments in N·m, rotations in °, from 0 up.
import type { Intact, Law, Spring } from "./types.ts";

const STEPS = 60;
const CLOSE = 1e-12;

/** The moment from which an intact curve is straight. */
const kinkOf = ({ scale_nm, rate_per_deg }: Intact, law: Law): number =>
  Math.max(0, law.terminal_nm_per_deg / rate_per_deg - scale_nm);

export function intactAngle(curve: Intact, law: Law, moment_nm: number): number {
  const bent = Math.min(moment_nm, kinkOf(curve, law));
  return Math.log1p(bent / curve.scale_nm) / curve.rate_per_deg + (moment_nm - bent) / law.terminal_nm_per_deg;
}

export function intactMoment(curve: Intact, law: Law, angle_deg: number): number {
  const kink_deg = intactAngle(curve, law, Math.min(kinkOf(curve, law), law.greatest_moment_nm));
  const curved = curve.scale_nm * Math.expm1(curve.rate_per_deg * Math.min(angle_deg, kink_deg));
  return curved + law.terminal_nm_per_deg * Math.max(0, angle_deg - kink_deg);
}

/** A construct beside the intact tissue: both turn alike; by Newton's method on a convex curve. */
function besideAngle(spring: number, tissue: Intact, law: Law, moment_nm: number): number {
  let angle = Math.min(moment_nm / spring, intactAngle(tissue, law, moment_nm));
  for (let step = 0; step < STEPS; step += 1) {
    const tissue_nm = Math.min(intactMoment(tissue, law, angle), law.greatest_moment_nm);
    const over = spring * angle + tissue_nm - moment_nm;
    const tangent = Math.min(tissue.rate_per_deg * (tissue_nm + tissue.scale_nm), law.terminal_nm_per_deg);
    angle -= over / (spring + tangent);
    if (Math.abs(over) < CLOSE * (1 + moment_nm)) break;
  }
  return Math.max(0, angle);
}

/** The rotation of a fused segment whose own tissue is `tissue`. */
export function fusedAngle(spring: Spring, tissue: Intact, law: Law, moment_nm: number): number {
  if (!spring) return 0;
  if (!spring.beside_tissue) return moment_nm / spring.nm_per_deg;
  return besideAngle(spring.nm_per_deg, tissue, law, moment_nm);
}
