// The field that takes an item's answer, by its type.
import type { AnyModel } from "@anywidget/types";
import type { OpenScene } from "../../explorer/stage.ts";
import { loadScene, type SceneFiles } from "../../scene/load.ts";
import type { Item } from "../types.ts";
import { MultipleField, SingleField } from "./choices.ts";
import type { Field } from "./field.ts";
import { FindField } from "./find.ts";
import { LabelField } from "./label.ts";
import { NumericField } from "./numeric.ts";
import { OrderingField } from "./ordering.ts";
import { MatchingField } from "./pairs.ts";

/** What pictures and the 3D model are loaded by; "" and {} where no item needs them. */
export interface FieldTraits extends SceneFiles {
  _pictures: Readonly<Record<string, string>>;
}

export type FieldModel = AnyModel<FieldTraits>;

export const openSceneOf =
  (model: FieldModel): OpenScene =>
  async (host, options) => {
    const { createScene, pack } = await loadScene(model);
    return createScene(host, pack, options);
  };

/** `seed` null: choices as they are written. `openScene` is exchanged in tests. */
export function fieldOf(
  item: Item,
  seed: number | null,
  model: FieldModel,
  removed: AbortSignal,
  openScene: OpenScene = openSceneOf(model),
): Field {
  switch (item.type) {
    case "single_best_answer":
      return new SingleField(item, seed);
    case "multiple_response":
      return new MultipleField(item, seed);
    case "numeric":
      return new NumericField(item);
    case "ordering":
      return new OrderingField(item, seed, removed);
    case "matching":
    case "extended_matching":
      return new MatchingField(item, seed);
    case "label_picture":
      return new LabelField(item, seed, model, removed);
    case "find_in_3d":
      return new FindField(item, model, openScene, removed);
  }
}
