import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Catalogue, fold } from "../src/explorer/catalogue.ts";
import {
  linkRules,
  readExplorerLink,
  writeExplorerLink,
  clearExplorerLink,
} from "../src/explorer/link.ts";
import { nearMiss, isRight } from "../src/explorer/near_miss.ts";
import { drawRound, randomNumbers, type Task, unpackTargets } from "../src/explorer/rounds.ts";
import { scaleOf, sceneState, type Shown } from "../src/explorer/scene_state.ts";
import { readSection, saySection, writeSection } from "../src/explorer/section.ts";
import { STATE_KEYS, type StateValues, type Structure, type Target } from "../src/explorer/types.ts";
import { sayGrade } from "../src/explorer/variants.ts";
import { explorerTraits, FICTIONAL_STRUCTURES, FICTIONAL_TARGETS } from "./fixtures/explorer.ts";

const TRAITS = explorerTraits();
const CATALOGUE = new Catalogue(TRAITS);
const RULES = linkRules(TRAITS);
const START = Object.fromEntries(STATE_KEYS.map((key) => [key, TRAITS[key]])) as StateValues;
const LAYERS = TRAITS.layers.map(([id]) => id);

function structure(id: string): Structure {
  const found = CATALOGUE.structures.get(id);
  assert.ok(found, id);
  return found;
}

function shown(more: Partial<Shown>): Shown {
  return { ...START, task: null, compared: null, most_labels: 12, ...more };
}

const sceneOf = (more: Partial<Shown>) => sceneState(shown(more), CATALOGUE, TRAITS.variants, LAYERS);

test("the tree has every structure once, under its group and kind", () => {
  const listed = CATALOGUE.tree.flatMap(({ kinds }) =>
    kinds.flatMap((each) => each.structures.map(({ id }) => id)),
  );
  assert.deepEqual([...listed].sort(), FICTIONAL_STRUCTURES.map(({ id }) => id).sort());
});

for (const [asked, first] of [
  ["pedicle l4", "L4.pedicle.left"],
  ["L4 PED right", "L4.pedicle.right"],
  ["pédicle", "L4.pedicle.left"],
  ["fibrosusum", "L4-L5.annulus_fibrosus"],
  ["dural", "dural_sac"],
] as const) {
  test(`“${asked}” finds ${first} first`, () => {
    assert.equal(CATALOGUE.search(asked)[0]?.id, first);
  });
}

test("a search finds by the beginnings of words only, and nothing by nothing", () => {
  assert.deepEqual(CATALOGUE.search("edicle"), []);
  assert.deepEqual(CATALOGUE.search(" –  "), []);
  assert.equal(fold("  L4–L5 Árcus "), "l4 l5 arcus");
});

test("a choice in the tree stands for all its structures", () => {
  assert.deepEqual(CATALOGUE.members("dural_sac"), ["dural_sac"]);
  assert.equal(CATALOGUE.members("pedicle").length, 6);
  assert.equal(CATALOGUE.members("nerves").length, 3);
  assert.deepEqual(CATALOGUE.members("ghost"), []);
});

test("the nearest of another kind is at the same level and side", () => {
  const found = CATALOGUE.nearest(
    "inferior-articular-process",
    structure("L5.superior_articular_process.right"),
  );
  assert.equal(found?.id, "L5.inferior_articular_process.right");
});

const { segments } = RULES;
for (const text of ["", "axial:12.5", "axial:L4-L5", "sagittal:-3", "coronal:40"]) {
  test(`the section “${text}” is written as it is read`, () => {
    const section = readSection(text, segments);
    assert.notEqual(section, undefined);
    assert.equal(writeSection(section ?? null), text);
  });
}

for (const text of [
  "axial",
  "axial:",
  "axial:L9-S4",
  "sagittal:L4-L5",
  "sagittal:1e2",
  "coronal:999",
  "oblique:1",
]) {
  test(`the section “${text}” means nothing`, () =>
    assert.equal(readSection(text, segments), undefined));
}

test("a section is said in words", () => {
  assert.equal(saySection({ plane: "sagittal", at: -3 }), "sagittal, at −3 mm");
  assert.equal(saySection({ plane: "axial", at: 0, segment: "L4-L5" }), "axial, through the disc L4–L5");
});

const CHANGED: StateValues = {
  ...START,
  mode: "variants",
  structure: "L4.pedicle.left",
  view: "superior",
  peeled: 4,
  section: "axial:L4-L5",
  explode: 0.35,
  labels: true,
  posture: "supine",
  hidden: ["dural_sac", "psoas_major.left"],
  isolated: ["L4"],
  slip: { "L4-L5": 0.3 },
  disc_height: { "L3-L4": 0.55 },
  facet_hypertrophy: 0.5,
  flavum_thickening: 1,
  sex: "female",
  stature: 182,
  levels: ["L4", "L5"],
  segment: "L3-L4",
  seed: 123,
};

