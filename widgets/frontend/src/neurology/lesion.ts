// What one lesion shows on the body.
import type { BodyShown, Patch } from "./body.ts";
import type { Note } from "./body_drawing.ts";
import type { Hit, Lesion, NeurologyTraits, RootInfo, Side, Sign } from "./types.ts";
import { sidesOf } from "./words.ts";
import type { StateValues } from "./state.ts";

type Place = Pick<StateValues, "level" | "zone" | "cause">;

export const NO_LESION: Lesion = {
  hits: [],
  expected: [],
  cauda_equina: false,
  says: "",
  facts: [],
};

export function lesionOf(
  traits: Pick<NeurologyTraits, "lesions">,
  { level, zone, cause }: Place,
): Lesion {
  return traits.lesions[`${level}|${zone}|${cause}`] ?? NO_LESION;
}

/** The body with a lesion of `side`: what its roots supply, and reflexes that may be lost. */
export function lesionBody(
  traits: Pick<NeurologyTraits, "roots" | "signs">,
  lesion: Lesion,
  side: Side,
): BodyShown {
  const hits = lesion.hits.flatMap((hit) => {
    const root = traits.roots.find(({ id }) => id === hit.root);
    return root ? [{ hit, root }] : [];
  });
  return {
    patches: hits.flatMap(({ hit, root }) => patchesOf(hit, root, side)),
    notes: [
      ...hits.flatMap(({ hit, root }) => namesOf(hit, root, side)),
      ...lesion.expected.flatMap(({ sign, certainty, sides }) => {
        const found = traits.signs.find(({ id }) => id === sign);
        return found?.kind === "reflex" ? reflexNotes(found, sidesOf(sides, side), certainty) : [];
      }),
    ],
    say: (area, where) => sayArea(traits.roots, lesion, side, area, where),
    sides: ["left", "right"],
  };
}

function patchesOf(hit: Hit, { id, areas }: RootInfo, side: Side): Patch[] {
  return sidesOf(hit.sides, side).flatMap((each) => [
    ...areas.overlap.map((area): Patch => ({ paint: id, area, side: each, strength: "wide" })),
    ...areas.core.map((area): Patch => ({
      paint: id,
      area,
      side: each,
      strength: hit.certainty === "hits" ? "core" : "wide",
    })),
  ]);
}

function namesOf(hit: Hit, { id, areas }: RootInfo, side: Side): Note[] {
  const text = hit.certainty === "hits" ? id.replace("-", "–") : `${id.replace("-", "–")} ?`;
  const named = areas.core.slice(0, 1);
  return sidesOf(hit.sides, side).flatMap((each) =>
    named.map((area): Note => ({ at: area, side: each, text, tone: "plain" })),
  );
}

function reflexNotes(sign: Sign, sides: readonly Side[], certainty: "usual" | "possible"): Note[] {
  const text = certainty === "usual" ? "↓" : "↓?";
  return sides.map((side): Note => ({ at: sign.where, side, text, tone: "present" }));
}

/** An area in words: which roots supply it, and what the lesion does there. */
function sayArea(
  roots: readonly RootInfo[],
  lesion: Lesion,
  side: Side,
  area: string,
  where: Side,
): string {
  const of = (part: "core" | "overlap"): string[] =>
    roots.filter(({ areas }) => areas[part].includes(area)).map(({ id }) => id.replace("-", "–"));
  const [core, overlap] = [of("core"), of("overlap")];
  const supplied = [
    core.length > 0 ? `mostly ${core.join(" and ")}` : "",
    overlap.length > 0 ? `shared with ${overlap.join(", ")}` : "",
  ].filter((part) => part !== "");
  const hit = lesion.hits.some(
    (each) =>
      sidesOf(each.sides, side).includes(where) &&
      roots.some(
        ({ id, areas }) => id === each.root && [...areas.core, ...areas.overlap].includes(area),
      ),
  );
  return `${supplied.join(", ") || "no root of these"}${hit ? "; may be numb" : ""}`;
}
