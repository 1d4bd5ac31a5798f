import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createAnatomyExplorer, type Loads } from "../src/anatomy_explorer.ts";
import { Explorer } from "../src/explorer/explorer.ts";
import type { OpenScene } from "../src/explorer/stage.ts";
import { WebGlMissing } from "../src/scene/types.ts";
import { type Model, newModel, openLesson, settled, show, slide, tasks } from "./explorer_page.ts";
import { explorerTraits } from "./fixtures/explorer.ts";
import { one, press, until } from "./page.ts";

beforeEach(openLesson);

// --- explore --------------------------------------------------------------------------------------

test("it opens on its structure, with its words and its sources", async () => {
  const shown = await show({ structure: "L4.pedicle.left" });
  assert.match(
    shown.text(".l3s1-details"),
    /Left pedicle of L4pedicleum ficticium.*made up.*fusion surgeon cares/,
  );
  assert.equal(shown.text(".l3s1-here"), "L4: 4.4 mm");
  assert.deepEqual(shown.scene.state.highlight, ["L4.pedicle.left"]);
  assert.equal(shown.scene.state.peeled, 2);
  one<HTMLElement>(shown.el, ".l3s1-numbers button").click();
  const sheet = one(shown.el, "[role=dialog]");
  await until(() => sheet.textContent?.includes("ever happened") ?? false, "the origin is unpacked");
  shown.remove();
});

test("a click in the picture selects; a click beside it selects nothing", async () => {
  const shown = await show();
  shown.scene.pick("L5.pedicle.right");
  await settled();
  assert.match(shown.text(".l3s1-details h3"), /Right pedicle of L5/);
  assert.deepEqual(shown.model.saved.at(-1), { structure: "L5.pedicle.right" });
  shown.scene.happen("pick", null);
  await settled();
  assert.match(shown.text(".l3s1-details"), /Nothing is selected/);
  shown.remove();
});

test("what points at the picture is named beneath it", async () => {
  const shown = await show({ structure: "" });
  shown.scene.happen("hover", { structure: "dural_sac", part: "dural_sac", point: [0, 0, 0] });
  assert.match(shown.text(".l3s1-strip"), /^Dural sac/);
  shown.scene.happen("hover", null);
  assert.match(shown.text(".l3s1-strip"), /^Click a structure/);
  shown.remove();
});

test("the search is worked by keys alone", async () => {
  const shown = await show();
  const input = one<HTMLInputElement>(shown.el, "[role=combobox]");
  input.value = "ped l4";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(input.getAttribute("aria-expanded"), "true");
  press(input, "ArrowDown");
  const active = document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
  assert.match(active?.textContent ?? "", /right pedicle of L4/);
  assert.equal(active?.getAttribute("aria-selected"), "true");
  press(input, "Enter");
  assert.equal(shown.model.get("structure"), "L4.pedicle.right");
  assert.equal(input.getAttribute("aria-expanded"), "false");
  input.value = "<b>";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.value = "ghost";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.match(shown.text("[role=listbox]"), /Nothing in the model is called that/);
  press(input, "Escape");
  assert.equal(one(shown.el, "[role=listbox]").hidden, true);
  shown.remove();
});

test("what was peeled off or hidden comes back when it is selected", async () => {
  const shown = await show({ peeled: 5, hidden: ["L4.nerve_root.left"], isolated: ["L4"] });
  const input = one<HTMLInputElement>(shown.el, "[role=combobox]");
  input.value = "root left";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  press(input, "Enter");
  await settled();
  const { peeled, hidden, isolated } = shown.scene.state;
  assert.deepEqual([peeled, hidden, isolated], [3, [], []]);
  shown.remove();
});

test("the tree is walked, opened and chosen from by keys", async () => {
  const shown = await show({ structure: "" });
  const tree = one(shown.el, "[role=tree]");
  const here = (): string => tree.querySelector<HTMLElement>("[tabindex='0']")?.dataset.key ?? "";
  const key = (...keys: string[]): void => {
    for (const each of keys) press(tree.querySelector("[tabindex='0']") as Element, each);
  };
  assert.equal(here(), "group bones");
  key("ArrowRight", "ArrowRight");
  assert.equal(here(), "kind vertebra");
  key("ArrowDown", "ArrowRight", "ArrowDown");
  assert.equal(here(), "structure L3.pedicle.left");
  key("Enter");
  assert.equal(shown.model.get("structure"), "L3.pedicle.left");
  await settled();
  key("ArrowLeft");
  assert.equal(here(), "kind pedicle");
  key("h");
  assert.equal(shown.model.get("hidden").length, 6);
  await settled();
  assert.ok(one(shown.el, "[data-key='kind pedicle']").classList.contains("l3s1-gone"));
  key("h", "i");
  assert.deepEqual([shown.model.get("hidden").length, shown.model.get("isolated").length], [0, 6]);
  key("i", "End");
  assert.deepEqual(shown.model.get("isolated"), []);
  assert.equal(here(), "group muscles");
  key("Home");
  assert.equal(here(), "group bones");
  shown.remove();
});

