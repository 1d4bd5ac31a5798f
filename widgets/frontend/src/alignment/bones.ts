// The drawn bones: each vertebra once, in the frame of its superior plate; a pose only turns and shifts.
import { setAttributes, svg } from "../dom.ts";
import { fitBody, fitLine, type Fit } from "./fit.ts";
import type { Corners, LateralBone, LateralBones, Ring } from "./lateral.ts";
import { buildSpine, middle, sine } from "./model.ts";
import { VERTEBRAE, type Body, type Line, type Plate, type Point, type Spine, type Vertebra } from "./types.ts";

/** No mesh of L1 exists: it takes the form of L2. */
export const FORM_OF = { L1: "L2", L2: "L2", L3: "L3", L4: "L4", L5: "L5" } as const;

const LAYERS = ["spinous", "lamina", "inferior_articular", "body", "pedicle", "superior_articular", "transverse"];
const SACRUM_LAYERS = ["spinous", "lamina", "lateral", "superior_articular", "body"];

/** How each bone is brought from the model onto the plates that are drawn. */
export type Fits = Readonly<Record<Vertebra | "sacrum", Fit>>;

export function fitBones(body: Body, bones: LateralBones): Fits {
  const straight = buildSpine(body, 40, 0, [0, 0, 0, 0, 0]);
  const fits = VERTEBRAE.map((id, place) => {
    const bone = bones[FORM_OF[id]];
    const upper = straight.plates[`${id}.upper`];
    const falls = straight.tilts[place] ?? 0;
    const corners = {
      superior: inFrame(upper, upper, falls),
      inferior: inFrame(straight.plates[`${id}.lower`], upper, falls),
    };
    const from = { superior: bone.superior, inferior: bone.inferior ?? bone.superior };
    return [id, fitBody(from, corners)] as const;
  });
  const half = body.sacrum_depth_mm / 2;
  const plate: Corners = { anterior: [-half, 0], posterior: [half, 0] };
  return { ...Object.fromEntries(fits), sacrum: fitLine(bones.sacrum.superior, plate) } as Fits;
}

/** The corners of a plate in the frame of the plate `upper`. */
function inFrame(line: Line, upper: Line, falls: number): Corners {
  const centre = middle(upper);
  const turn = ([u, v]: Point): Point => {
    const [sin, cos] = sine(falls);
    const [x, y] = [u - centre[0], v - centre[1]];
    return [x * cos + y * sin, y * cos - x * sin];
  };
  return { anterior: turn(line.anterior), posterior: turn(line.posterior) };
}

export interface DrawnBones {
  /** From far to near: the pelvis lies beside the sacrum. */
  sacrum: SVGElement;
  pelvis: SVGElement;
  discs: SVGElement;
  vertebrae: SVGElement;
  show(spine: Spine): void;
}

