// Who learns in this browser: names that keep answers apart, and the one in use.
import { isFields, readProfile } from "./documents.ts";
import { Keeper, ownerOf, profilesKey } from "./keeper.ts";
import { VERSION } from "./types.ts";
import type { Profile } from "./types.ts";

interface List {
  current: string;
  profiles: Profile[];
}

/** Whoever has not given a name. The id is fixed so that two new tabs mean the same student. */
const FIRST_ID = "first";
export const FIRST_NAME = "Student";
const LONGEST_NAME = 40;

export class Profiles {
  /** Holds where nothing can be written, or must not be. */
  #memory: List | null = null;
  #isNewer = false;
  readonly #born: string;

  constructor(
    private readonly keeper: Keeper,
    private readonly now: () => Date,
    private readonly token: () => string,
  ) {
    this.#born = now().toISOString();
  }

  get all(): Profile[] {
    return this.#read().profiles;
  }

  get current(): Profile {
    const { current, profiles } = this.#read();
    return profiles.find(({ id }) => id === current) ?? profiles[0] ?? this.#first();
  }

  /** Whether the list itself was written by a newer course. */
  get isNewer(): boolean {
    this.#read();
    return this.#isNewer;
  }

  use(id: string): boolean {
    const { profiles } = this.#read();
    if (!profiles.some((each) => each.id === id)) return false;
    this.#write({ current: id, profiles });
    return true;
  }

  /** A new name, in use; `instead` is the id of one that it stands in for. */
  create(name: string, instead?: string): Profile {
    const made = this.#made(this.checked(name));
    const { profiles } = this.#read();
    this.#write({ current: made.id, profiles: [...profiles.filter(({ id }) => id !== instead), made] });
    return made;
  }

  rename(id: string, name: string): void {
    const called = this.checked(name, id);
    const { current, profiles } = this.#read();
    this.#write({ current, profiles: profiles.map((each) => (each.id === id ? { ...each, name: called } : each)) });
  }

  /** After the last one somebody new begins, whose id tells them from who was erased. */
  remove(id: string): void {
    const { current, profiles } = this.#read();
    const others = profiles.filter((each) => each.id !== id);
    const left = others.length > 0 ? others : [this.#made(FIRST_NAME)];
    this.#write({ current: current === id ? (left[0]?.id ?? FIRST_ID) : current, profiles: left });
  }

  /** See to it that the profile in use is in the list that is kept. */
  keep(): void {
    const { current } = this;
    const list = this.#read();
    const known = list.profiles.some(({ id }) => id === current.id);
    if (!known || this.#memory || this.keeper.get(profilesKey) === null) {
      this.#write({ current: current.id, profiles: known ? list.profiles : [...list.profiles, current] });
    }
  }

  /** What is wrong with a name, in words, or null. */
  problem(name: string, except?: string): string | null {
    const tidy = tidied(name);
    if (tidy === "") return "Write a name first.";
    if (tidy.length > LONGEST_NAME) return `Use at most ${LONGEST_NAME} characters.`;
    const taken = this.all.find(({ id, name: other }) => id !== except && fold(other) === fold(tidy));
    if (!taken) return null;
    if (taken.id === this.current.id) return `“${taken.name}” is the name in use: write another one.`;
    return `There is already a “${taken.name}” here: choose that name from the list, or use another one.`;
  }

  checked(name: string, except?: string): string {
    const problem = this.problem(name, except);
    if (problem) throw new RangeError(problem);
    return tidied(name);
  }

  #made(name: string): Profile {
    return { id: this.token(), name, created: this.now().toISOString() };
  }

  #first(): Profile {
    return { id: FIRST_ID, name: FIRST_NAME, created: this.#born };
  }

  #read(): List {
    if (this.#memory) return this.#memory;
    this.#isNewer = false;
    const text = this.keeper.get(profilesKey);
    if (text === null) return this.#fromDocuments();
    const list = readList(text);
    if (list === "newer") {
      this.#isNewer = true;
      return { current: FIRST_ID, profiles: [] };
    }
    if (list) return this.#fromDocuments(list);
    this.keeper.layAside(profilesKey, text, this.now());
    const found = this.#fromDocuments();
    this.#write(found);
    return found;
  }

  /** The list, with those whose documents are kept but who are not in it: each says whose it is. */
  #fromDocuments(list: List = { current: "", profiles: [] }): List {
    const more = this.keeper.keys().flatMap((key) => {
      const id = ownerOf(key);
      if (id === null || list.profiles.some((each) => each.id === id)) return [];
      const said = ownerIn(this.keeper.get(key));
      const name = id === FIRST_ID ? FIRST_NAME : `${FIRST_NAME} ${id}`;
      return [{ name, created: this.#born, ...said, id }];
    });
    const profiles = [...list.profiles, ...more];
    return { current: list.current || (profiles[0]?.id ?? FIRST_ID), profiles };
  }

  #write(list: List): void {
    const text = JSON.stringify({ version: VERSION, ...list });
    const kept = !this.#isNewer && this.keeper.set(profilesKey, text) === "kept";
    this.#memory = kept ? null : list;
  }
}

function readList(text: string): List | "newer" | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isFields(value) || !Array.isArray(value.profiles)) return null;
    if (typeof value.version === "number" && value.version > VERSION) return "newer";
    const profiles = value.profiles.map(readProfile);
    const isWhole = value.version === VERSION && typeof value.current === "string";
    if (!isWhole || !profiles.every((each) => each !== null)) return null;
    return { current: value.current as string, profiles };
  } catch {
    return null;
  }
}

function ownerIn(text: string | null): Profile | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isFields(value) ? readProfile(value.profile) : null;
  } catch {
    return null;
  }
}

function tidied(name: string): string {
  return name.replace(/[\p{C}\s]+/gu, " ").trim();
}

function fold(name: string): string {
  return name.normalize("NFKC").toLocaleLowerCase();
}