test("a link is read as it was written, and holds only what differs from the start", () => {
  assert.deepEqual(
    { ...START, ...readExplorerLink(writeExplorerLink("", CHANGED, START), RULES) },
    CHANGED,
  );
  assert.equal(writeExplorerLink("?token=1", START, START), "?token=1");
  const nothing = { ...START, structure: "" };
  assert.equal(writeExplorerLink("", nothing, START), "?structure=");
  assert.equal(clearExplorerLink(writeExplorerLink("?a=b", CHANGED, START)), "?a=b");
});

for (const search of [
  "mode=__proto__",
  "structure=L9.pedicle",
  "structure=%3Cimg%3E",
  "view=below",
  "peel=6",
  "peel=-1",
  "peel=2.5",
  "section=axial:1e9",
  "explode=1.5",
  "labels=maybe",
  "labels=constructor",
  "posture=sitting",
  "hide=L4,ghost",
  "only=" + "L4,".repeat(900),
  "slip=L4-L5:0.9",
  "slip=L4-L5",
  "slip=L4-L5:0.1:2",
  "slip=__proto__:0.1",
  "disc=L4-L5:0",
  "facets=2",
  "sex=everyone",
  "stature=99",
  "levels=L3,L3",
  "levels=L3,L4,L5",
  "seed=0",
  "seed=1e5",
  "%E0%A4%A",
]) {
  test(`the link “${search.slice(0, 30)}” changes nothing`, () => {
    assert.deepEqual(readExplorerLink(`?${search}`, RULES), {});
  });
}

test("the scene shows what is selected, seen through what hides it", () => {
  const scene = sceneOf({ structure: "L4-L5.nucleus_pulposus", hidden: ["dural_sac"] });
  assert.deepEqual(scene.highlight, ["L4-L5.nucleus_pulposus"]);
  assert.deepEqual(scene.opacity, { "L4-L5.annulus_fibrosus": 0.25 });
  assert.deepEqual(scene.hidden, ["dural_sac"]);
});

test("labels name the selected bone’s parts on the selected side", () => {
  const { labels } = sceneOf({ structure: "L4.pedicle.right", labels: true });
  assert.ok(labels.includes("L4.superior_articular_process.right"));
  assert.ok(!labels.some((each) => each.endsWith(".left")));
  assert.deepEqual(sceneOf({ structure: "L4.pedicle.right" }).labels, ["L4.pedicle.right"]);
  assert.deepEqual(sceneOf({ structure: "" }).labels, []);
  const few = sceneOf({ structure: "L4.pedicle.right", labels: true, most_labels: 2 });
  assert.equal(few.labels.length, 2);
  assert.equal(few.labels[0], "L4.pedicle.right");
});

test("two levels stand alone side by side, what is compared lit on both", () => {
  const scene = sceneOf({
    mode: "compare",
    compared: "pedicle",
    hidden: ["L3"],
    slip: { "L4-L5": 0.5 },
  });
  assert.deepEqual(scene.arranged, ["L3", "L5"]);
  assert.deepEqual(scene.isolated, ["L3", "L5"]);
  assert.deepEqual(scene.hidden, []);
  assert.deepEqual(scene.slip, {});
  assert.deepEqual([...scene.highlight].sort(), [
    "L3.pedicle.left",
    "L3.pedicle.right",
    "L5.pedicle.left",
    "L5.pedicle.right",
  ]);
});

test("a task hides nothing of what it asks for and gives nothing away", () => {
  const asked = structure("L4-L5.nucleus_pulposus");
  const task = { structure: asked, highlight: [], labels: [], colour: {} };
  const scene = sceneOf({ mode: "find", task, structure: "L4", labels: true, isolated: ["dural_sac"] });
  assert.equal(LAYERS[scene.peeled], asked.layer);
  assert.deepEqual(scene.hidden, ["L4-L5.annulus_fibrosus"]);
  assert.deepEqual([scene.labels, scene.highlight, scene.isolated], [[], [], []]);
});

test("a task on what lies hidden is cut open", () => {
  const asked = { ...structure("L4-L5.nucleus_pulposus"), cut: "axial:L4-L5" };
  const scene = sceneOf({ mode: "find", task: { structure: asked, highlight: [], labels: [], colour: {} } });
  assert.deepEqual(scene.section, { plane: "axial", at: 0, segment: "L4-L5", from_disc: true });
  assert.deepEqual(scene.hidden, []);
});