export function drawBones(body: Body, bones: LateralBones, names: boolean): DrawnBones {
  const fits = fitBones(body, bones);
  const vertebrae = VERTEBRAE.map((id) =>
    svg(
      "g",
      { class: "l3s1-vertebra", "data-bone": id },
      ...paths(bones[FORM_OF[id]], fits[id], LAYERS),
      ...(names ? [name(id, bodyMiddle(fits[id], bones[FORM_OF[id]]))] : []),
    ),
  );
  const sacrum = svg(
    "g",
    { class: "l3s1-vertebra", "data-bone": "sacrum" },
    ...paths(bones.sacrum, fits.sacrum, SACRUM_LAYERS),
    ...(names ? [name("S1", [-2, -15])] : []),
  );
  const [femur, hipBone, head] = pelvisPaths(body);
  const pelvis = svg("g", { class: "l3s1-pelvis" }, femur, hipBone, head);
  const annuli = VERTEBRAE.map(() => svg("path", { class: "l3s1-annulus" }));
  const nuclei = VERTEBRAE.map(() => svg("path", { class: "l3s1-nucleus" }));
  const posed = [...vertebrae, sacrum];
  return {
    sacrum,
    pelvis,
    discs: svg("g", { class: "l3s1-discs-drawn" }, ...annuli, ...nuclei),
    // lower bones lie over upper ones: their articular processes are lateral
    vertebrae: svg("g", {}, ...[...vertebrae].reverse()),
    show: (spine) => {
      posed.forEach((element, place) => {
        const plate = place === 5 ? "S1.upper" : (`L${place + 1}.upper` as Plate);
        const [u, v] = middle(spine.plates[plate]);
        const falls = spine.tilts[place] ?? 0;
        element.setAttribute("transform", `translate(${fixed(u)} ${fixed(-v)}) rotate(${fixed(-falls)})`);
      });
      VERTEBRAE.forEach((id, place) => {
        const lower = spine.plates[place === 4 ? "S1.upper" : (`L${place + 2}.upper` as Plate)];
        const upper = spine.plates[`${id}.lower`];
        setAttributes(annuli[place] as Element, { d: annulus(upper, lower) });
        setAttributes(nuclei[place] as Element, { d: nucleus(upper, lower) });
      });
      const [u, v] = spine.hip;
      pelvis.setAttribute("transform", `translate(${fixed(u)} ${fixed(-v)})`);
      // the thigh stays upright
      hipBone.setAttribute("transform", `rotate(${fixed(spine.tilt)})`);
    },
  };
}

export const fixed = (value: number): string => String(Number(value.toFixed(2)));

export function pathOf(ring: Ring): string {
  return `M${ring.map(([u, v]) => `${fixed(u)} ${fixed(-v)}`).join("L")}Z`;
}

function paths(bone: LateralBone, fit: Fit, layers: readonly string[]): SVGElement[] {
  const drawn = layers.flatMap((layer) => {
    const rings = bone.outlines.get(layer);
    if (!rings) return [];
    const d = rings.map((ring) => pathOf(ring.map(fit.forward))).join("");
    return [svg("path", { class: `l3s1-bone l3s1-bone-${layer}`, d, "fill-rule": "evenodd" })];
  });
  const whole = (bone.outlines.get("whole") ?? []).map((ring) => pathOf(ring.map(fit.forward)));
  return [...drawn, svg("path", { class: "l3s1-bone-edge", d: whole.join("") })];
}

function name(words: string, [u, v]: Point): SVGElement {
  const text = svg("text", { class: "l3s1-bone-name", x: fixed(u), y: fixed(-v) });
  text.textContent = words;
  return text;
}

function bodyMiddle(fit: Fit, { superior, inferior }: LateralBone): Point {
  const [one, other] = [superior, inferior ?? superior];
  const points = [one.anterior, one.posterior, other.anterior, other.posterior];
  const mean = (axis: 0 | 1): number => points.reduce((all, point) => all + point[axis], 0) / 4;
  return fit.forward([mean(0), mean(1)]);
}

