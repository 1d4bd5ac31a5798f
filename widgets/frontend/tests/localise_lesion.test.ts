// 'Localise the lesion' in a page without a browser: what each mode shows, says and sends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createLocaliseLesion } from "../src/localise_lesion.ts";
import { Neurology } from "../src/neurology/neurology.ts";
import type { Cause, Feedback, Level, NeurologyTraits, Zone } from "../src/neurology/types.ts";
import { FICTIONAL_FACTS, FICTIONAL_PATIENT, neurologyTraits } from "./fixtures/neurology.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

const PAGE = "http://localhost:8888/voila/render/02.ipynb";
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => open());

function open(search = ""): void {
  openPage(`${PAGE}${search}`);
  document.body.dataset.voila = "voila";
}

async function show(more: Partial<NeurologyTraits> = {}) {
  const packed = gzipSync(JSON.stringify(FICTIONAL_FACTS));
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const model = new MockModel<NeurologyTraits>({ ...neurologyTraits(), origins_gz, ...more });
  const el = document.createElement("div");
  document.body.append(el);
  const remove = new Neurology(model.any).render({ model: model.any, el });
  await settled();
  const panel = (): HTMLElement => one(el, "[role=tabpanel]:not([hidden])");
  const text = (selector: string): string => one(panel(), selector).textContent ?? "";
  const click = (label: string): void => {
    const found = [...el.querySelectorAll("button")].filter(
      (each) => each.textContent?.trim() === label && !each.closest("[hidden]"),
    );
    assert.equal(found.length, 1, `one button “${label}”`);
    found[0]?.click();
  };
  const choose = (value: string): void => {
    const input = one<HTMLInputElement>(panel(), `input[value="${value}"]`);
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const pick = (label: string, value: string): void => {
    const found = [...panel().querySelectorAll("label")].find((each) =>
      each.textContent?.startsWith(label),
    );
    const select = one<HTMLSelectElement>(found ?? el, "select");
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const area = (id: string, side = "left"): Element =>
    one(el, `[data-area="${id}"][data-side="${side}"]`);
  return { el, model, remove, panel, text, click, choose, pick, area };
}

const painted = (el: ParentNode, paint: string): number =>
  [...el.querySelectorAll(`.l3s1-body-paint > .l3s1-paint-${paint}`)].filter(
    (each) => each.getAttribute("display") !== "none",
  ).length;

test("a lesion names its root, paints its skin and lists what is to be found", async () => {
  const shown = await show();
  assert.equal(shown.text(".l3s1-hits"), "L4 (traversing) is hit.");
  assert.equal(painted(shown.el, "l4"), 1, "one side");
  assert.equal(painted(shown.el, "l5"), 0);
  const list = shown.text(".l3s1-expected");
  assert.match(list, /Numb medial leg.*usual.*no published accuracy/);
  assert.match(list, /Knee jerk weaker.*possible.*L4: LR\+ 4 \(2 to 8\), LR− 0.5 \(0.25 to 1\)/);
  assert.match(list, /Weak knee extension.*LR\+ infinite \(2 to ∞\).*Mars study/);
  assert.match(shown.area("medial_leg").getAttribute("aria-label") ?? "", /mostly L4.*may be numb/);
  assert.doesNotMatch(shown.area("medial_leg", "right").getAttribute("aria-label") ?? "", /numb/);
  shown.remove();
  assert.equal(shown.model.listeners, 0);
});

test("another level changes picture, words and address at once, and tells the kernel once", async () => {
  const shown = await show();
  shown.choose("L4-L5");
  await settled();
  assert.equal(shown.text(".l3s1-hits"), "L5 (traversing) is hit.");
  assert.equal(painted(shown.el, "l4"), 0);
  assert.equal(painted(shown.el, "l5"), 1);
  assert.deepEqual(shown.model.saved, [{ level: "L4-L5" }]);
  assert.equal(location.search, "?level=L4-L5");
  shown.click("Reset");
  await settled();
  assert.equal(shown.text(".l3s1-hits"), "L4 (traversing) is hit.");
  assert.equal(location.search, "");
  shown.remove();
});

test("a zone of the column can be clicked", async () => {
  const shown = await show();
  const cells = [...shown.panel().querySelectorAll(".l3s1-cell")];
  assert.equal(cells.length, 4 * 7);
  const cell = cells.find((each) => each.textContent === "L2–L3, Foraminal, right");
  cell?.dispatchEvent(new Event("click"));
  const { level, zone, side } = shown.model.saved[0] ?? {};
  assert.deepEqual([level, zone, side], ["L2-L3", "foraminal", "right"]);
  shown.remove();
});

test("what can't wait has an icon and words", async () => {
  const shown = await show({ zone: "central" });
  const alarm = one(shown.panel(), ".l3s1-alarm");
  assert.match(alarm.textContent ?? "", /cauda equina syndrome.*emergency as soon as.*Numb perineum/);
  assert.ok(alarm.querySelector("svg"));
  assert.equal(painted(shown.el, "s2-s4"), 2, "both sides");
  assert.match(
    shown.text(".l3s1-hits"),
    /^L4 \(traversing\) and the cauda equina \(S2–S4\) may be hit on both sides\.$/,
  );
  shown.remove();
});

test("a number opens its origin", async () => {
  const shown = await show();
  shown.panel().querySelector<HTMLButtonElement>(".l3s1-expected .l3s1-origin-button")?.click();
  const sheet = one(shown.el, ".l3s1-sheet");
  await until(() => sheet.querySelector(".l3s1-origin") !== null, "the origin is there");
  assert.equal(sheet.hidden, false);
  shown.remove();
});

test("every lesion of the course shows what it hits, and no number but those of its facts", async () => {
  const { traits } = JSON.parse(readFileSync("tests/fixtures/neurology.json", "utf-8")) as {
    traits: NeurologyTraits;
  };
  const shown = await show({ ...traits, origins_gz: new DataView(new ArrayBuffer(0)) });
  for (const [key, lesion] of Object.entries(traits.lesions)) {
    const [level, zone, cause] = key.split("|") as [Level, Zone, Cause];
    shown.model.receive("level", level);
    shown.model.receive("zone", zone);
    shown.model.receive("cause", cause);
    await settled();
    const rows = [...shown.panel().querySelectorAll(".l3s1-sign")];
    assert.equal(rows.length, lesion.expected.length, key);
    const roots = lesion.hits.map(({ root }) => root);
    const sides = new Set(lesion.hits.map((hit) => hit.sides));
    for (const root of roots) {
      const paint = painted(shown.el, root.toLowerCase());
      assert.equal(paint, sides.has("both") ? 2 : 1, `${key}: ${root}`);
    }
    const printed = new Set(
      traits.signs
        .flatMap(({ accuracy }) => accuracy)
        .filter(({ root }) => roots.includes(root))
        .flatMap(({ present, absent }) => [present, absent])
        .flatMap((ratio) => (ratio ? [ratio.estimate, ratio.low, ratio.high] : []))
        .map(String),
    );
    for (const button of shown.panel().querySelectorAll(".l3s1-accuracy .l3s1-origin-button")) {
      const [name = "", ...ratios] = (button.textContent ?? "").split(/: |, /);
      assert.ok((roots as string[]).includes(name), name);
      const numbers = ratios.join(" ").match(/\d+(\.\d+)?/g) ?? [];
      for (const number of numbers) assert.ok(printed.has(number), `${key}: ${number}`);
    }
    const alarm = shown.panel().querySelector(".l3s1-alarm");
    assert.equal(alarm !== null, lesion.cauda_equina, key);
  }
  shown.remove();
});

test("findings are ticked on the body and in lists, and move the roots by what is published", async () => {
  const shown = await show({ mode: "findings" });
  shown.area("medial_leg").dispatchEvent(new Event("click"));
  await settled();
  assert.deepEqual(shown.model.get("findings"), { numb_medial_leg: "present" });
  assert.match(shown.text(".l3s1-moves"), /No published accuracy: does not move the ranking/);
  assert.match(shown.area("medial_leg").getAttribute("aria-label") ?? "", /numbness present/);
  assert.match(shown.text(".l3s1-ranking"), /L433 %where it starts/);
  shown.area("medial_leg").dispatchEvent(new Event("click"));
  shown.area("medial_leg").dispatchEvent(new Event("click"));
  assert.deepEqual(shown.model.get("findings"), {}, "present, absent, not examined");

  one<HTMLButtonElement>(shown.panel(), '[data-sign="knee_jerk"] .l3s1-tick-present').click();
  await settled();
  assert.match(shown.text(".l3s1-moves"), /This sign alone moves L4 from 33 % to 67 %\./);
  const [first, , last] = [...shown.panel().querySelectorAll(".l3s1-root-bar")];
  assert.match(first?.textContent ?? "", /^L4.*67 %.*50 % to 80 %/);
  assert.match(last?.textContent ?? "", /^L5.*20 %.*spread not known/);
  assert.equal(location.search, "?findings=knee_jerk:present");
  shown.remove();
});

test("where the ranking starts and whose numbers it takes have their sources", async () => {
  const shown = await show({ mode: "findings" });
  assert.match(shown.text(".l3s1-basis"), /All the same.*moonlight. Source$/);
  shown.pick("Start from", "moon");
  shown.pick("Numbers of", "mars");
  await settled();
  assert.match(shown.text(".l3s1-basis"), /As on the moon. Source.*One was seen/);
  assert.equal(shown.panel().querySelectorAll(".l3s1-root-bar").length, 2, "L4 and L5 have odds there");
  const [first] = shown.panel().querySelectorAll<HTMLButtonElement>(".l3s1-basis button");
  first?.click();
  const sheet = one(shown.el, ".l3s1-sheet");
  await until(() => sheet.querySelector(".l3s1-origin") !== null, "the origin is there");
  shown.remove();
});

test("the other leg is not asked", async () => {
  const shown = await show({ mode: "findings" });
  shown.area("sole", "right").dispatchEvent(new Event("click"));
  assert.deepEqual(shown.model.get("findings"), {});
  assert.equal(shown.area("sole", "right").getAttribute("aria-disabled"), "true");
  shown.remove();
});

test("the keyboard reaches every area, with one stop of Tab", async () => {
  const shown = await show({ mode: "findings" });
  const stops = [...shown.el.querySelectorAll('.l3s1-region[tabindex="0"]')];
  assert.equal(stops.length, 1);
  const body = one(shown.el, ".l3s1-body");
  const seen = new Set<string>();
  const stop = (): Element => one(body, '[tabindex="0"]');
  for (let step = 0; step < 28; step += 1) {
    seen.add(stop().getAttribute("aria-label") ?? "");
    press(stop(), "ArrowDown");
  }
  assert.equal(seen.size, 28, "14 areas on two sides");
  press(stop(), "ArrowRight");
  assert.equal(stop().getAttribute("data-side"), "left");
  shown.area("sole").dispatchEvent(new Event("focus"));
  assert.equal(stop(), shown.area("sole"), "an area that has the focus is the one that Tab leads to");
  press(stop(), "Home");
  press(stop(), "ArrowRight");
  press(stop(), "Enter");
  assert.deepEqual(shown.model.get("findings"), { numb_groin: "present" });
  shown.remove();
});

test("a link opens what it names, and nothing else", async () => {
  open("?mode=findings&findings=knee_jerk:absent&level=L5-S1&side=up&token=kept");
  const shown = await show();
  const { mode, findings, level, side } = Object.fromEntries(
    (["mode", "findings", "level", "side"] as const).map((key) => [key, shown.model.get(key)]),
  );
  assert.deepEqual(
    [mode, findings, level, side],
    ["findings", { knee_jerk: "absent" }, "L5-S1", "left"],
  );
  shown.click("Clear all");
  await settled();
  assert.match(location.search, /token=kept/);
  assert.doesNotMatch(location.search, /findings=/);
  shown.remove();
});

const FEEDBACK: Feedback = {
  answer: { root: "L5", level: "", zone: "" },
  seed: 7,
  difficulty: 1,
  verdict: "wrong",
  urgent: { title: "Go now", steps: [{ text: "Call the moon.", facts: ["fictional-fact"] }] },
  said: "It is not L5.",
  fits: [],
  against: [{ text: "The knee jerk is weaker.", facts: ["fictional-fact"] }],
  tells_apart: [],
  truth: { text: "The cauda equina.", facts: [] },
  also_possible: [],
};

test("a patient is shown, answered, judged with what can't wait first, and counted once", async () => {
  const shown = await show({ mode: "patient" });
  assert.match(shown.text(".l3s1-patient-findings"), /Left knee extension 3\/5/);
  assert.ok(shown.panel().querySelector('[aria-label="MRC grade 3 of 5"]'));
  assert.equal(painted(shown.el, "numb"), 2, "the saddle is on both sides");
  const answer = one<HTMLButtonElement>(shown.panel(), ".l3s1-primary");
  assert.equal(answer.disabled, true, "nothing is chosen");
  shown.pick("Which root", "L5");
  assert.equal(answer.disabled, false);
  answer.click();
  assert.deepEqual(shown.model.saved, [{ answer: { root: "L5", level: "", zone: "" } }]);
  shown.model.receive("feedback", FEEDBACK);
  await settled();
  const feedback = one(shown.panel(), ".l3s1-feedback");
  assert.match(feedback.firstElementChild?.textContent ?? "", /Go now.*Call the moon/);
  assert.match(feedback.textContent ?? "", /Not this one.*The knee jerk is weaker/);
  assert.match(shown.text(".l3s1-score"), /1 answered, 0 right/);
  shown.model.receive("feedback", { ...FEEDBACK, verdict: "right" });
  await settled();
  assert.match(shown.text(".l3s1-score"), /1 answered, 0 right/, "the first answer counts");

  shown.click("Next patient");
  assert.deepEqual(shown.model.saved[1], { seed: 8, answer: null });
  await settled();
  assert.match(location.search, /seed=8/);
  assert.match(shown.panel().textContent ?? "", /The next patient is on the way/);
  shown.model.receive("feedback", null);
  shown.model.receive("patient", { ...FICTIONAL_PATIENT, seed: 8, title: "Another" });
  await settled();
  assert.equal(one(shown.panel(), "h3[tabindex]").textContent, "Another");
  assert.equal(feedback.hidden, true);
  shown.remove();
});

test("the loader starts the code that it was given, and says what went wrong", async () => {
  const model = new MockModel({ ...neurologyTraits(), _neurology_file: "neurology.js" });
  const el = document.createElement("div");
  document.body.append(el);
  const remove = createLocaliseLesion(() => Promise.resolve(Neurology)).render({
    model: model.any,
    el,
  });
  await until(() => el.querySelector(".l3s1-body") !== null, "the body is there");
  remove();
  const failing = createLocaliseLesion(() => Promise.reject(new Error("no moon")));
  failing.render({ model: model.any, el });
  await until(() => /can’t be shown: no moon/.test(el.textContent ?? ""), "it is said");
});