test("sex and stature multiply, and leave the usual sex as is", () => {
  assert.deepEqual(scaleOf({ sex: "both", stature: 170 }, TRAITS.variants), [1, 1, 1]);
  const [x, y, z] = scaleOf({ sex: "female", stature: 160 }, TRAITS.variants);
  assert.ok(
    Math.abs(x - 0.9 * 0.94) < 1e-9 &&
      Math.abs(y - 0.95 * 0.94) < 1e-9 &&
      Math.abs(z - 0.97 * 0.94) < 1e-9,
  );
});

test("a slip has the grade whose limit it does not pass", () => {
  const marks = TRAITS.variants.list[0]?.marks ?? [];
  assert.deepEqual(
    [0, 0.01, 0.25, 0.26, 0.5, 0.6].map((slip) => sayGrade(slip, marks)),
    ["no slip", "grade I", "grade I", "grade II", "grade II", "beyond the grades"],
  );
});

test("feedback says what a wrong level, side or kind is", () => {
  const miss = (asked: string, taken: string) => nearMiss(structure(asked), structure(taken), CATALOGUE);
  const asked = "L4.superior_articular_process.left";
  assert.equal(
    miss(asked, "L5.superior_articular_process.left").miss,
    "That is the left superior articular process of L5; the question asks for L4.",
  );
  assert.match(miss(asked, "L5.superior_articular_process.left").tip, /Count up from the sacrum/);
  assert.equal(
    miss(asked, "L4.superior_articular_process.right").miss,
    "That is the right superior articular process of L4; the question asks for the left.",
  );
  assert.match(miss(asked, "L4.superior_articular_process.right").tip, /patient’s own/);
  const kind = miss(asked, "L4.inferior_articular_process.left");
  assert.equal(
    kind.miss,
    "That is the left inferior articular process of L4; the question asks for the left superior articular process of L4. The level is right.",
  );
  assert.match(kind.tip, /looks up in wonder/);
  assert.match(miss("L4.inferior_articular_process.left", asked).tip, /looks up in wonder/);
  assert.match(
    miss("dural_sac", "L4").miss,
    /^That is vertebra L4; the question asks for the dural sac\.$/,
  );
});

test("a region of the bone that is asked for is right, a bone for its region is not", () => {
  assert.ok(isRight(structure("L4"), structure("L4.pedicle.left")));
  assert.ok(!isRight(structure("L4.pedicle.left"), structure("L4.pedicle.right")));
  assert.ok(!isRight(structure("L4"), structure("L5.pedicle.left")));
});

const kindOf = (id: string): string => structure(id).kind;

test("targets travel as places of structures, and a place that is not there is said", () => {
  const { targets, structures } = explorerTraits();
  assert.deepEqual(unpackTargets(targets, structures), FICTIONAL_TARGETS);
  assert.throws(() => unpackTargets([[999, 1, []]], structures), /structure 999 of/);
});

test("a round goes from easy to hard, asks nothing twice and can be solved, for every seed", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const round = drawRound(seed, FICTIONAL_TARGETS, kindOf);
    const asked = round.map((task) => task.structure);
    assert.equal(new Set(asked).size, asked.length);
    const difficulties = round.map((task) => task.difficulty);
    assert.deepEqual(difficulties, [...difficulties].sort());
    for (const task of round) {
      assert.ok(task.choices.includes(task.structure));
      assert.equal(new Set(task.choices).size, task.choices.length);
      assert.equal(task.choices.length, task.kind === "name" ? 4 : 8);
    }
  }
});

test("random numbers lie in [0, 1) and depend on the seed alone", () => {
  const draw = (seed: number): number[] => Array.from({ length: 50 }, randomNumbers(seed));
  assert.deepEqual(draw(5), draw(5));
  assert.notDeepEqual(draw(5), draw(6));
  assert.ok(draw(5).every((each) => each >= 0 && each < 1));
});

interface RoundCases {
  kinds: Record<string, string>;
  pool: Target[];
  rounds: { seed: number; tasks: Task[] }[];
}

test("rounds are those that Python draws", () => {
  const file = path.resolve(process.cwd(), "../../tests/fixtures/find_it_rounds.json");
  const { kinds, pool, rounds } = JSON.parse(readFileSync(file, "utf-8")) as RoundCases;
  assert.ok(rounds.length > 3);
  for (const { seed, tasks } of rounds) {
    assert.deepEqual(
      drawRound(seed, pool, (id) => kinds[id] ?? id),
      tasks,
    );
  }
});
