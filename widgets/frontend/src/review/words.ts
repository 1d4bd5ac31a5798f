// Dates and counts as a student reads them.
import { type Card, daysToDue } from "./schedule.ts";

const DATE = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** "tomorrow", "in 8 days, on Thursday 3 December". */
export function sayWhen(due: Date, days: number): string {
  if (days <= 0) return "today";
  if (days === 1) return "tomorrow";
  return `in ${days} days, on ${DATE.format(due).replace(",", "")}`;
}

export function sayDue(card: Card, now: Date): string {
  return `Due again ${sayWhen(new Date(card.due), daysToDue(card, now))}.`;
}

export function count(n: number, one: string, more = `${one}s`): string {
  return `${n} ${n === 1 ? one : more}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
