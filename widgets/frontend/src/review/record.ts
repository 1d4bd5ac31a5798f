// An answer becomes a card at once, wherever in the course it is given.
import type { ProgressStore } from "../progress/store.ts";
import type { Attempt } from "../progress/types.ts";
import { type Card, nextCard } from "./schedule.ts";

/** Keep an answer together with the card that follows from it. */
export function recordAnswer(
  store: Pick<ProgressStore, "read" | "record">,
  item: string,
  attempt: Attempt,
  now = new Date(),
): Card | null {
  const { items } = store.read();
  const card = nextCard(Object.hasOwn(items, item) ? items[item] : undefined, attempt, now);
  store.record(item, attempt, card ?? undefined);
  return card;
}
