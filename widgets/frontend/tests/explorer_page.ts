// The explorer in a page without a browser, for its tests.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Explorer } from "../src/explorer/explorer.ts";
import { drawRound } from "../src/explorer/rounds.ts";
import type { OpenScene } from "../src/explorer/stage.ts";
import type { ExplorerTraits } from "../src/explorer/types.ts";
import { FakeScene, opening } from "./fake_scene.ts";
import { explorerTraits, FICTIONAL_FACTS, FICTIONAL_TARGETS } from "./fixtures/explorer.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

export type Model = MockModel<ExplorerTraits>;

export function newModel(more: Partial<ExplorerTraits> = {}): Model {
  const packed = gzipSync(JSON.stringify(FICTIONAL_FACTS));
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return new MockModel<ExplorerTraits>({ ...explorerTraits(), origins_gz, ...more });
}

export interface Shown {
  el: HTMLElement;
  model: Model;
  scene: FakeScene;
  remove: () => void;
  text: (selector: string) => string;
  click: (label: string) => void;
}

export async function show(more: Partial<ExplorerTraits> = {}, open?: OpenScene): Promise<Shown> {
  const model = newModel(more);
  const scene = new FakeScene();
  const el = document.createElement("div");
  document.body.append(el);
  const remove = new Explorer(model.any).render({ model: model.any, el }, open ?? opening(scene));
  const note = one(el, ".l3s1-stage-note");
  await until(
    () => note.hidden === true || /can’t|no 3D/.test(note.textContent ?? ""),
    "the scene is there or not",
  );
  await settled();
  const text = (selector: string): string => one(el, selector).textContent ?? "";
  const click = (label: string): void => {
    const found = [...el.querySelectorAll("button")].filter(
      (each) => each.textContent?.trim() === label && !each.closest("[hidden]"),
    );
    assert.equal(found.length, 1, `one button “${label}”`);
    found[0]?.click();
  };
  return { el, model, scene, remove, text, click };
}

export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

export function slide(el: ParentNode, label: string, value: number): void {
  const slider = [...el.querySelectorAll(".l3s1-slider")].find((each) =>
    each.querySelector("label")?.textContent?.startsWith(label),
  );
  const input = one<HTMLInputElement>(slider ?? el, "input");
  input.value = String(value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The page of a lesson, as each of the explorer’s tests begins with it. */
export function openLesson(): void {
  openPage("http://localhost:8888/voila/render/01.ipynb?token=kept");
  document.body.dataset.voila = "voila";
  const config = document.createElement("script");
  Object.assign(config, {
    id: "jupyter-config-data",
    type: "application/json",
    textContent: '{"baseUrl": "/"}',
  });
  document.head.append(config);
}

/** The tasks of a round of ‘find it’, as the page draws them. */
export const tasks = (seed: number) =>
  drawRound(
    seed,
    FICTIONAL_TARGETS,
    (id) => explorerTraits().structures.find((each) => each.id === id)?.kind ?? id,
  );
