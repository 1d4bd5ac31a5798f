// The structures and their kinds, looked up, searched and put in order.
import type { ExplorerTraits, Kind, Structure } from "./types.ts";

export interface TreeKind {
  kind: Kind;
  structures: readonly Structure[];
}

export interface TreeGroup {
  id: string;
  label: string;
  kinds: readonly TreeKind[];
}

type Words = Pick<ExplorerTraits, "groups" | "kinds" | "structures">;

/** Levels in the order in which a search offers them: the middle of the model first. */
const OFFERED = ["L4", "L5", "L3", "sacrum", "S1", "L2"];

export class Catalogue {
  readonly structures: ReadonlyMap<string, Structure>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly tree: readonly TreeGroup[];
  readonly #haystacks: readonly { structure: Structure; words: readonly string[]; place: number }[];

  readonly #members = new Map<string, readonly string[]>();

  constructor({ groups, kinds, structures }: Words) {
    this.structures = new Map(structures.map((each) => [each.id, each]));
    this.kinds = new Map(kinds.map((each) => [each.id, each]));
    this.tree = groups
      .map(([id, label]) => ({
        id,
        label,
        kinds: kinds
          .filter((kind) => kind.group === id)
          .map((kind) => ({
            kind,
            structures: structures.filter((each) => each.kind === kind.id),
          }))
          .filter((entry) => entry.structures.length > 0),
      }))
      .filter((group) => group.kinds.length > 0);
    for (const group of this.tree) {
      for (const entry of group.kinds) this.#members.set(entry.kind.id, idsOf([entry]));
      this.#members.set(group.id, idsOf(group.kinds));
    }
    this.#haystacks = structures.map((structure) => ({
      structure,
      words: fold(`${structure.name} ${this.kinds.get(structure.kind)?.latin ?? ""}`).split(" "),
      place: placeInOffer(structure),
    }));
  }

  /** The name in words; an id that is not in the catalogue stands for itself. */
  say(id: string): string {
    return this.structures.get(id)?.name ?? id;
  }

  kindOf(id: string): Kind | undefined {
    return this.kinds.get(this.structures.get(id)?.kind ?? "");
  }

  /** The structures all of whose words begin as asked, best first: "l4 ped", "proc spin". */
  search(asked: string, most = 12): Structure[] {
    const parts = fold(asked).split(" ").filter(Boolean);
    if (parts.length === 0) return [];
    return this.#haystacks
      .map(({ structure, words, place }) => {
        const at = parts.map((part) => words.findIndex((word) => word.startsWith(part)));
        const exact = parts.filter((part) => words.includes(part)).length;
        return { structure, place, exact, found: !at.includes(-1), first: Math.min(...at) };
      })
      .filter(({ found }) => found)
      .sort((a, b) => b.exact - a.exact || a.first - b.first || a.place - b.place)
      .slice(0, most)
      .map(({ structure }) => structure);
  }

  /** Others of the same kind, in the model's order. */
  siblings(structure: Structure): Structure[] {
    return [...this.structures.values()].filter(
      (each) => each.kind === structure.kind && each.id !== structure.id,
    );
  }

  /** The structure of `kind` that lies nearest to `structure`: same level and side if there is. */
  nearest(kind: string, structure: Structure): Structure | undefined {
    const same = (other: Structure): number =>
      (sameLevel(other, structure) ? 2 : 0) + (other.side === structure.side ? 1 : 0);
    return [...this.structures.values()]
      .filter((each) => each.kind === kind)
      .sort((a, b) => same(b) - same(a))[0];
  }

  /** What a choice in the tree stands for: a group, a kind or a structure, as structures. */
  members(id: string): readonly string[] {
    return this.structures.has(id) ? [id] : (this.#members.get(id) ?? []);
  }
}

function idsOf(kinds: readonly TreeKind[]): string[] {
  return kinds.flatMap(({ structures }) => structures.map(({ id }) => id));
}

/** Lower case without accents and signs, so that a plain keyboard finds everything. */
export function fold(words: string): string {
  return words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Whether two structures lie at one level; a vertebra lies at the segments that it bounds. */
export function sameLevel(one: Structure, other: Structure): boolean {
  if (one.level === null || other.level === null) return false;
  const [a, b] = [one.level.split("-"), other.level.split("-")];
  return a.some((level) => b.includes(level));
}

function placeInOffer({ level, side }: Structure): number {
  const place = level === null ? -1 : OFFERED.indexOf(level.split("-")[0] ?? "");
  return place * 2 + (side === "right" ? 1 : 0);
}
