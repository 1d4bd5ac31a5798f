// Progress in this browser: read, changed and written at each record, so that tabs don't overwrite each
// other; where the browser doesn't keep it, the page holds it and says so. Nothing is sent anywhere.
import { carded, imported, opened, own, played, recorded, renamed } from "./changes.ts";
import type { Change } from "./changes.ts";
import { byTime, readDocument, writeDocument } from "./documents.ts";
import { asideTime, Keeper, ownerOf, PREFIX, progressKey } from "./keeper.ts";
import type { Place } from "./keeper.ts";
import { FIRST_NAME, Profiles } from "./profiles.ts";
import { reportOf } from "./report.ts";
import { emptyProgress } from "./types.ts";
import type { Attempt, CaseRun, ImportReport, KeptAside, Profile, Progress, Trouble } from "./types.ts";
import { BLOCKED, damaged, full, laidAside, newerFile, NEWER, notImported } from "./words.ts";

export interface Surroundings {
  open: () => Place | null | undefined;
  now: () => Date;
  token: () => string;
  /** Where other tabs' changes are heard: the window. */
  events: Pick<EventTarget, "addEventListener"> | null;
}

const BROWSER: Surroundings = {
  open: () => globalThis.localStorage,
  now: () => new Date(),
  token: () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  events: typeof addEventListener === "function" ? globalThis : null,
};

/** What this page changed in one document: not written yet, and written. */
interface Log {
  pending: Change[];
  done: Change[];
}

interface Loaded {
  progress: Progress;
  /** What may not be overwritten, or null. */
  untouched: string | null;
}

export class ProgressStore {
  readonly #keeper: Keeper;
  readonly #profiles: Profiles;
  readonly #around: Surroundings;
  readonly #logs = new Map<string, Log>();
  readonly #troubles = new Map<string, Trouble>();
  readonly #heard = new Set<() => void>();
  /** The document read last, with its text: many views ask for it after each change. */
  #latest: { key: string; text: string; progress: Progress } | null = null;
  #isFull = false;

