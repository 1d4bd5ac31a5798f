// The bone's state without a browser: the scheme, what the scene is told, and the page's day.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { boneState, failedState, sceneOf } from "../src/bone_state/model.ts";
import type { BoneTraits, Moments } from "../src/bone_state/types.ts";
import { BoneStateView } from "../src/bone_state/view.ts";
import { onDayWanted, showDay } from "../src/page_day.ts";
import { mergePacks, type Pack } from "../src/scene/pack.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage } from "./page.ts";

const MOMENTS: Moments = [7, 28, 42, 365];
const FAILURE = { called_at: 365, loose_at: 222, too_early: "early", failed: "open", loose: "loose", facts: ["f"] };
const TRAITS = { moments: { posterolateral: MOMENTS, interbody: MOMENTS }, failure: FAILURE };
const words = { during: "during", caution: "caution", facts: ["f"] };

beforeEach(() => void openPage());

function traits(): BoneTraits {
  const packed = gzipSync(JSON.stringify({}));
  return {
    _engine_file: "e.js",
    _pack_file: "p.bin",
    _construct_file: "c.bin",
    choices: {
      site: [["posterolateral", "bed"], ["interbody", "disc"]],
      outcome: [["union", "yes"], ["non_union", "no"]],
      view: [["posterior", "behind"], ["left_lateral", "left"], ["section", "cut"]],
      scale_d: 1,
      horizon_d: 730.5,
      scheme: "a scheme",
    },
    stages: (["chips", "callus", "bridging", "bridged"] as const).map((id) => ({
      id,
      label: id,
      words: { posterolateral: words, interbody: words },
    })),
    ...TRAITS,
    load: { verdict: "disputed", facts: [] },
    origins_gz: new DataView(packed.buffer, packed.byteOffset, packed.byteLength),
    day: 42,
    site: "posterolateral",
    outcome: "union",
    view: "posterior",
  };
}

test("the scheme runs from chips over callus to a bridge", () => {
  assert.deepEqual(boneState(0, MOMENTS), { stage: "chips", chips: 1, callus: 0, bridge: 0 });
  assert.equal(boneState(17.5, MOMENTS).callus, 0.5);
  assert.equal(boneState(20, MOMENTS).stage, "callus");
  assert.equal(boneState(100, MOMENTS).stage, "bridging");
  assert.deepEqual(boneState(365, MOMENTS), { stage: "bridged", chips: 0, callus: 0, bridge: 1 });
});

test("what fails is never bridged", () => {
  const state = failedState(700, MOMENTS, 365);
  assert.equal(state.stage, "bridging");
  assert.ok(state.bridge < 1 && state.chips > 0);
});

test("early, chips are drawn and no bone; late, bone and no chips", () => {
  const choice = { site: "posterolateral", outcome: "union", view: "posterior" } as const;
  const early = sceneOf({ ...choice, day: 0 }, TRAITS, 36).scene;
  assert.ok(early.hidden?.includes("L4-L5.bridging_bone.left"));
  assert.ok(!early.hidden?.includes("L4-L5.graft_chips.left"));
  const late = sceneOf({ ...choice, day: 700 }, TRAITS, 36).scene;
  assert.ok(!late.hidden?.includes("L4-L5.bridging_bone.left"));
  assert.ok(late.hidden?.includes("L4-L5.graft_chips.left"));
  assert.equal(late.morph?.posterolateral_bridging, 1);
});

test("a non-union opens L5–S1 and loosens its screws, from their days on", () => {
  const choice = { site: "posterolateral", outcome: "non_union", view: "section" } as const;
  const before = sceneOf({ ...choice, day: 200 }, TRAITS, 36);
  assert.equal(before.called || before.loose, false);
  assert.ok(before.scene.hidden?.includes("S1.screw_halo.left"));
  const after = sceneOf({ ...choice, day: 400 }, TRAITS, 36).scene;
  assert.ok(after.hidden?.includes("L5-S1.bridging_bone.left"));
  assert.ok(!after.hidden?.includes("L4-L5.bridging_bone.left"));
  assert.ok(!after.hidden?.includes("L5-S1.ununited_bone.left"));
  assert.ok(!after.hidden?.includes("S1.screw_halo.left"));
  assert.deepEqual(after.section, { plane: "sagittal", at: 36 });
});

test("it follows the page's day, and sets it", () => {
  const model = new MockModel<BoneTraits>(traits());
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  new BoneStateView(el, model.any, removed.signal);
  assert.equal(one(el, ".l3s1-bone-day").textContent, "day 42 (6 weeks)");
  showDay(3);
  assert.equal(one(el, ".l3s1-bone-day").textContent, "day 3");
  showDay(NaN);
  assert.equal(model.get("day"), 3);
  const wanted: unknown[] = [];
  onDayWanted((day) => wanted.push(day), removed.signal);
  const bridged = [...el.querySelectorAll("button")].find((each) => each.textContent === "bridged");
  bridged?.click();
  assert.deepEqual(wanted, [365]);
  assert.equal(bridged?.getAttribute("aria-pressed"), "true");
  removed.abort();
});

test("a second pack adds parts and morphs, and must hang on the first one's bones", () => {
  const part = (name: string, bone: string) => ({ name, bones: [bone] });
  const pack = (parts: object[], morph_mm: object) => ({ header: { bones: ["L4"], morph_mm }, parts, landmarks: {} });
  const first = pack([part("L4", "L4")], { swollen: 1 }) as unknown as Pack;
  const other = (...parts: object[]) => pack(parts, { grown: 2 }) as unknown as Pack;
  const merged = mergePacks([first, other(part("rod.left", "L4"))]);
  assert.deepEqual(merged.parts.map(({ name }) => name), ["L4", "rod.left"]);
  assert.deepEqual(merged.header.morph_mm, { swollen: 1, grown: 2 });
  assert.deepEqual(first.parts.length, 1);
  assert.throws(() => mergePacks([first, other(part("L4", "L4"))]), /two models have a part L4/);
  assert.throws(() => mergePacks([first, other(part("rod.left", "T1"))]), /T1, which is not there/);
});

test("it shows the page's day also where that was told before it came", () => {
  showDay(200);
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  new BoneStateView(el, new MockModel<BoneTraits>(traits()).any, removed.signal);
  assert.match(one(el, ".l3s1-bone-day").textContent ?? "", /^day 200/);
  removed.abort();
});

test("a link to a day and a course is followed, as far as it can be", () => {
  openPage("http://localhost:8888/voila/render/09.ipynb?bone-state.day=426&bone-state.outcome=non_union&bone-state.site=knee");
  document.body.setAttribute("data-voila", "");
  const model = new MockModel<BoneTraits>(traits());
  const removed = new AbortController();
  new BoneStateView(document.createElement("div"), model.any, removed.signal);
  assert.deepEqual([model.get("day"), model.get("outcome"), model.get("site")], [426, "non_union", "posterolateral"]);
  removed.abort();
});
