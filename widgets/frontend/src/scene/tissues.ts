// How tissues look: one table for surfaces, cut faces and their order. The hues are those of every
// picture of the course: bone ivory, disc blue-grey, nerve yellow, artery red, vein blue, and so on.

export interface TissueLook {
  /** CSS colours of the surface on a light and on a dark page. */
  light: string;
  dark: string;
  /** Opacity where the state names none. */
  opacity: number;
  /** 0 dull … 1 moist. */
  gloss: number;
  /** On a cut, what lies inside others is drawn above them. */
  rank: number;
  /** How much paler a cut face is than the surface, 0 … 1. */
  pale: number;
  /** Width of a cut face's outline, mm. */
  rim: number;
}

const OTHER: TissueLook = {
  light: "#b8bcc4", dark: "#9aa2ad", opacity: 1,
  gloss: 0.2, rank: 1, pale: 0.2, rim: 0.4,
};

const LOOKS: Readonly<Record<string, TissueLook>> = {
  muscle: {
    light: "#b5655c", dark: "#a65a52", opacity: 0.55,
    gloss: 0.25, rank: 0, pale: 0.12, rim: 0.5,
  },
  bone: {
    light: "#ecdcb9", dark: "#e0cfa9", opacity: 1,
    gloss: 0.18, rank: 1, pale: 0.25, rim: 1,
  },
  annulus: {
    light: "#8fa6ba", dark: "#829bb1", opacity: 1,
    gloss: 0.35, rank: 2, pale: 0.2, rim: 0.5,
  },
  ligament: {
    light: "#b4c1a8", dark: "#a3b197", opacity: 1,
    gloss: 0.3, rank: 3, pale: 0.1, rim: 0.4,
  },
  nucleus: {
    light: "#c3d5e2", dark: "#b7cad8", opacity: 1,
    gloss: 0.5, rank: 4, pale: 0.35, rim: 0.4,
  },
  vein: {
    light: "#4a6fb5", dark: "#5b80c4", opacity: 1,
    gloss: 0.5, rank: 5, pale: 0.15, rim: 0.6,
  },
  artery: {
    light: "#c8423f", dark: "#cf5450", opacity: 1,
    gloss: 0.5, rank: 6, pale: 0.15, rim: 0.6,
  },
  dura: {
    light: "#eedb8e", dark: "#e0cc7d", opacity: 1,
    gloss: 0.4, rank: 7, pale: 0.45, rim: 0.4,
  },
  nerve: {
    light: "#e8bd35", dark: "#e3b93a", opacity: 1,
    gloss: 0.4, rank: 8, pale: 0.1, rim: 0.35,
  },
  lucency: {
    light: "#a3327f", dark: "#d765b2", opacity: 0.4,
    gloss: 0.1, rank: 9, pale: 0.1, rim: 0.4,
  },
  soft_callus: {
    light: "#c9a5a0", dark: "#b8928d", opacity: 0.45,
    gloss: 0.45, rank: 9, pale: 0.2, rim: 0.4,
  },
  new_bone: {
    light: "#dcb98a", dark: "#cfa877", opacity: 1,
    gloss: 0.15, rank: 10, pale: 0.2, rim: 0.6,
  },
  graft: {
    light: "#c98c52", dark: "#cb8f57", opacity: 1,
    gloss: 0.15, rank: 11, pale: 0.15, rim: 0.4,
  },
  implant: {
    light: "#8b96a3", dark: "#97a3b1", opacity: 1,
    gloss: 1.6, rank: 12, pale: 0.1, rim: 0.5,
  },
};

export function lookOf(tissue: string): TissueLook {
  return LOOKS[tissue] ?? OTHER;
}

/** What is only hinted at, and must not hide what lies behind it: opacity where none is named. */
const HINTED: readonly (readonly [prefix: string, opacity: number])[] = [["iliac_crest", 0.3]];

/** 0 … 1 of a part that the state says nothing of. */
export function usualOpacity(part: string, tissue: string): number {
  const hinted = HINTED.find(([prefix]) => part.startsWith(prefix));
  return hinted?.[1] ?? lookOf(tissue).opacity;
}

/** The layers, outermost first: the order in which they are peeled off. */
export const LAYERS = ["muscles", "vessels", "ligaments", "nerves", "discs", "bones"] as const;

/** How many mm the parts of a layer move outwards when the model is pulled apart. */
export const OUTWARDS_MM: Readonly<Record<string, number>> = {
  muscles: 70,
  vessels: 55,
  ligaments: 38,
  nerves: 48,
  discs: 0,
  bones: 0,
};
