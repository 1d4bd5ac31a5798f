// What Python gives the bone's state, and what the reader chooses.
import type { Evidence } from "../evidence.ts";
import type { SceneFiles } from "../scene/load.ts";

export type Site = "posterolateral" | "interbody";
export type Outcome = "union" | "non_union";
export type ViewChoice = "posterior" | "left_lateral" | "section";
export type StageId = "chips" | "callus" | "bridging" | "bridged";

/** Days on which callus begins, bone may bridge, callus is no longer weak, the drawn bridge is whole. */
export type Moments = readonly [number, number, number, number];

export interface Stage {
  id: StageId;
  label: string;
  words: Readonly<Record<Site, { during: string; caution: string; facts: readonly string[] }>>;
}

export interface BoneTraits extends SceneFiles {
  _construct_file: string;
  choices: {
    site: readonly [Site, string][];
    outcome: readonly [Outcome, string][];
    view: readonly [ViewChoice, string][];
    scale_d: number;
    horizon_d: number;
    scheme: string;
  };
  stages: readonly Stage[];
  moments: Readonly<Record<Site, Moments>>;
  failure: {
    called_at: number;
    loose_at: number;
    too_early: string;
    failed: string;
    loose: string;
    facts: readonly string[];
  };
  load: {
    verdict: string;
    facts: readonly { id: string; statement: string; evidence: Evidence; evidence_label: string }[];
  };
  origins_gz: DataView;
  day: number;
  site: Site;
  outcome: Outcome;
  view: ViewChoice;
}

export interface Choice {
  day: number;
  site: Site;
  outcome: Outcome;
  view: ViewChoice;
}
