// The controls under the picture, in one order; each mode shows those that it needs.
import { h, setAttributes, setText } from "../dom.ts";
import { VIEW_BUTTONS } from "../scene/names.ts";
import type { SectionPlane, ViewName } from "../scene/types.ts";
import { button, choice, slider, toggle, type Field } from "./fields.ts";
import { PLANES, REACH, readSection, saySection, writeSection } from "./section.ts";
import type { ExplorerState } from "./state.ts";
import type { ExplorerTraits, StateValues } from "./types.ts";

export interface ControlActions {
  turnTo(view: ViewName): void;
  /** Cut through a disc and look at the cut. */
  cutDisc(segment: string): void;
  measure(on: boolean): void;
  reset(): void;
  /** Copy the link and resolve to what to say about it. */
  copyLink(): Promise<string>;
}

export interface Controls {
  element: HTMLElement;
  /** `view` is the named view that the picture has now, null after turning by hand. */
  show: (values: StateValues, view: ViewName | null) => void;
  measuring: Field<boolean>;
  said: HTMLElement;
}

export function buildControls(
  state: ExplorerState,
  traits: Pick<ExplorerTraits, "layers" | "variants">,
  actions: ControlActions,
): Controls {
  const views = viewRow(actions);
  const settled = (): void => state.settle();
  const peel = slider({
    label: "Peel off",
    low: 0,
    high: traits.layers.length - 1,
    step: 1,
    say: (value) => sayPeeled(value, traits.layers),
    moved: (peeled) => state.set({ peeled }),
    settled,
  });
  const explode = slider({
    label: "Pull apart",
    low: 0,
    high: 1,
    step: 0.05,
    say: (value) => (value === 0 ? "together" : `${Math.round(value * 100)} %`),
    moved: (value) => state.set({ explode: value }),
    settled,
  });
  const section = sectionField(state, traits, actions);
  const labels = toggle("Labels", (on) => state.choose({ labels: on }));
  const posture = choice(
    "Posture",
    [
      ["standing", "Standing"],
      ["supine", "Lying"],
    ],
    (value) => state.choose({ posture: value }),
  );
  const measuring = toggle("Measure", (on) => {
    measuring.show(on);
    actions.measure(on);
  });
  const said = h("span", { class: "l3s1-said", role: "status" });
  const reset = button("Reset", () => {
    actions.reset();
    setText(said, "");
  });
  const copy = button("Copy link", () => void actions.copyLink().then((words) => setText(said, words)));

  const pictureTools = [labels.element, measuring.element];
  const only = (modes: string, ...children: HTMLElement[]): HTMLElement =>
    h("div", { class: "l3s1-control", "data-modes": modes }, ...children);
  const element = h(
    "div",
    { class: "l3s1-scene-controls", role: "group", "aria-label": "View of the model" },
    only("explore compare variants find", views.element),
    only("explore variants", peel.element),
    only("explore", explode.element),
    only("explore variants", section.element),
    only("explore variants", posture.element),
    only(
      "explore compare variants find",
      h("div", { class: "l3s1-actions l3s1-tools" }, ...pictureTools, reset, copy, said),
    ),
  );
  return {
    element,
    measuring,
    said,
    show: (values, view) => {
      for (const each of element.querySelectorAll<HTMLElement>(":scope > .l3s1-control")) {
        each.hidden = !each.dataset.modes?.split(" ").includes(values.mode);
      }
      for (const each of pictureTools) each.hidden = values.mode !== "explore";
      views.element.dataset.mode = values.mode;
      views.show(view);
      peel.show(values.peeled);
      explode.show(values.explode);
      section.show(values.section);
      labels.show(values.labels);
      posture.show(values.posture);
    },
  };
}

/** Which layers are off, in words: "muscles and vessels off". */
export function sayPeeled(peeled: number, layers: readonly (readonly [string, string])[]): string {
  const off = layers.slice(0, peeled).map(([, label]) => label.toLowerCase());
  if (off.length === 0) return "nothing";
  const last = off.at(-1) ?? "";
  return off.length === 1 ? last : `${off.slice(0, -1).join(", ")} and ${last}`;
}

function viewRow(actions: ControlActions): Field<ViewName | null> {
  const buttons = VIEW_BUTTONS.map(([view, label]) => ({
    view,
    element: button(label, () => actions.turnTo(view), { "aria-pressed": "false" }),
  }));
  return {
    element: h(
      "div",
      { class: "l3s1-views", role: "group", "aria-label": "Named views" },
      ...buttons.map(({ element }) => element),
    ),
    show: (now) => {
      for (const { view, element } of buttons) {
        setAttributes(element, { "aria-pressed": String(view === now) });
      }
    },
  };
}

function sectionField(
  state: ExplorerState,
  { variants }: Pick<ExplorerTraits, "variants">,
  actions: ControlActions,
): Field<string> {
  const segments = variants.segments.map(({ id }) => id);
  const planes = choice<SectionPlane | "off">(
    "Section",
    [
      ["off", "Off"],
      ...PLANES.map((plane) => [plane, plane[0]?.toUpperCase() + plane.slice(1)] as const),
    ],
    (plane) =>
      state.choose({ section: plane === "off" ? "" : writeSection({ plane, at: middle(plane) }) }),
  );
  let plane: SectionPlane = "axial";
  const place = slider({
    label: "Plane at",
    low: 0,
    high: 1,
    step: 1,
    say: (at) => `${String(at).replace("-", "−")} mm`,
    moved: (at) => state.set({ section: writeSection({ plane, at }) }),
    settled: () => state.settle(),
  });
  const discs = variants.segments.map(({ id, label }) => ({
    id,
    element: button(label, () => actions.cutDisc(id), {
      "aria-pressed": "false",
      class: "l3s1-button l3s1-small",
    }),
  }));
  const element = h(
    "div",
    { class: "l3s1-section" },
    planes.element,
    place.element,
    h(
      "div",
      { class: "l3s1-discs", role: "group", "aria-label": "Axial section through a disc" },
      h("span", { class: "l3s1-field-label", "aria-hidden": "true" }, "Through disc"),
      ...discs.map((each) => each.element),
    ),
  );
  return {
    element,
    show: (text) => {
      const section = readSection(text, segments) ?? null;
      planes.show(section?.plane ?? "off");
      if (section) plane = section.plane;
      const [low, high] = REACH[plane];
      setAttributes(place.input, { min: low, max: high, disabled: section === null });
      if (section && !section.segment) place.show(section.at);
      else setAttributes(place.input, { "aria-valuetext": saySection(section) });
      setText(
        place.element.querySelector(".l3s1-range-value") as HTMLElement,
        section === null
          ? ""
          : section.segment
            ? "tilted with the disc"
            : saySection(section).replace(/^.*at /, ""),
      );
      for (const each of discs)
        setAttributes(each.element, { "aria-pressed": String(section?.segment === each.id) });
    },
  };
}

function middle(plane: SectionPlane): number {
  const [low, high] = REACH[plane];
  return plane === "sagittal" ? 0 : Math.round((low + high) / 2);
}
