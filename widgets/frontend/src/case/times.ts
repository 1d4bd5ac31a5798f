// Times of a case in words and on a strip. What has not come yet has no place on it.
import { dayToX } from "../time_axis.ts";
import type { Turn } from "./course.ts";
import type { FindingData, NodeData, Rating, Time } from "./types.ts";

/** "1 hour", "14 months". */
export function sayTime({ amount, unit }: Time): string {
  const shown = String(Number(amount.toFixed(2)));
  return `${shown} ${shown === "1" ? unit.slice(0, -1) : unit}`;
}

const SHORT: Readonly<Record<Time["unit"], string>> = {
  minutes: "min",
  hours: "h",
  days: "d",
  weeks: "wk",
  months: "mo",
  years: "y",
};

/** "14 mo": as the course's axes say it. */
export function sayShort(at: Time): string {
  const { amount, unit } = rounded(at);
  return `${Number(amount.toFixed(1))} ${SHORT[unit]}`;
}

/** A moment as one would say it: of a later day no hours, of an hour the minutes, by fives. */
function sayMoment(at: Time): string {
  const { amount, unit } = rounded(at);
  const all = Math.round(amount * 12) * 5;
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (unit !== "hours" || all === 0) return sayTime({ ...at, amount });
  if (minutes === 0) return plural(hours, "hour");
  return `${hours > 0 ? `${plural(hours, "hour")} ` : ""}${plural(minutes, "minute")}`;
}

function rounded(at: Time): Time {
  return at.unit === "days" && at.amount > 2 ? { ...at, amount: Math.floor(at.amount) } : at;
}

/** When something is: "6 weeks after the operation"; `since` is the clock's words. */
export function sayWhen(at: Time, since: string): string {
  if (at.amount === 0) return since.replace(/^after /, "At ");
  return `${sayMoment(at)} ${since}`;
}

/** Where times count from, as a strip says it: "operation". */
export const sayZero = (since: string): string => since.replace(/^after the /, "");

export interface Spent {
  /** What took less than a day, together. */
  minutes: number;
  /** What took longer, had one been waited for after the other. */
  days: number;
  count: number;
  harms: readonly FindingData[];
}

/** What asking has taken so far. */
export function spent(asked: readonly FindingData[]): Spent {
  const short = asked.filter(({ time }) => time.days < 1);
  const long = asked.filter(({ time }) => time.days >= 1);
  const sum = (list: readonly FindingData[]): number => list.reduce((total, { time }) => total + time.days, 0);
  return {
    minutes: Math.round(sum(short) * 24 * 60),
    days: Number(sum(long).toFixed(2)),
    count: asked.length,
    harms: asked.filter(({ harm }) => harm !== null),
  };
}

/** "Asked for 3 things. They took 1 hour 25 minutes, and 9 days of waiting, one after the other." */
export function saySpent({ minutes, days, count }: Spent): string {
  if (count === 0) return "Nothing asked for yet.";
  const hours = Math.floor(minutes / 60);
  const parts = [
    hours > 0 && plural(hours, "hour"),
    minutes % 60 > 0 && plural(minutes % 60, "minute"),
  ].filter((each) => typeof each === "string");
  const waiting = days > 0 ? `${plural(days, "day")} of waiting` : "";
  const took = [parts.join(" "), waiting].filter(Boolean).join(", and ");
  const several = count > 1;
  return `Asked for ${plural(count, "thing")}. ${several ? "They" : "It"} took ${took}${several ? ", one after the other" : ""}.`;
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A point on a strip; `decision` counts from 1. */
export interface Point {
  at: Time;
  decision: number | null;
  rating: Rating | null;
  outcome: NodeData["outcome"];
  words: string;
}

/** The points of a course: each decision, what followed, and where it stands. */
export function pointsOf(turns: readonly Turn[], here: NodeData | null): Point[] {
  const points: Point[] = [];
  for (const [place, { node, choice, followed, to }] of turns.entries()) {
    points.push({ at: node.at, decision: place + 1, rating: choice.rating, outcome: null, words: choice.text });
    for (const each of followed) {
      points.push({ at: each.at, decision: null, rating: null, outcome: null, words: each.text });
    }
    if (to.kind === "end") {
      points.push({ at: to.at, decision: null, rating: null, outcome: to.outcome, words: to.text });
    }
  }
  if (here?.kind === "decision") {
    points.push({ at: here.at, decision: turns.length + 1, rating: null, outcome: null, words: here.question ?? "" });
  }
  return points;
}

/** Where points lie, 0 to 1, in order and at least `gap` apart; `last` is the day at the right end. */
export function placesOf(days: readonly number[], last: number, gap: number): number[] {
  const first = days.find((day) => day > 0) ?? 1;
  const scale = Math.max(first / 2, 1 / 24);
  const end = dayToX(last, "readable", scale);
  const raw = days.map((day) => (end > 0 ? dayToX(day, "readable", scale) / end : 0));
  const room = Math.min(gap, 1 / Math.max(days.length - 1, 1));
  const placed: number[] = [];
  for (const x of raw) placed.push(Math.max(x, (placed.at(-1) ?? -room) + room));
  // What was pushed over the right end is pushed back.
  for (let place = placed.length - 1, most = 1; place >= 0; place -= 1, most -= room) {
    placed[place] = Math.max(0, Math.min(placed[place] ?? 0, most));
  }
  return placed;
}