/** A share of the way from one point to another. */
function between(from: Point, to: Point, share: number): Point {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

const at = ([u, v]: Point): string => `${fixed(u)} ${fixed(-v)}`;

/** How far a disc bulges and reaches into the hollow of its plates, mm: for the eye. */
const BULGE = 2.2;
const HOLLOW = 2.4;

function annulus(upper: Line, lower: Line): string {
  const bulge = (one: Point, other: Point, out: number): Point => {
    const [u, v] = between(one, other, 0.5);
    return [u + out * BULGE * 1.6, v];
  };
  const hollow = ({ anterior, posterior }: Line, up: number): Point => {
    const [u, v] = between(anterior, posterior, 0.5);
    return [u, v + up * HOLLOW * 2];
  };
  return (
    `M${at(upper.anterior)}Q${at(hollow(upper, 1))} ${at(upper.posterior)}` +
    `Q${at(bulge(upper.posterior, lower.posterior, 1))} ${at(lower.posterior)}` +
    `Q${at(hollow(lower, -1))} ${at(lower.anterior)}` +
    `Q${at(bulge(lower.anterior, upper.anterior, -1))} ${at(upper.anterior)}Z`
  );
}

function nucleus(upper: Line, lower: Line): string {
  const inner = (line: Line, share: number): Point => between(line.anterior, line.posterior, share);
  const front = between(inner(upper, 0.3), inner(lower, 0.3), 0.5);
  const back = between(inner(upper, 0.82), inner(lower, 0.82), 0.5);
  const top = between(inner(lower, 0.58), inner(upper, 0.58), 1.05);
  const low = between(inner(upper, 0.58), inner(lower, 0.58), 1.05);
  return `M${at(front)}Q${at(top)} ${at(back)}Q${at(low)} ${at(front)}Z`;
}

/** Right hip bone and femur, drawn by hand for a hip axis at the origin, mm; see `PELVIS_TILT`. */
const HIP_BONE: Ring = [
  [-56, 68], [-55, 84], [-44, 110], [-22, 134], [8, 149], [40, 151], [70, 140], [92, 118], [103, 94],
  [100, 80], [89, 68], [70, 62], [55, 50], [50, 34], [54, 16], [60, 4], [48, -8], [46, -20], [54, -36],
  [50, -58], [34, -74], [14, -74], [-14, -66], [-42, -58], [-60, -50], [-66, -36], [-60, -24],
  [-42, -10], [-34, 6], [-34, 26], [-40, 40], [-44, 52],
];
const OBTURATOR: Ring = [
  [-36, -34], [-20, -26], [0, -28], [14, -38], [16, -52], [2, -60], [-18, -56], [-34, -46],
];
const FEMUR: Ring = [
  [-21, -14], [-16, -34], [-10, -58], [-9, -110], [24, -110], [25, -62], [30, -34], [32, -12], [24, 8], [8, 12],
];
/** Pelvic tilt and distance from hip axis to sacrum for which the pelvis is drawn, degrees and mm. */
const PELVIS_TILT = 13;
const PELVIS_MM = 107;

function pelvisPaths(body: Body): [femur: SVGElement, hipBone: SVGElement, head: SVGElement] {
  const { hipBone, obturator, femur } = pelvisRings(body, 0);
  return [
    svg("path", { class: "l3s1-femur", d: curve(femur) }),
    svg("path", { class: "l3s1-hip-bone", d: curve(hipBone) + curve(obturator), "fill-rule": "evenodd" }),
    svg("circle", { class: "l3s1-femoral-head", r: body.head_radius_mm }),
  ];
}

/** A smooth closed line through points (Catmull–Rom). */
export function curve(ring: Ring): string {
  const point = (place: number): Point => ring[(place + ring.length) % ring.length] as Point;
  const parts = ring.map((start, place) => {
    const [before, end, after] = [point(place - 1), point(place + 1), point(place + 2)];
    const first: Point = [start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6];
    const second: Point = [end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6];
    return `C${at(first)} ${at(second)} ${at(end)}`;
  });
  return `M${at(point(0))}${parts.join("")}Z`;
}

/** The pelvis as rings for a film: around the hip axis, at this pelvic tilt. */
export function pelvisRings(body: Body, tilt: number): { hipBone: Ring; obturator: Ring; femur: Ring } {
  const scale = body.hip_distance_mm / PELVIS_MM;
  const [sin, cos] = sine(PELVIS_TILT - tilt);
  const place = ([u, v]: Point): Point => [(u * cos - v * sin) * scale, (u * sin + v * cos) * scale];
  // the thigh stays upright
  const upright = ([u, v]: Point): Point => [u * scale, v * scale];
  return {
    hipBone: HIP_BONE.map(place),
    obturator: OBTURATOR.map(place),
    femur: FEMUR.map(upright),
  };
}
