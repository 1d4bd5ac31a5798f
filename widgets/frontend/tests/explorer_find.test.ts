// Find it: tasks, answers, keys and the sum of a round.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openLesson, settled, show, tasks } from "./explorer_page.ts";
import { one, press } from "./page.ts";

beforeEach(openLesson);

test("a wrong click says what it was, a right one counts as later", async () => {
  const [task] = tasks(7);
  const shown = await show({ mode: "find", seed: 7 });
  assert.equal(task?.kind, "click");
  assert.match(shown.text(".l3s1-find-question"), /^Click /);
  const wrong = task?.structure === "L3" ? "L5" : "L3";
  shown.scene.pick(wrong);
  await settled();
  assert.match(shown.text(".l3s1-miss"), /^That is vertebra L\d; the question asks for/);
  assert.ok(shown.scene.state.labels.includes(wrong));
  shown.scene.pick(task?.structure ?? "");
  await settled();
  assert.match(shown.text(".l3s1-hit"), /^Right: /);
  assert.deepEqual(shown.model.get("results"), ["later"]);
  shown.click("Next");
  await settled();
  assert.match(shown.text(".l3s1-find-progress"), /Task 2 of 10/);
  assert.equal(shown.scene.state.view, "posterior", "what is to be named is seen");
  shown.remove();
});

test("a name is chosen of four, and wrong ones are explained", async () => {
  const task = tasks(7)[1];
  const shown = await show({ mode: "find", seed: 7, results: ["first"] });
  assert.deepEqual(Object.keys(shown.scene.state.colour), [task?.structure]);
  const buttons = [...shown.el.querySelectorAll<HTMLButtonElement>(".l3s1-find-choices button")];
  assert.equal(buttons.length, 4);
  const wrong = buttons.find((each) => each.dataset.structure !== task?.structure);
  wrong?.click();
  await settled();
  assert.match(shown.text(".l3s1-find-feedback"), /^That is .*How to tell them apart/);
  buttons.find((each) => each.dataset.structure === task?.structure)?.click();
  await settled();
  assert.deepEqual(shown.model.get("results"), ["first", "later"]);
  shown.remove();
});

test("names are kept secret while they are asked for", async () => {
  const shown = await show({ mode: "find", seed: 7 });
  assert.equal(shown.scene.state.tips, false);
  assert.deepEqual(shown.scene.state.labels, []);
  shown.scene.happen("hover", { structure: "dural_sac", part: "dural_sac", point: [0, 0, 0] });
  assert.doesNotMatch(shown.text(".l3s1-strip"), /Dural/);
  press(one(shown.el, "[role=tab][data-mode=find]"), "Home");
  await settled();
  assert.equal(shown.scene.state.tips, true);
  shown.remove();
});

test("a task can be solved without a mouse", async () => {
  const [task] = tasks(7);
  const shown = await show({ mode: "find", seed: 7 });
  const said = new Set<string>();
  for (let step = 0; step < 8; step += 1) {
    shown.click("Next ›");
    await settled();
    said.add(shown.text(".l3s1-cycle-said"));
    if ((task?.structure ?? "") in shown.scene.state.colour) break;
  }
  assert.deepEqual(Object.keys(shown.scene.state.colour), [task?.structure]);
  assert.match([...said][0] ?? "", /^1 of 8: .*12 mm to the left, 30 mm behind and 4 mm below/);
  shown.click("This one");
  await settled();
  assert.deepEqual(shown.model.get("results"), ["first"]);
  assert.equal(document.activeElement?.textContent, "Next");
  shown.remove();
});

test("an answer is shown on request, with the camera on it; a task may be skipped", async () => {
  const [task] = tasks(7);
  const shown = await show({ mode: "find", seed: 7 });
  shown.click("Show it");
  await settled();
  assert.equal(shown.scene.framed[0], task?.structure);
  assert.match(shown.text(".l3s1-hit"), /^Here it is: /);
  shown.click("Next");
  await settled();
  shown.click("Skip");
  await settled();
  assert.deepEqual(shown.model.get("results"), ["shown", "skipped"]);
  assert.match(shown.text(".l3s1-find-progress"), /Task 3 of 10/);
  shown.remove();
});

test("after the last task there is a sum and a new round", async () => {
  const results = [
    "first",
    "first",
    "later",
    "shown",
    "skipped",
    "first",
    "first",
    "first",
    "first",
  ] as const;
  const shown = await show({ mode: "find", seed: 7, results: [...results] });
  shown.click("Skip");
  await settled();
  assert.match(
    shown.text(".l3s1-find-question"),
    /6 right at once, 1 right after a miss, 1 shown, 2 skipped/,
  );
  shown.click("New round");
  await settled();
  assert.notEqual(shown.model.get("seed"), 7);
  assert.deepEqual(shown.model.get("results"), []);
  assert.ok(location.search.includes(`seed=${shown.model.get("seed")}`));
  shown.remove();
});

// --- without WebGL, and when it goes --------------------------------------------------------------
