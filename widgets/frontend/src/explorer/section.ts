// A section as text, as the state and the link hold it: "axial:12.5", "axial:L4-L5", "".
import type { Section, SectionPlane } from "../scene/types.ts";

/** How far the slider of a plane reaches, mm in the spine's frame. */
export const REACH: Readonly<Record<SectionPlane, readonly [low: number, high: number]>> = {
  axial: [-70, 150],
  sagittal: [-50, 50],
  coronal: [-60, 75],
};

export const PLANES = Object.keys(REACH) as SectionPlane[];

/** The section that `text` means, null for none; undefined where it means nothing. */
export function readSection(text: string, segments: readonly string[]): Section | null | undefined {
  if (text === "") return null;
  const found = /^(axial|sagittal|coronal):(.+)$/.exec(text);
  const plane = found?.[1] as SectionPlane | undefined;
  const place = found?.[2] ?? "";
  if (!plane) return undefined;
  if (plane === "axial" && segments.includes(place))
    return { plane, at: 0, segment: place, from_disc: true };
  if (!/^-?\d{1,3}(\.\d{1,2})?$/.test(place)) return undefined;
  const [low, high] = REACH[plane];
  const at = Number(place);
  return at >= low && at <= high ? { plane, at } : undefined;
}

export function writeSection(section: Section | null): string {
  if (!section) return "";
  return `${section.plane}:${section.segment ?? Number(section.at.toFixed(2))}`;
}

/** A section in words. */
export function saySection(section: Section | null): string {
  if (!section) return "no section";
  if (section.segment) return `axial, through the disc ${section.segment.replace("-", "–")}`;
  const at = `${String(section.at).replace("-", "−")} mm`;
  return `${section.plane}, at ${at}`;
}
