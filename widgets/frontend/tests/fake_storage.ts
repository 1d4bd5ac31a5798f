// A browser's storage in memory: with little room, blocked, or written by another tab.
import type { Place } from "../src/progress/keeper.ts";
import { ProgressStore } from "../src/progress/store.ts";
import type { Attempt } from "../src/progress/types.ts";

export class FakeStorage implements Place {
  readonly held = new Map<string, string>();
  /** Characters of keys and values that there is room for. */
  room = Infinity;

  get length(): number {
    return this.held.size;
  }

  key(at: number): string | null {
    return [...this.held.keys()][at] ?? null;
  }

  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    const others = [...this.held].filter(([each]) => each !== key);
    const used = others.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (used + key.length + text.length > this.room) throw new DOMException("no room", "QuotaExceededError");
    this.held.set(key, text);
  }

  removeItem(key: string): void {
    this.held.delete(key);
  }

  /** Keys that begin so. */
  keys(prefix: string): string[] {
    return [...this.held.keys()].filter((key) => key.startsWith(prefix));
  }
}

/** Another tab's change, as a browser tells of it. */
export function tell(events: EventTarget, key: string | null, newValue: string | null): void {
  events.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
}

export interface Tab {
  store: ProgressStore;
  events: EventTarget;
}

const START = Date.UTC(2026, 10, 25, 14, 30);

/** A page on a storage, with a clock that goes on by a minute whenever it is looked at. */
export function openTab(place: Place | (() => Place)): Tab {
  let looked = 0;
  let tokens = 0;
  const events = new EventTarget();
  const store = new ProgressStore({
    open: typeof place === "function" ? place : () => place,
    now: () => new Date(START + 60_000 * looked++),
    token: () => `profile-${++tokens}`,
    events,
  });
  return { store, events };
}

export function attempt(minute: number, more: Partial<Attempt> = {}): Attempt {
  const at = new Date(START + 60_000 * minute).toISOString();
  return { at, response: "a", correct: true, share: 1, certainty: 2, place: "lesson", ...more };
}
