// The time axis of the course: readable (x = asinh(day / scale)) or linear (x = day), and how a
// time is read and said. The rules are those of l3s1.models.time_axis; both sides are tested
// against the same cases.

export type AxisKind = "readable" | "linear";

const DAYS_PER: Record<Unit, number> = {
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 365.25 / 12,
  year: 365.25,
};
type Unit = "hour" | "day" | "week" | "month" | "year";

const SPELLINGS: Record<string, Unit> = {
  h: "hour",
  d: "day",
  wk: "week",
  w: "week",
  mo: "month",
  m: "month",
  y: "year",
  yr: "year",
};
for (const unit of Object.keys(DAYS_PER) as Unit[]) {
  SPELLINGS[unit] = unit;
  SPELLINGS[`${unit}s`] = unit;
}

/** Axis position of `day` (days after the operation, ≥ 0). */
export function dayToX(day: number, kind: AxisKind, scale_d: number): number {
  return kind === "readable" ? Math.asinh(day / scale_d) : day;
}

/** Days after the operation at axis position `x`. */
export function xToDay(x: number, kind: AxisKind, scale_d: number): number {
  return kind === "readable" ? Math.sinh(x) * scale_d : x;
}

const FINE_UNTIL_D = 3;
const FINE_STEP_D = 0.25;

/** The nearest day at which the cursor rests: quarters up to day 3, then whole days. */
export function snapDay(day: number, horizon_d: number): number {
  const step = day < FINE_UNTIL_D ? FINE_STEP_D : 1;
  return clamp(Math.round(day / step) * step, horizon_d);
}

/** One step of the cursor: 6 hours up to day 3, then 1 day; with `week`, 7 days. */
export function stepDay(day: number, direction: 1 | -1, horizon_d: number, week = false): number {
  if (week) return clamp(day + 7 * direction, horizon_d);
  const fine = direction > 0 ? day < FINE_UNTIL_D : day <= FINE_UNTIL_D;
  const step = fine ? FINE_STEP_D : 1;
  const rest = direction > 0 ? Math.floor(day / step + 1e-9) : Math.ceil(day / step - 1e-9);
  return clamp((rest + direction) * step, horizon_d);
}

/** The next (or previous) of `days`, ascending, at which something changes; else the end. */
export function turningDay(
  day: number,
  direction: 1 | -1,
  days: readonly number[],
  horizon_d: number,
): number {
  const beyond = (other: number): boolean => (other - day) * direction > 1e-9;
  const found = direction > 0 ? days.find(beyond) : days.findLast(beyond);
  return clamp(found ?? (direction > 0 ? horizon_d : 0), horizon_d);
}

export function clamp(day: number, horizon_d: number): number {
  return Math.min(Math.max(day, 0), horizon_d);
}

export type Parsed = { day: number } | { error: string };

/** Read "42", "day 42", "6 wk", "3 months", "2 y" or "12 h" as days after the operation. */
export function parseDay(text: string, horizon_d: number): Parsed {
  const quoted = `“${text.trim().slice(0, 30)}”`;
  const match = /^(?:day\s+)?(\d+(?:[.,]\d+)?)\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const unit = match ? SPELLINGS[match[2] || "d"] : undefined;
  if (!match?.[1] || !unit) {
    return { error: `${quoted} is not a time; write for instance 42, 12 h, 6 wk, 3 mo or 2 y` };
  }
  const day = Number(match[1].replace(",", ".")) * DAYS_PER[unit];
  if (day > horizon_d + 1e-9) {
    return { error: `${quoted} lies beyond the axis, which ends at ${sayDuration(horizon_d)}` };
  }
  return { day: Math.min(day, horizon_d) };
}

/** A time in the unit a clinician would use, such as "6 hours" or "10 days". */
export function sayDuration(day: number): string {
  if (day === 0) return "the operation";
  if (day < 1) return count(day, "hour");
  if (day < 14) return count(day, "day");
  if (day < 3 * DAYS_PER.month - 1) return count(day, "week");
  return count(day, day < 2 * DAYS_PER.year - 1 ? "month" : "year");
}

/** The cursor's words: "day 42 (6 weeks)"; hours before day 1. */
export function sayDay(day: number): string {
  if (day === 0) return "the operation";
  if (day < 1) return count(day, "hour");
  if (day < 14) return `day ${short(day, 2)}`;
  return `day ${short(day, 0)} (${sayDuration(day)})`;
}

function count(day: number, unit: Unit): string {
  const shown = short(day / DAYS_PER[unit], 1);
  return shown === "1" ? `1 ${unit}` : `${shown} ${unit}s`;
}

/** `value` with at most `digits` decimals; ties go to the even digit, as Python rounds. */
function short(value: number, digits: number): string {
  const scaled = value * 10 ** digits;
  const below = Math.floor(scaled);
  const isTie = scaled - below === 0.5;
  return String((isTie ? below + (below % 2) : Math.round(scaled)) / 10 ** digits);
}
