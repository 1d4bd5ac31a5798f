// The browser's storage, which may be blocked, full or changed by anybody: nothing here throws.

/** All that is used of `Storage`. */
export type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export type Kept = "kept" | "full" | "blocked";

export const PREFIX = "l3s1.";
const PROFILES = "l3s1.profiles";
const PROGRESS = "l3s1.progress.";
const ASIDE = "l3s1.kept.";
/** What the page remembers for comfort only, and gives up where progress needs the room. */
const COMFORT = "l3s1-heights:";

export const profilesKey = PROFILES;
export const progressKey = (id: string): string => `${PROGRESS}${id}`;

/** Whose progress a key holds, or null. */
export function ownerOf(key: string): string | null {
  return key.startsWith(PROGRESS) ? key.slice(PROGRESS.length) : null;
}

export class Keeper {
  /** Whether the browser refuses to keep, or to hand out, anything at all. */
  blocked = false;

  constructor(private readonly open: () => Place | null | undefined) {}

  get(key: string): string | null {
    return this.#use((place) => place.getItem(key)) ?? null;
  }

  keys(prefix = PREFIX): string[] {
    const all = this.#use((place) => Array.from({ length: place.length }, (_, at) => place.key(at)));
    return (all ?? []).filter((key): key is string => key?.startsWith(prefix) ?? false).sort();
  }

  set(key: string, text: string): Kept {
    const first = this.#write(key, text);
    if (first !== "full") return first;
    const comfort = this.keys(COMFORT);
    for (const each of comfort) this.remove(each);
    return comfort.length > 0 ? this.#write(key, text) : first;
  }

  remove(key: string): void {
    this.#use((place) => place.removeItem(key));
  }

  /** Move a text that can't be used out of the way; false, with nothing changed, where that fails. */
  layAside(key: string, text: string, at: Date): boolean {
    const owner = ownerOf(key) ?? "profiles";
    const stem = `${ASIDE}${at.toISOString()}.${owner}`;
    let name = stem;
    for (let more = 2; this.get(name) !== null; more += 1) name = `${stem}.${more}`;
    this.remove(key); // first: there may be no room for both
    if (this.set(name, text) === "kept") return true;
    this.set(key, text);
    return false;
  }

  /** Keys of what was laid aside, the latest last; of one owner or of all. */
  asideKeys(owner?: string): string[] {
    return this.keys(ASIDE).filter((key) => owner === undefined || asideOwner(key) === owner);
  }

  #write(key: string, text: string): Kept {
    try {
      const place = this.open();
      if (!place) throw new Error("no storage");
      place.setItem(key, text);
      this.blocked = false;
      return "kept";
    } catch (error) {
      // Some browsers give a blocked page a storage without any room.
      if (isQuota(error) && this.keys("").length > 0) return "full";
      this.blocked = true;
      return "blocked";
    }
  }

  #use<T>(act: (place: Place) => T): T | undefined {
    try {
      const place = this.open();
      if (place) return act(place);
    } catch {
      // as if there were none
    }
    this.blocked = true;
    return undefined;
  }
}

const TIME_LENGTH = new Date(0).toISOString().length;

export function asideTime(key: string): string {
  return key.slice(ASIDE.length, ASIDE.length + TIME_LENGTH);
}

function asideOwner(key: string): string {
  return key.slice(ASIDE.length + TIME_LENGTH + 1).replace(/\.\d+$/, "");
}

function isQuota(error: unknown): boolean {
  const name = error instanceof Error || isNamed(error) ? error.name : "";
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}

function isNamed(error: unknown): error is { name: string } {
  return typeof error === "object" && error !== null && typeof Reflect.get(error, "name") === "string";
}
