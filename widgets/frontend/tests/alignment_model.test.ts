// The page computes what Python does: every case of tests/fixtures/alignment_states.json, and more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomNumbers } from "../src/explorer/rounds.ts";
import { buildSpine, clampSegments, middle, segmentLimits, sum, tiltOf } from "../src/alignment/model.ts";
import { drawFilm, measure, truePoints, truth } from "../src/alignment/measuring.ts";
import { readState } from "../src/alignment/reading.ts";
import { VERTEBRAE, type MeasuredAngle, type Plate } from "../src/alignment/types.ts";
import { CASES } from "./fixtures/alignment.ts";

const { body, norms } = CASES;

/** Equal but for rounding: the fixture holds nine decimals. */
function close(found: unknown, expected: unknown, at = "it"): void {
  if (typeof expected === "number") {
    assert.equal(typeof found, "number", at);
    assert.ok(Math.abs((found as number) - expected) < 1e-6, `${at}: ${String(found)}, not ${expected}`);
  } else if (expected !== null && typeof expected === "object") {
    const keys = Object.keys(expected);
    assert.deepEqual(Object.keys((found ?? {}) as object).sort(), keys.sort(), at);
    for (const key of keys) {
      close((found as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], `${at}.${key}`);
    }
  } else assert.equal(found, expected, at);
}

test("every shared state is read as Python reads it", () => {
  assert.ok(CASES.states.length >= 20);
  CASES.states.forEach(({ state, reading }, place) => {
    const found = readState(body, norms, { ...state, cages: state.cages ?? {} });
    close(found, reading, `state ${place}`);
  });
});

test("segments have the limits that Python gives them", () => {
  close(segmentLimits(body), CASES.limits);
});

test("every shared film is drawn alike, and measured alike", () => {
  assert.ok(CASES.films.length > 0 && CASES.measured.length > 0);
  for (const { seed, film } of CASES.films) close(drawFilm(body, norms, seed), film, `film ${seed}`);
  for (const { points, angles } of CASES.measured) close(measure(points), angles, "measured");
});

/** Possible pelves and segments, many. */
function* states(count: number): Generator<{ incidence: number; tilt: number; segments: number[] }> {
  const draw = randomNumbers(20);
  const between = (low: number, high: number): number => low + draw() * (high - low);
  const limits = segmentLimits(body);
  for (let turn = 0; turn < count; turn += 1) {
    const incidence = between(20, 95);
    yield {
      incidence,
      tilt: between(Math.max(-20, incidence - 90), incidence),
      segments: limits.map(([low, high]) => between(low, high)),
    };
  }
}

test("PI = PT + SS and LL = the sum of the segments in every state, as drawn", () => {
  for (const { incidence, tilt, segments } of states(500)) {
    const spine = buildSpine(body, incidence, tilt, segments);
    assert.ok(Math.abs(spine.tilt + spine.slope - spine.incidence) < 1e-9);
    // and the drawing has these angles: read from its points alone
    const points = Object.fromEntries(
      (["L1", "L4", "S1"] as const).flatMap((bone) => [
        [`${bone}.posterior`, spine.plates[`${bone}.upper`].posterior],
        [`${bone}.anterior`, spine.plates[`${bone}.upper`].anterior],
      ]),
    );
    const drawn = measure({ ...points, "hip.near": spine.hip, "hip.far": spine.hip });
    for (const [name, value] of Object.entries(truth(spine)) as [MeasuredAngle, number | null][]) {
      if (name === "share") continue;
      const found = drawn[name] ?? Number.NaN;
      const turned = Math.abs(found - (value ?? 0)) % 360;
      assert.ok(Math.min(turned, 360 - turned) < 1e-6, `${name}: ${found}, not ${value}`);
    }
    assert.ok(Math.abs(sum(segments) - spine.lordosis) < 1e-9);
  }
});

test("discs keep their height in the middle and never turn inside out", () => {
  for (const { incidence, tilt, segments } of states(200)) {
    const { plates, tilts, slope } = buildSpine(body, incidence, tilt, segments);
    assert.ok(Math.abs((tilts.at(-1) ?? 0) - slope) < 1e-9);
    VERTEBRAE.forEach((id, place) => {
      const lower = plates[place === 4 ? "S1.upper" : (`L${place + 2}.upper` as Plate)];
      const upper = plates[`${id}.lower`];
      const [a, b] = [middle(lower), middle(upper)];
      const height = Math.hypot(a[0] - b[0], a[1] - b[1]);
      assert.ok(Math.abs(height - (body.discs[place]?.height_mm ?? 0)) < 1e-9);
      const bisector = ((tiltOf(lower) + tiltOf(upper)) / 2 / 180) * Math.PI;
      for (const end of ["anterior", "posterior"] as const) {
        const gap =
          -(upper[end][0] - lower[end][0]) * Math.sin(bisector) +
          (upper[end][1] - lower[end][1]) * Math.cos(bisector);
        assert.ok(gap > -1e-6, `${id}: ${gap} mm at the ${end} edge`);
      }
    });
  }
});

test("true points give the true angles back, and a missing point gives none", () => {
  for (const seed of [1, 2, 3, 44, 555]) {
    const film = drawFilm(body, norms, seed);
    const points = truePoints(film);
    close(measure(points), truth(film.spine));
    const { "hip.far": _, ...some } = points;
    assert.equal(measure(some).tilt, null);
    assert.equal(measure(some).incidence, null);
    assert.notEqual(measure(some).lordosis, null);
    assert.equal(measure({ ...points, "S1.anterior": points["S1.posterior"] }).slope, null);
  }
});

test("segments beyond their limits are brought back to them", () => {
  const limits = segmentLimits(body);
  close(clampSegments(body, [99, 99, 99, 99, 99]), limits.map(([, high]) => high));
  close(clampSegments(body, [-99, -99, -99, -99, -99]), limits.map(([low]) => low));
});
