// Where a day lies relative to a row, and on which days that changes. The rules are those of
// l3s1.models.recovery: both ends belong to a span.
import { forPatient } from "./choices.ts";
import type { Patient, Row, Span } from "./types.ts";

export type Status = "before" | "during" | "after" | "unknown";

export function spanOf(row: Row, patient: Patient): Span | null {
  return forPatient(row.spans, patient) ?? null;
}

export function whenOf(row: Row, patient: Patient): string {
  return forPatient(row.when, patient) ?? "";
}

export function statusOf(row: Row, patient: Patient, day: number): Status {
  const span = spanOf(row, patient);
  if (!span) return "unknown";
  if (day < span[0]) return "before";
  return day <= span[2] ? "during" : "after";
}

/** The days, ascending and unique, at which a span of `rows` begins or ends for a patient. */
export function turningDays(rows: readonly Row[], patients: readonly Patient[]): number[] {
  const spans = patients
    .flatMap((patient) => rows.map((row) => spanOf(row, patient)))
    .filter((span) => span !== null);
  return [...new Set(spans.flatMap(([earliest, , latest]) => [earliest, latest]))].sort(
    (one, other) => one - other,
  );
}