test("a selection made elsewhere opens the tree at its place", async () => {
  const shown = await show({ structure: "" });
  shown.scene.pick("L5.pedicle.left");
  await settled();
  const item = one(shown.el, "[data-key='structure L5.pedicle.left']");
  assert.equal(item.getAttribute("aria-selected"), "true");
  assert.equal(item.tabIndex, 0);
  assert.equal(item.closest("[hidden]"), null);
  shown.remove();
});

test("sliders show at once and tell the kernel once settled", async () => {
  const shown = await show();
  const saved = shown.model.saved.length;
  slide(shown.el, "Peel off", 3);
  slide(shown.el, "Peel off", 4);
  await until(() => shown.scene.state.peeled === 4, "the scene peels");
  assert.equal(shown.model.saved.length, saved);
  assert.match(shown.text(".l3s1-scene-controls"), /muscles, vessels, ligaments and nerves/);
  const input = [...shown.el.querySelectorAll<HTMLInputElement>(".l3s1-range")][0];
  input?.dispatchEvent(new Event("change", { bubbles: true }));
  assert.deepEqual(shown.model.saved.slice(saved), [{ peeled: 4 }]);
  assert.ok(location.search.includes("peel=4"));
  shown.remove();
});

test("the scene hears only of what changes", async () => {
  const shown = await show();
  shown.scene.told.length = 0;
  shown.click("Labels");
  await settled();
  assert.deepEqual(
    shown.scene.told.map((each) => Object.keys(each)),
    [["labels"]],
  );
  shown.remove();
});

test("a section goes through a disc by one press, and off again", async () => {
  const shown = await show();
  one<HTMLButtonElement>(shown.el, ".l3s1-discs button:last-child").click();
  await settled();
  assert.deepEqual(shown.scene.state.section, {
    plane: "axial",
    at: 0,
    segment: "L4-L5",
    from_disc: true,
  });
  one<HTMLInputElement>(shown.el, "input[value=off]").dispatchEvent(new Event("change"));
  await settled();
  assert.equal(shown.scene.state.section, null);
  shown.remove();
});

test("a named view can be asked for again after turning by hand", async () => {
  const shown = await show();
  const pressed = (): string[] =>
    [...shown.el.querySelectorAll(".l3s1-views [aria-pressed=true]")].map(
      (each) => each.textContent ?? "",
    );
  assert.deepEqual(pressed(), ["Oblique"]);
  shown.scene.turn();
  assert.deepEqual(pressed(), []);
  shown.scene.told.length = 0;
  shown.click("Oblique");
  await settled();
  assert.deepEqual(shown.scene.told, [{ view: "oblique" }]);
  assert.deepEqual(pressed(), ["Oblique"]);
  shown.remove();
});

test("a measurement is said beneath the picture", async () => {
  const shown = await show();
  shown.click("Measure");
  await settled();
  assert.equal(shown.scene.state.measuring, true);
  const at = { structure: "L4.pedicle.left", part: "L4", point: [0, 0, 0] } as const;
  shown.scene.happen("measure", { from: at, to: { ...at, structure: "L5.pedicle.left" }, mm: 31.26 });
  assert.match(shown.text(".l3s1-strip"), /31\.3 mm from left pedicle of L4 to left pedicle of L5/);
  shown.remove();
});

test("the state is read from the link; reset goes back to the start", async () => {
  history.replaceState(
    null,
    "",
    "?token=kept&structure=dural_sac&view=posterior&section=axial:L4-L5&seed=nonsense",
  );
  const shown = await show();
  assert.equal(shown.model.get("structure"), "dural_sac");
  assert.equal(shown.scene.state.view, "posterior");
  assert.deepEqual(shown.scene.state.section, {
    plane: "axial",
    at: 0,
    segment: "L4-L5",
    from_disc: true,
  });
  shown.click("Reset");
  await settled();
  assert.deepEqual([shown.model.get("structure"), shown.model.get("view")], ["L4", "oblique"]);
  assert.equal(location.search, "?token=kept");
  shown.remove();
});

