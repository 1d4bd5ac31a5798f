// When an item comes back: FSRS (ts-fsrs) on what the student answered, as docs/review.md describes.
// A card follows from the attempts alone, so that one that is missing, damaged or out of date is made anew.
import { FSRSAlgorithm, Rating } from "ts-fsrs";
import type { Attempt, ItemRecord } from "../progress/types.ts";

/** What is kept with an item's attempts: plain JSON, times as ISO. */
export interface Card {
  version: typeof CARD_VERSION;
  due: string;
  last_review: string;
  /** Days after which nine of ten such items are still recalled. */
  stability: number;
  /** 1 to 10. */
  difficulty: number;
  /** Days from the last review to the due date. */
  interval: number;
  /** How the last answer that counted was graded. */
  grade: Grade;
  /** Answers that counted, and those of them that were wrong. */
  reviews: number;
  lapses: number;
  /** Attempts that the card was made from, and the time of the last. */
  attempts: number;
  latest: string;
}

export const CARD_VERSION = 1;
export type Grade = Rating.Again | Rating.Hard | Rating.Good | Rating.Easy;

const LONGEST_DAYS = 365;
/** Answers that follow an answer more closely were read a moment ago, not recalled. */
const SITTING_HOURS = 6;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// Whole days only, and no fuzz: the same answers give the same dates.
const fsrs = new FSRSAlgorithm({
  request_retention: 0.9,
  maximum_interval: LONGEST_DAYS,
  enable_short_term: false,
  enable_fuzz: false,
});

/** What an answer says of the memory behind it: certainty tells a lucky guess from knowledge. */
export function gradeOf({ correct, certainty }: Pick<Attempt, "correct" | "certainty">): Grade {
  if (!correct) return Rating.Again;
  if (certainty === 1) return Rating.Hard;
  return certainty === 3 ? Rating.Easy : Rating.Good;
}

/** The card of an item, or null where no answer can be placed in time yet. */
export function cardOf(record: ItemRecord, now: Date): Card | null {
  const attempts = usable(record.attempts, now);
  const kept = readCard(record.card);
  const latest = attempts.at(-1)?.at;
  if (kept && kept.attempts === attempts.length && kept.latest === latest) return kept;
  return attempts.reduce<Card | null>(follow, null);
}

/** The card once `attempt` is added to `record`. */
export function nextCard(record: ItemRecord | undefined, attempt: Attempt, now: Date): Card | null {
  const attempts = [...(record?.attempts ?? []), attempt].sort((a, b) => compare(a.at, b.at));
  return cardOf({ attempts, card: record?.card }, now);
}

/** The answers that tell what was known: the first of each sitting, and a miss that followed it. */
export function countedAttempts(record: ItemRecord, now: Date): Attempt[] {
  let card: Card | null = null;
  return usable(record.attempts, now).filter((attempt) => {
    const before: number = card?.reviews ?? 0;
    card = follow(card, attempt);
    return card.reviews > before;
  });
}

/** Whether an item is to be asked today: cards come due with the student's day, not with the hour. */
export function isDue(record: ItemRecord, now: Date): boolean {
  if (record.attempts.length === 0) return false;
  const card = cardOf(record, now);
  return card === null || startOfDay(new Date(card.due)) <= now.getTime();
}

export interface Due {
  id: string;
  card: Card | null;
  /** The chance that it is still recalled; the least comes first. */
  recall: number;
}

/** Those of `ids` that are due, what is most nearly forgotten first. */
export function dueItems(
  items: Readonly<Record<string, ItemRecord>>,
  ids: Iterable<string>,
  now: Date,
): Due[] {
  const due: Due[] = [];
  for (const id of ids) {
    const record = Object.hasOwn(items, id) ? items[id] : undefined;
    if (!record || !isDue(record, now)) continue;
    const card = cardOf(record, now);
    due.push({ id, card, recall: card ? recallOf(card, now) : 0 });
  }
  return due.sort((a, b) => a.recall - b.recall || compare(a.id, b.id));
}

/** The chance, by the model, that an item is recalled now. */
export function recallOf(card: Card, now: Date): number {
  return fsrs.forgetting_curve(days(card.last_review, now.toISOString()), card.stability);
}

/** Days of the calendar from today to the due date; 0 or less where it is due. */
export function daysToDue(card: Card, now: Date): number {
  return Math.round((startOfDay(new Date(card.due)) - startOfDay(now)) / DAY_MS);
}

/** Attempts by time; what lies in the future was dated by a clock that was wrong, and waits. */
function usable(attempts: readonly Attempt[], now: Date): readonly Attempt[] {
  const end = new Date(now.getTime() + DAY_MS).toISOString();
  const latest = attempts.at(-1);
  return latest && latest.at > end ? attempts.filter(({ at }) => at <= end) : attempts;
}

function follow(card: Card | null, attempt: Attempt): Card {
  const grade = gradeOf(attempt);
  if (card && !counts(card, attempt, grade)) {
    return { ...card, attempts: card.attempts + 1, latest: attempt.at };
  }
  const wrong = grade === Rating.Again;
  const elapsed = card ? Math.max(1, Math.round(days(card.last_review, attempt.at))) : 0;
  const state = fsrs.next_state(card, elapsed, grade);
  const interval = fsrs.next_interval(state.stability, elapsed);
  return {
    version: CARD_VERSION,
    due: new Date(Date.parse(attempt.at) + interval * DAY_MS).toISOString(),
    last_review: attempt.at,
    stability: state.stability,
    difficulty: state.difficulty,
    interval,
    grade,
    reviews: (card?.reviews ?? 0) + 1,
    lapses: (card?.lapses ?? 0) + Number(wrong),
    attempts: (card?.attempts ?? 0) + 1,
    latest: attempt.at,
  };
}

/** Within one sitting only the first answer counts, and the first that shows a miss after it. */
function counts(card: Card, attempt: Attempt, grade: Grade): boolean {
  const isLater = days(card.last_review, attempt.at) * 24 >= SITTING_HOURS;
  return isLater || (grade === Rating.Again && card.grade !== Rating.Again);
}

/** What is kept as a card, where every part of it can be one. */
function readCard(value: unknown): Card | null {
  if (typeof value !== "object" || value === null) return null;
  const card = value as Card;
  const isRead =
    card.version === CARD_VERSION &&
    [card.due, card.last_review, card.latest].every(isTime) &&
    isWithin(card.stability, 0.001, 36_500) &&
    isWithin(card.difficulty, 1, 10) &&
    isWithin(card.interval, 1, LONGEST_DAYS) &&
    Date.parse(card.due) - Date.parse(card.last_review) === card.interval * DAY_MS &&
    isWithin(card.grade, Rating.Again, Rating.Easy) &&
    isWithin(card.reviews, 1, card.attempts) &&
    isWithin(card.lapses, 0, card.reviews);
  return isRead ? card : null;
}

function isTime(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

function isWithin(value: unknown, low: number, high: unknown): boolean {
  return typeof value === "number" && typeof high === "number" && value >= low && value <= high;
}

function days(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
