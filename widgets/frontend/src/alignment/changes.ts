// What sliders and drags ask for, brought to what can be, with a word why where it can't.
import { degrees } from "./angles.ts";
import { LOW, clamp, rounded, segmentLimits, sum } from "./model.ts";
import { holds, possibleTilt } from "./reading.ts";
import { SEGMENTS, type Body, type Norms, type Point, type StateValues } from "./types.ts";
import { dashed } from "./words.ts";

export interface Change {
  change: Partial<StateValues>;
  /** Why it is not what was asked for; "" where it is. */
  why: string;
}

const tenth = (angle: number): number => Math.round(angle * 10) / 10;

/** The nearest tenth that stays within limits. */
function tenthWithin(angle: number, low: number, high: number): number {
  return clamp(tenth(angle), Math.ceil(low * 10) / 10, Math.floor(high * 10) / 10);
}

export class Changes {
  readonly limits: readonly (readonly [low: number, high: number])[];

  constructor(
    body: Body,
    private readonly norms: Norms,
  ) {
    this.limits = segmentLimits(body).map(([low, high]) => [
      Math.ceil(low * 10) / 10,
      Math.floor(high * 10) / 10,
    ]);
  }

  incidence(asked: number, { tilt }: StateValues): Change {
    const { low, high } = this.norms.ranges.incidence;
    const incidence = tenthWithin(asked, low, high);
    const possible = possibleTilt(this.norms, incidence, tilt);
    const why =
      rounded(asked - incidence) !== 0 && (asked < low - 0.05 || asked > high + 0.05)
        ? `PI stops at ${degrees(incidence)}: no pelvis beyond that was reported.`
        : possible !== tilt
          ? "PT gives way: the sacral plate would tip backward past level."
          : "";
    return { change: { incidence, tilt: possible }, why };
  }

  tilt(asked: number, { incidence }: StateValues): Change {
    const { low, high } = this.norms.ranges.tilt;
    const tilt = tenthWithin(asked, low, Math.min(high, incidence));
    let why = "";
    if (Math.abs(asked - tilt) > 0.06) {
      why =
        asked > incidence
          ? `PT stops at ${degrees(tilt)}: the sacral plate is level and would tip backward.`
          : `PT stops at ${degrees(tilt)}: no pelvis was seen tilted further.`;
    }
    return { change: { tilt }, why };
  }

  /** The plate of S1 is turned while the hip axis stays: another pelvis with the same tilt. */
  slope(asked: number, state: StateValues): Change {
    const { incidence, tilt } = state;
    const { change, why } = this.incidence(Math.max(asked, 0) + tilt, state);
    const refused = asked < -0.05 && incidence >= tilt;
    return { change, why: refused ? "The sacral plate stops at level." : why };
  }

  /** The hip axis moves while the plate of S1 stays: tilt and incidence change alike. */
  hip(to: Point, { incidence, tilt }: StateValues): Change {
    const slope = incidence - tilt;
    const asked = (Math.atan2(-to[0], -to[1]) * 180) / Math.PI;
    const { ranges } = this.norms;
    const low = Math.max(ranges.tilt.low, ranges.incidence.low - slope);
    const high = Math.min(ranges.tilt.high, ranges.incidence.high - slope);
    const moved = tenthWithin(asked, low, high);
    const why = Math.abs(moved - asked) > 0.06 ? "The hip axis stops here: no pelvis beyond that was seen." : "";
    return { change: { tilt: moved, incidence: tenth(slope + moved) }, why };
  }

  segment(place: number, asked: number, { segments }: StateValues): Change {
    const [low, high] = this.limits[place] ?? [asked, asked];
    const angle = tenthWithin(asked, low, high);
    const changed = segments.map((each, at) => (at === place ? angle : each));
    return { change: { segments: changed }, why: Math.abs(asked - angle) > 0.06 ? this.#touching([place], asked > angle) : "" };
  }

  /** The whole lordosis, shared as people of this incidence share it. */
  lordosis(asked: number, state: StateValues): Change {
    const all = SEGMENTS.map((_, place) => place);
    return this.#spread(state, all, asked - sum(state.segments));
  }

  /** Lordosis moved between L1–L4 and L4–S1; the whole stays. */
  low(asked: number, state: StateValues): Change {
    const [upper, lower] = [[0, 1, 2], [3, 4]];
    const more = asked - sum(state.segments.slice(LOW));
    const first = this.#spread(state, lower, more);
    const segments = first.change.segments ?? state.segments;
    const gained = sum(segments) - sum(state.segments);
    const second = this.#spread({ ...state, segments }, upper, -gained);
    // what the upper segments can't give back stays where it was
    const left = sum(second.change.segments ?? segments) - sum(state.segments);
    const third = this.#spread({ ...state, segments: second.change.segments ?? segments }, lower, -left);
    return { change: third.change, why: first.why || second.why };
  }

  /** The mean segments of people with this incidence. */
  usual({ incidence }: StateValues): number[] {
    const found = this.norms.segment_means.find((each) => holds(each, incidence));
    return (found?.means ?? []).map((angle, place) => tenthWithin(angle, ...(this.limits[place] ?? [angle, angle])));
  }

  /** Share `more` among the segments `places` by what people have there; full ones pass it on. */
  #spread(state: StateValues, places: readonly number[], more: number): Change {
    const means = this.usual(state);
    const segments = [...state.segments];
    let left = more;
    let free = [...places];
    while (Math.abs(left) > 0.01 && free.length > 0) {
      const whole = sum(free.map((place) => Math.max(0.5, means[place] ?? 0)));
      const share = left;
      for (const place of free) {
        const [low, high] = this.limits[place] ?? [0, 0];
        const part = (share * Math.max(0.5, means[place] ?? 0)) / whole;
        const angle = clamp((segments[place] ?? 0) + part, low, high);
        left -= angle - (segments[place] ?? 0);
        segments[place] = angle;
      }
      free = free.filter((place) => {
        const [low, high] = this.limits[place] ?? [0, 0];
        const angle = segments[place] ?? 0;
        return more > 0 ? angle < high : angle > low;
      });
    }
    const exact = this.#tenths(segments, sum(state.segments) + more - left);
    return { change: { segments: exact }, why: Math.abs(left) > 0.06 ? this.#touching(places, more > 0) : "" };
  }

  /** Tenths of degrees that add up to `whole`. */
  #tenths(segments: readonly number[], whole: number): number[] {
    const result = segments.map((angle, place) => tenthWithin(angle, ...(this.limits[place] ?? [angle, angle])));
    let missing = Math.round((whole - sum(result)) * 10);
    for (let round = 0; missing !== 0 && round < 20; round += 1) {
      const place = SEGMENTS.length - 1 - (round % SEGMENTS.length);
      const [low, high] = this.limits[place] ?? [0, 0];
      const next = tenth((result[place] ?? 0) + Math.sign(missing) / 10);
      if (next < low || next > high) continue;
      result[place] = next;
      missing -= Math.sign(missing);
    }
    return result;
  }

  #touching(places: readonly number[], behind: boolean): string {
    const names = places.map((place) => dashed(SEGMENTS[place] ?? ""));
    const which = names.length === 1 ? (names[0] ?? "") : `${names[0]?.split("–")[0]}–${names.at(-1)?.split("–")[1]}`;
    return `${which} can give no more: its plates touch ${behind ? "behind" : "in front"}.`;
  }
}
