// What a link asks of the bone's state: `?bone-state.day=426&bone-state.outcome=non_union`. It is read, not
// written: on a page with a timeline the day belongs to that.
import type { BoneTraits, Choice } from "./types.ts";

export const LINK_NAME = "bone-state";

/** The state that `asked` asks for; what is unknown or off the axis is left out. */
export function readBoneLink(asked: Readonly<Record<string, string>>, choices: BoneTraits["choices"]): Partial<Choice> {
  const state: Partial<Choice> = {};
  const day = asked.day ?? "";
  if (/^\d{1,4}(\.\d{1,4})?$/.test(day) && Number(day) <= choices.horizon_d) state.day = Number(day);
  for (const key of ["site", "outcome", "view"] as const) {
    const found = choices[key].find(([id]) => id === asked[key]);
    if (found) Object.assign(state, { [key]: found[0] });
  }
  return state;
}
