// The arithmetic of the nerves: ranking, links, curves, and the drawing's own areas.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { VIEWS } from "../src/neurology/body_shapes.ts";
import { mirrored, pointsOf, smooth, type Point } from "../src/neurology/curve.ts";
import { neurologyRules, readNeurologyLink, writeNeurologyLink } from "../src/neurology/link.ts";
import { movesOf, percent, rankRoots } from "../src/neurology/ranking.ts";
import { discAt, lesionAt, ZONE_EDGES } from "../src/neurology/spine_shapes.ts";
import { valuesOf } from "../src/neurology/state.ts";
import { sayMove } from "../src/neurology/findings_panel.ts";
import { sayRatio } from "../src/neurology/words.ts";
import type { Accuracy, NeurologyTraits, RankedRoot } from "../src/neurology/types.ts";
import { neurologyTraits } from "./fixtures/neurology.ts";
import { MockModel } from "./mock_model.ts";

const traits = neurologyTraits();
const start = valuesOf(new MockModel(traits).any);

test("odds are multiplied by what can be multiplied, and the rest is silent", () => {
  const findings = { knee_jerk: "present", weak_knee_extension: "present", dreams: "absent" } as const;
  const ranked = rankRoots(traits, findings, "equal", "moon");
  assert.deepEqual(
    ranked.map(({ root }) => root),
    ["L4", "S1", "L5"],
  );
  const [l4, s1, l5] = ranked;
  assert.ok(Math.abs((l4?.probability ?? 0) - 2 / 3) < 1e-12, "0.5 × 4 = odds of 2");
  assert.ok(Math.abs((l4?.low ?? 0) - 0.5) < 1e-12, "0.5 × 2");
  assert.ok(Math.abs((l4?.high ?? 0) - 0.8) < 1e-12, "0.5 × 8");
  assert.deepEqual(l4?.silent, ["weak_knee_extension", "dreams"]);
  assert.deepEqual(s1?.moved_by, []);
  assert.deepEqual([l5?.low, l5?.high], [null, null], "one of its ratios has no interval");
});

interface Case {
  prior: string;
  study: string;
  findings: Record<string, "present" | "absent">;
  ranked: RankedRoot[];
}

test("the page ranks as Python does, with the course's own numbers", () => {
  const shared = JSON.parse(readFileSync("../../tests/fixtures/root_ranking.json", "utf-8")) as {
    ranking: NeurologyTraits["ranking"];
    accuracy: Record<string, Accuracy[]>;
    cases: Case[];
  };
  const [sign] = traits.signs;
  assert.ok(sign && shared.cases.length > 20);
  for (const { prior, study, findings, ranked } of shared.cases) {
    // In the order of the findings, and with signs that have no accuracy at all.
    const signs = Object.keys(findings).map((id) => ({
      ...sign,
      id,
      accuracy: shared.accuracy[id] ?? [],
    }));
    const own = rankRoots({ signs, ranking: shared.ranking }, findings, prior, study);
    const named = JSON.stringify({ prior, study, findings });
    assert.deepEqual(own.map(({ root }) => root), ranked.map(({ root }) => root), named); // prettier-ignore
    own.forEach((each, place) => {
      const theirs = ranked[place] as RankedRoot;
      for (const key of ["probability", "low", "high"] as const) {
        const [mine, wanted] = [each[key], theirs[key]];
        assert.equal(mine === null, wanted === null, `${named} ${each.root} ${key}`);
        assert.ok(Math.abs((mine ?? 0) - (wanted ?? 0)) < 1e-9, `${named} ${each.root} ${key}`);
      }
      assert.deepEqual(each.moved_by, theirs.moved_by, named);
      assert.deepEqual([...each.silent].sort(), [...theirs.silent].sort(), named);
    });
  }
});

test("a root without odds is not ranked", () => {
  assert.deepEqual(
    rankRoots(traits, {}, "moon", "moon").map(({ root }) => root),
    ["L4", "L5"],
  );
});

test("what a sign alone does is said in a sentence", () => {
  const [far] = movesOf(traits, "knee_jerk", "absent", "equal", "moon");
  assert.ok(far);
  assert.equal(sayMove(far, "L4"), "This sign alone moves L4 from 33 % to 20 %.");
  const limited = sayMove({ ...far, limit: true }, "L4");
  assert.equal(limited, "This sign alone moves L4 from 33 % to no lower than 20 %.");
  const limit = { estimate: 4, low: null, high: null, usable: true, why: "", limit: true };
  assert.equal(sayRatio("LR+", limit, "≤"), "LR+ ≤ 4");
  assert.deepEqual(movesOf(traits, "dreams", "present", "equal", "moon"), []);
  assert.equal(percent(0.004), "under 1 %");
  assert.equal(percent(0.999), "over 99 %");
});

test("a link keeps what is known and leaves out the rest", () => {
  const rules = neurologyRules(traits);
  const state = { ...start, mode: "findings", findings: { knee_jerk: "absent" }, seed: 12 } as const;
  const search = writeNeurologyLink("?token=kept&seed=3", state, start);
  assert.equal(search, "?token=kept&mode=findings&findings=knee_jerk:absent&seed=12");
  assert.deepEqual(readNeurologyLink(search, rules), {
    mode: "findings",
    findings: { knee_jerk: "absent" },
    seed: 12,
  });
  const bad =
    "?mode=x&level=L1-L2&findings=knee_jerk:maybe&seed=12345678&difficulty=9&prior=&cause=cheese";
  assert.deepEqual(readNeurologyLink(bad, rules), {});
  assert.deepEqual(readNeurologyLink("?findings=a:present", rules), {});
});

test("a curve goes through its points and can be turned round", () => {
  const points: Point[] = [[0, 0], [10, 5], [20, 0]]; // prettier-ignore
  assert.match(smooth(points), /^M0 0C.* 10 5C.* 20 0$/);
  assert.match(smooth(points, true), /Z$/);
  assert.deepEqual(mirrored(points)[1], [-10, 5]);
  assert.throws(() => smooth([[0, 0]]), /two points/);
  assert.deepEqual(pointsOf(" 1,2 -3,4\n5,6 "), [[1, 2], [-3, 4], [5, 6]]); // prettier-ignore
  for (const bad of ["1,2 3", "1,2,3", "1,x"]) assert.throws(() => pointsOf(bad), /is not a point/);
});

test("every area of the content is drawn, and every drawn one is in the content", () => {
  const drawn = new Set(VIEWS.flatMap(({ areas }) => areas.map(({ area }) => area)));
  assert.deepEqual([...drawn].sort(), traits.areas.map(({ id }) => id).sort());
});

test("zones lie side by side from the midline out, and a lesion lies in its zone", () => {
  const edges = traits.zones.map(({ id }) => ZONE_EDGES[id]);
  edges.slice(1).forEach(([inner], place) => assert.equal(inner, edges[place]?.[1]));
  for (const { id: level } of traits.levels) {
    for (const { id: zone } of traits.zones) {
      const [inner, outer] = ZONE_EDGES[zone];
      const { at } = lesionAt(level, zone);
      assert.ok(at[0] >= inner && at[0] <= outer);
      assert.ok(Math.abs(at[1] - discAt(level)) <= 12);
    }
  }
});