  constructor(around: Partial<Surroundings> = {}) {
    this.#around = { ...BROWSER, ...around };
    this.#keeper = new Keeper(this.#around.open);
    this.#profiles = new Profiles(this.#keeper, this.#around.now, this.#around.token);
    this.#around.events?.addEventListener("storage", (event) => {
      const { key, newValue } = event as StorageEvent;
      this.#elsewhere(key, newValue);
    });
    // A page that the browser kept while another was open, as when going back to the map, was told nothing.
    this.#around.events?.addEventListener("pageshow", () => this.retry());
  }

  /** What the student in use has done, with what could not be written yet; to be read only. */
  read(): Progress {
    const { id } = this.current;
    return this.#log(id).pending.reduce((progress, change) => change.apply(progress), this.#load(id).progress);
  }

  record(item: string, attempt: Attempt, card?: unknown): void {
    this.#change(recorded(item, attempt, card));
  }

  setCard(item: string, card: unknown): void {
    this.#change(carded(item, card));
  }

  saveCase(caseId: string, run: CaseRun): void {
    this.#change(played(caseId, run));
  }

  /** Remember when a lesson was opened first. */
  openLesson(lesson: string): void {
    if (!own(this.read().lessons, lesson)) this.#change(opened(lesson, this.#around.now().toISOString()));
  }

  /** Call `heard` when anything here changes, on this page or in another tab. */
  subscribe(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  profiles(): Profile[] {
    return this.#profiles.all;
  }

  get current(): Profile {
    return this.#profiles.current;
  }

  use(id: string): boolean {
    const found = this.#profiles.use(id);
    this.#tell();
    return found;
  }

  /** Add a name and use it; throws a `RangeError` with `nameProblem` in it. */
  create(name: string): Profile {
    const { id, name: before } = this.current;
    const isEmpty = this.#keeper.get(progressKey(id)) === null && this.unsaved === 0;
    if (!isEmpty) this.#profiles.keep();
    const made = this.#profiles.create(name, isEmpty && before === FIRST_NAME ? id : undefined);
    this.#flush(made.id, true);
    this.#tell();
    return made;
  }

  rename(name: string): void {
    this.#profiles.keep();
    this.#profiles.rename(this.current.id, name);
    this.#change(renamed(this.current.name));
  }

  nameProblem(name: string, except?: string): string | null {
    return this.#profiles.problem(name, except);
  }

  /** Erase the student in use with all that is kept of them, also what was laid aside. */
  erase(): void {
    const { id } = this.current;
    this.#logs.delete(id);
    if (!this.#profiles.isNewer) {
      this.#profiles.remove(id); // first: so that other tabs know this from a document laid aside
      for (const key of [progressKey(id), ...this.#keeper.asideKeys(id)]) this.#keeper.remove(key);
      this.#troubles.delete(id);
    }
    this.retry();
  }

  /** The student's document as a file's text; where it may not be touched, as it was found. */
  exportText(): string {
    const { progress, untouched } = this.#load(this.current.id);
    const unsaved = this.#log(this.current.id).pending;
    if (untouched !== null && unsaved.length === 0) return untouched;
    return writeDocument(unsaved.reduce((each, change) => change.apply(each), progress), 1);
  }

  /** Whose a file is, or why it can't be used; nothing is changed. */
  look(text: string): { progress: Progress } | { refused: ImportReport } {
    const found = readDocument(text, this.current);
    if (found.kind === "newer") return { refused: newerFile(found.version) };
    if (found.kind === "damaged") return { refused: notImported(found.why) };
    const [first, ...more] = found.problems;
    if (first === undefined) return { progress: found.progress };
    return { refused: notImported(more.length > 0 ? `${first} (and ${more.length} more)` : first) };
  }

  /** Add what a file holds; `known` are the ids of the course's items and cases. */
  importText(text: string, known?: ReadonlySet<string>): ImportReport {
    const looked = this.look(text);
    if ("refused" in looked) return looked.refused;
    const before = this.read();
    this.#change(imported(looked.progress));
    return reportOf(before, this.read(), looked.progress, known);
  }

  /** What this student should know about how their answers are kept, the gravest only. */
  get trouble(): Trouble | null {
    const { id } = this.current;
    this.#load(id);
    if (this.#keeper.blocked) return BLOCKED;
    if (this.#profiles.isNewer) return NEWER;
    const aside = this.#keeper.asideKeys(id).at(-1);
    const found = this.#troubles.get(id) ?? (aside === undefined ? null : laidAside(asideTime(aside)));
    if (found?.kind === "newer") return found;
    return this.#isFull && this.unsaved > 0 ? full(this.unsaved) : found;
  }

  /** How many changes only this page holds. */
  get unsaved(): number {
    return this.#log(this.current.id).pending.length;
  }

  /** Try once more to write what is held by the page only. */
  retry(): void {
    for (const id of this.#logs.keys()) this.#flush(id);
    this.#tell();
  }

  /** What could not be used, of one student or of anybody, the oldest first. */
  keptAside(owner?: string): KeptAside[] {
    return this.#keeper
      .asideKeys(owner)
      .map((key) => ({ key, at: asideTime(key), text: this.#keeper.get(key) ?? "" }))
      .sort(byTime);
  }

  dropAside(key: string): void {
    if (!this.#keeper.asideKeys().includes(key)) return;
    this.#keeper.remove(key);
    for (const [id, { kind }] of this.#troubles) if (kind === "damaged") this.#troubles.delete(id);
    this.retry();
  }

  /** Characters that the student's document takes. */
  size(): number {
    return writeDocument(this.read()).length;
  }

  #change(change: Change): void {
    const { id } = this.current;
    this.#log(id).pending.push(change);
    this.#flush(id);
    this.#tell();
  }

  /** Make what is pending on what is kept now, and write it; `anyway` also if nothing is pending. */
  #flush(id: string, anyway = false): void {
    const log = this.#log(id);
    if (log.pending.length === 0 && !anyway) return;
    const { progress, untouched } = this.#load(id);
    if (untouched !== null || this.#profiles.isNewer) return;
    const changed = log.pending.reduce((each, change) => change.apply(each), progress);
    this.#profiles.keep();
    const kept = this.#keeper.set(progressKey(id), writeDocument(changed));
    this.#isFull = kept === "full";
    if (kept !== "kept") return;
    log.done.push(...log.pending);
    log.pending = [];
  }

  #load(id: string): Loaded {
    const profile = this.#profiles.all.find((each) => each.id === id) ?? this.current;
    const key = progressKey(id);
    const text = this.#keeper.get(key);
    if (text === null) return { progress: emptyProgress(profile), untouched: null };
    if (this.#latest?.key === key && this.#latest.text === text) {
      return { progress: this.#latest.progress, untouched: null };
    }
    const found = readDocument(text, profile);
    if (found.kind === "read" && found.problems.length === 0) {
      if (this.#troubles.get(id)?.kind === "newer") this.#troubles.delete(id);
      this.#latest = { key, text, progress: found.progress };
      return { progress: found.progress, untouched: null };
    }
    if (found.kind === "newer") {
      this.#troubles.set(id, NEWER);
      return { progress: emptyProgress(profile), untouched: text };
    }
    const progress = found.kind === "read" ? found.progress : emptyProgress(profile);
    const aside = this.#keeper.layAside(key, text, this.#around.now());
    this.#troubles.set(id, damaged(found.kind === "read", aside));
    if (!aside) return { progress, untouched: text };
    this.#keeper.set(key, writeDocument(progress));
    return { progress, untouched: null };
  }

  /** Another tab wrote: what it did not know of is written again, what it erased is forgotten. */
  #elsewhere(key: string | null, newValue: string | null): void {
    if (key === null) this.#logs.clear();
    else if (!key.startsWith(PREFIX)) return;
    const id = key === null ? null : ownerOf(key);
    const isErased = newValue === null && !this.#profiles.all.some((each) => each.id === id);
    if (id !== null && isErased) this.#logs.delete(id);
    else if (id !== null) this.#restore(id);
    this.retry();
  }

  #restore(id: string): void {
    const log = this.#log(id);
    if (log.done.length === 0) return;
    const { progress, untouched } = this.#load(id);
    if (untouched !== null) return;
    const lost = log.done.filter((change) => !change.isIn(progress));
    log.done = log.done.filter((change) => !lost.includes(change));
    log.pending = [...lost, ...log.pending];
  }

  #log(id: string): Log {
    const log = this.#logs.get(id) ?? { pending: [], done: [] };
    this.#logs.set(id, log);
    return log;
  }

  #tell(): void {
    for (const heard of [...this.#heard]) heard();
  }
}

const PAGE = Symbol.for("l3s1.progress");
type Registry = { [PAGE]?: ProgressStore };

/** The page's one store, also for views whose code was loaded separately. */
export function progressOf(): ProgressStore {
  return ((globalThis as Registry)[PAGE] ??= new ProgressStore());
}
