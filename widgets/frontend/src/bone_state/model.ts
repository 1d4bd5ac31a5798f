// The scheme of l3s1.models.bone_state, and what the scene shows of it.
import type { SceneState } from "../scene/types.ts";
import type { BoneTraits, Choice, Moments, StageId } from "./types.ts";

export interface BoneState {
  stage: StageId;
  /** Shares 0 … 1. */
  chips: number;
  callus: number;
  bridge: number;
}

/** The share of chips that stays drawn where bone does not unite. */
const LEFT = 0.35;

export function boneState(day: number, moments: Moments): BoneState {
  const [callusFrom, bridgingFrom, callusUntil, bridgedAt] = moments;
  const bridge = ramp(day, bridgingFrom, bridgedAt);
  const callus = ramp(day, callusFrom, bridgingFrom) * (1 - ramp(day, callusUntil, bridgedAt));
  const stage: StageId =
    day < callusFrom ? "chips" : day < bridgingFrom ? "callus" : day < bridgedAt ? "bridging" : "bridged";
  return { stage, chips: 1 - bridge, callus, bridge };
}

export function failedState(day: number, moments: Moments, calledAt: number): BoneState {
  const { stage, chips, callus, bridge } = boneState(Math.min(day, calledAt), moments);
  return {
    stage: stage === "bridged" ? "bridging" : stage,
    chips: Math.max(chips, LEFT),
    callus,
    bridge: Math.min(bridge, 1 - LEFT),
  };
}

function ramp(day: number, start: number, end: number): number {
  return day >= end ? 1 : day <= start ? 0 : (day - start) / (end - start);
}

const SEGMENTS = ["L3-L4", "L4-L5", "L5-S1"] as const;
const SIDES = ["left", "right"] as const;
const both = (name: string): string[] => SIDES.map((side) => `${name}.${side}`);
const AT_RISK = "L5-S1";
const CALLUS_OPACITY = 0.6;
/** Opacities go in steps, so that a moving day makes few materials. */
const STEP = 0.05;
const UNSEEN = ["iliac_crest.left", "iliac_crest.right", "L2", "L2-L3.annulus_fibrosus", "L2-L3.nucleus_pulposus"];

/** What the picture is framed round. */
export const FRAMED: Readonly<Record<Choice["site"], readonly string[]>> = {
  posterolateral: ["L3", "L4", "L5", "rod.left", "rod.right", "L5-S1.bridging_bone.left"],
  interbody: ["L3.vertebral_body", "L4", "L5", "L5-S1.interbody_cage", "rod.left"],
};

/** `bedAt`: mm from the midline at which a cut meets the left bed. */
export function sceneOf(choice: Choice, traits: Pick<BoneTraits, "moments" | "failure">, bedAt: number) {
  const { day, site, outcome, view } = choice;
  const { moments, failure } = traits;
  const failing = outcome === "non_union";
  const at = {
    posterolateral: boneState(day, moments.posterolateral),
    interbody: boneState(day, moments.interbody),
  };
  const failed = {
    posterolateral: failedState(day, moments.posterolateral, failure.called_at),
    interbody: failedState(day, moments.interbody, failure.called_at),
  };
  const called = failing && day >= failure.called_at;
  const loose = failing && day >= failure.loose_at;
  const hidden = new Set(UNSEEN);
  const opacity: Record<string, number> = {};
  const hide = (names: readonly string[], when: boolean): void => {
    if (when) for (const name of names) hidden.add(name);
  };
  for (const segment of SEGMENTS) {
    const open = failing && segment === AT_RISK;
    const bed = open ? failed.posterolateral : at.posterolateral;
    const disc = open ? failed.interbody : at.interbody;
    hidden.add(`${segment}.nucleus_pulposus`);
    opacity[`${segment}.annulus_fibrosus`] = 0.3;
    for (const name of both(`${segment}.soft_callus`)) {
      opacity[name] = Math.round((bed.callus * CALLUS_OPACITY) / STEP) * STEP;
    }
    hide(both(`${segment}.bridging_bone`), bed.bridge === 0 || (open && called));
    hide([`${segment}.interbody_bone`], disc.bridge === 0 || (open && called));
    hide(both(`${segment}.graft_chips`), bed.chips < STEP);
    hide([`${segment}.interbody_graft`], disc.chips < STEP);
  }
  hide([...both(`${AT_RISK}.ununited_bone`), `${AT_RISK}.ununited_interbody_bone`], !called);
  hide(both("S1.screw_halo"), !loose);
  if (loose && site === "posterolateral") opacity.sacrum = 0.4;
  const bed = failing ? failed.posterolateral : at.posterolateral;
  const disc = failing ? failed.interbody : at.interbody;
  const state: Partial<SceneState> = {
    peeled: 4,
    hidden: [...hidden],
    opacity,
    morph: {
      posterolateral_bridging: at.posterolateral.bridge,
      interbody_bridging: at.interbody.bridge,
      posterolateral_graft_consumed: 1 - bed.chips,
      interbody_graft_consumed: 1 - disc.chips,
    },
    section:
      view === "section"
        ? { plane: "sagittal", at: site === "interbody" ? 0 : bedAt }
        : null,
    labels: labelsOf(choice, failing ? failed[site] : at[site], called, loose),
  };
  return { scene: state, bone: failing ? failed[site] : at[site], called, loose };
}

/** What changes is named, and what holds it. */
function labelsOf({ site, view }: Choice, bone: BoneState, called: boolean, loose: boolean): string[] {
  const grown = bone.bridge > 0.5;
  if (site === "interbody") {
    const what = called ? "L5-S1.ununited_interbody_bone" : grown ? "L4-L5.interbody_bone" : "L4-L5.interbody_graft";
    return [what, "L4-L5.interbody_cage"];
  }
  const what = called ? "L5-S1.ununited_bone.left" : `L4-L5.${grown ? "bridging_bone" : "graft_chips"}.left`;
  return view === "section" ? [what] : [what, loose ? "S1.screw_halo.left" : "L4.pedicle_screw.left", "rod.left"];
}