test("the tabs are worked by arrow keys and keep each mode’s view", async () => {
  const shown = await show();
  press(one(shown.el, "[role=tab][data-mode=explore]"), "ArrowRight");
  await settled();
  assert.equal(shown.model.get("mode"), "compare");
  assert.equal(document.activeElement, one(shown.el, "[role=tab][data-mode=compare]"));
  assert.equal(shown.scene.state.view, "superior");
  shown.click("Back");
  press(one(shown.el, "[role=tab][data-mode=compare]"), "Home");
  await settled();
  assert.equal(shown.scene.state.view, "oblique");
  press(one(shown.el, "[role=tab][data-mode=explore]"), "ArrowRight");
  await settled();
  assert.equal(shown.scene.state.view, "posterior");
  shown.remove();
});

// --- compare --------------------------------------------------------------------------------------

test("two levels are compared, number by number", async () => {
  const shown = await show({ mode: "compare", structure: "" });
  assert.deepEqual(shown.scene.state.arranged, ["L3", "L5"]);
  assert.equal(shown.scene.state.highlight.length, 4, "the first dimension is lit on both");
  const row = (): string[] =>
    [...shown.el.querySelectorAll(".l3s1-compare-table tbody:nth-of-type(1) .l3s1-series td")].map(
      (each) => each.textContent ?? "",
    );
  const folded = (): string => shown.text(".l3s1-compare-table tbody:nth-of-type(2) .l3s1-summary");
  assert.equal(folded(), "Disc height9 mmno number");
  assert.deepEqual(row(), ["3.3 mm", "5.5 mm"]);
  assert.match(shown.text(".l3s1-compare-says"), /Pedicle width.*grows.*screw may be thicker/);
  const [first] = shown.el.querySelectorAll("select");
  (first as HTMLSelectElement).value = "L5";
  first?.dispatchEvent(new Event("change"));
  await settled();
  assert.deepEqual(shown.model.get("levels"), ["L5", "L3"]);
  assert.deepEqual(row(), ["5.5 mm", "3.3 mm"]);
  shown.click("Pedicle width");
  await settled();
  assert.deepEqual(shown.scene.state.highlight.length, 4);
  shown.click("Disc height");
  await settled();
  assert.match(shown.text(".l3s1-compare-says"), /Disc height.*Nothing follows/);
  shown.remove();
});

// --- variants -------------------------------------------------------------------------------------

test("variants change the model and the area, and say by how much", async () => {
  const shown = await show({ mode: "variants" });
  const area = (): string => shown.text("[data-segment='L4-L5'] .l3s1-area-value");
  assert.equal(area(), "160 mm²");
  slide(shown.el, "flavum thickening", 1);
  await until(() => area() === "100 mm²", "the area falls");
  assert.match(shown.text("[data-variant=flavum_thickening] .l3s1-range-value"), /\+3\.0 mm/);
  slide(shown.el, "facet hypertrophy", 0.5);
  await until(() => area() === "80 mm²", "the area falls further");
  assert.equal(one(shown.el, "[data-segment='L4-L5']").dataset.below, "true");
  slide(shown.el, "slip", 0.3);
  await settled();
  assert.deepEqual(shown.scene.state.slip, { "L4-L5": 0.3 });
  assert.equal(shown.text("[data-variant=slip] .l3s1-range-value"), "30 %, 12.0 mm, grade II");
  slide(shown.el, "disc height", 0.5);
  await settled();
  assert.equal(shown.text("[data-variant=disc_height] .l3s1-range-value"), "50 % kept, 5.0 mm");
  shown.click("Back to the usual");
  await until(() => area() === "160 mm²", "all is as it was");
  assert.deepEqual([shown.model.get("slip"), shown.model.get("disc_height")], [{}, {}]);
  shown.remove();
});

test("each segment keeps its own slip", async () => {
  const shown = await show({ mode: "variants" });
  slide(shown.el, "slip", 0.2);
  const upper = one<HTMLInputElement>(shown.el, "[data-panel=variants] input[value='L3-L4']");
  upper.dispatchEvent(new Event("change"));
  await settled();
  assert.equal(shown.text("[data-variant=slip] .l3s1-range-value"), "0 %, 0.0 mm, no slip");
  slide(shown.el, "slip", 0.1);
  assert.deepEqual(shown.model.get("slip"), { "L4-L5": 0.2, "L3-L4": 0.1 });
  shown.remove();
});

test("the canal is seen from above through its disc", async () => {
  const shown = await show({ mode: "variants" });
  shown.click("See the canal");
  await settled();
  assert.deepEqual(shown.scene.state.section, {
    plane: "axial",
    at: 0,
    segment: "L4-L5",
    from_disc: true,
  });
  assert.equal(shown.scene.state.view, "superior");
  shown.remove();
});

