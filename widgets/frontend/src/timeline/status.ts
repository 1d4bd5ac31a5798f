// Where a day lies relative to a row, and on which days that changes. The rules are those of
// l3s1.models.recovery: both ends belong to a span.
import type { ByApproach, Row, Span } from "./types.ts";

export type Status = "before" | "during" | "after" | "unknown";

/** The entry of `approach`, else of "any". */
export function forApproach<T>(table: ByApproach<T>, approach: string): T | undefined {
  return Object.hasOwn(table, approach) ? table[approach] : table.any;
}

export function spanOf(row: Row, approach: string): Span | null {
  return forApproach(row.spans, approach) ?? null;
}

export function statusOf(row: Row, approach: string, day: number): Status {
  const span = spanOf(row, approach);
  if (!span) return "unknown";
  if (day < span[0]) return "before";
  return day <= span[2] ? "during" : "after";
}

/** The days, ascending and unique, at which a span of `rows` begins or ends. */
export function turningDays(rows: readonly Row[], approach: string): number[] {
  const spans = rows.map((row) => spanOf(row, approach)).filter((span) => span !== null);
  return [...new Set(spans.flatMap(([earliest, , latest]) => [earliest, latest]))].sort(
    (one, other) => one - other,
  );
}