const PICTURES = {
  "oblique-light": "oblique-0123456789ab.webp",
  "posterior-light": "posterior-0123456789ab.webp",
};

const noWebGl: OpenScene = async () => {
  throw new WebGlMissing("this browser shows no WebGL");
};

test("without WebGL a picture and a note stand in, and the words still work", async () => {
  const shown = await show({ _pictures: PICTURES }, noWebGl);
  assert.match(shown.text(".l3s1-stage-note"), /no 3D graphics.*still pictures.*work as usual/);
  const picture = one<HTMLImageElement>(shown.el, ".l3s1-stage img");
  assert.match(picture.src, /oblique-0123456789ab\.webp$/);
  shown.click("Back");
  await settled();
  assert.match(picture.src, /posterior-0123456789ab\.webp$/);
  assert.match(picture.alt, /still picture: back/);
  assert.match(shown.text(".l3s1-details h3"), /Vertebra L4/);
  shown.remove();
});

test("without WebGL tasks are put in words, and still told apart", async () => {
  const [task] = tasks(7);
  const shown = await show({ mode: "find", seed: 7 }, noWebGl);
  assert.equal(shown.text(".l3s1-find-question"), "Which structure is described?");
  assert.match(shown.text(".l3s1-find-described"), /made up/);
  const buttons = [...shown.el.querySelectorAll<HTMLButtonElement>(".l3s1-find-choices button")];
  assert.equal(buttons.length, task?.choices.length);
  buttons.find((each) => each.dataset.structure !== task?.structure)?.click();
  assert.match(shown.text(".l3s1-find-feedback"), /^That is/);
  buttons.find((each) => each.dataset.structure === task?.structure)?.click();
  assert.deepEqual(shown.model.get("results"), ["later"]);
  shown.remove();
});

test("a removed view leaves nothing behind", async () => {
  const shown = await show();
  shown.remove();
  assert.equal(shown.model.listeners, 0);
  assert.equal(shown.scene.disposed, true);
});

test("markup in words stays text", async () => {
  const traits = explorerTraits();
  const kinds = traits.kinds.map((each) => ({ ...each, what: "<img src=x onerror=alert(1)>" }));
  const shown = await show({ kinds });
  assert.equal(shown.el.querySelector(".l3s1-details img"), null);
  assert.match(shown.text(".l3s1-details"), /<img/);
  shown.remove();
});

// --- the loader -----------------------------------------------------------------------------------

function load(loads: Partial<Loads>): { el: HTMLElement; remove: () => void; model: Model } {
  const never = (): Promise<never> => new Promise(() => undefined);
  const widget = createAnatomyExplorer({ explorer: never, scene: never, ...loads });
  const model = newModel();
  const el = document.createElement("div");
  document.body.append(el);
  const props = { model: model.any as never, el };
  widget.initialize(props);
  return { el, model, remove: widget.render(props) };
}

test("it says that it loads, and the words are there before the model is", async () => {
  let arrive = (_: typeof Explorer): void => undefined;
  const explorer = new Promise<typeof Explorer>((resolve) => (arrive = resolve));
  const { el, remove } = load({ explorer: () => explorer });
  assert.match(el.textContent ?? "", /Loading the explorer/);
  arrive(Explorer);
  await until(() => el.querySelector(".l3s1-details h3") !== null, "the words are there");
  assert.match(one(el, ".l3s1-stage-note").textContent ?? "", /Loading the model/);
  remove();
});

test("what fails to load is said with its reason", async () => {
  const failing = async (): Promise<never> => {
    throw new Error("the file is on strike");
  };
  const code = load({ explorer: failing });
  await until(() => /can’t be shown: the file is on strike/.test(code.el.textContent ?? ""), "it says so");
  code.remove();
  const scene = load({ explorer: async () => Explorer, scene: failing });
  await until(() => /3D model can’t be shown: the file is on strike/.test(scene.el.textContent ?? ""), "it says so");
  assert.match(one(scene.el, ".l3s1-details h3").textContent ?? "", /Vertebra L4/);
  scene.remove();
});

test("a view that was removed while its code loaded stays empty", async () => {
  let arrive = (_: typeof Explorer): void => undefined;
  const explorer = new Promise<typeof Explorer>((resolve) => (arrive = resolve));
  const { el, model, remove } = load({ explorer: () => explorer });
  remove();
  arrive(Explorer);
  await settled();
  assert.equal(el.querySelector(".l3s1-details"), null);
  assert.equal(model.listeners, 0);
});
