// The 3D engine and the model it shows, each loaded once a page.
import { asker, loadBytes, loadModule, shareLoad } from "../shared_file.ts";
import type { CreateScene } from "./types.ts";

/** Names of the files below `{baseUrl}l3s1/static/`. */
export interface SceneFiles {
  _engine_file: string;
  _pack_file: string;
}

export interface LoadedScene {
  createScene: CreateScene;
  pack: ArrayBuffer;
}

interface EngineModel {
  get(name: "_engine_file"): string;
}

interface FilesModel {
  get<K extends keyof SceneFiles>(name: K): SceneFiles[K];
}

/** The engine alone, for views that bring their own pack. */
export function loadEngine(model: EngineModel): Promise<CreateScene> {
  const engine = model.get("_engine_file");
  return shareLoad("l3s1.engine-loads", engine, () =>
    loadModule(asker(model), engine, "the 3D engine", take),
  );
}

/** The engine and the pack that the model's traits name. */
export async function loadScene(model: FilesModel): Promise<LoadedScene> {
  const file = model.get("_pack_file");
  const [createScene, pack] = await Promise.all([
    loadEngine(model),
    shareLoad("l3s1.pack-loads", file, () => loadBytes(asker(model), file, "the 3D model")),
  ]);
  return { createScene, pack };
}

function take(module: unknown): CreateScene {
  const { createScene } = module as { createScene?: unknown };
  if (typeof createScene !== "function") {
    throw new Error("the file that was loaded is not the 3D engine");
  }
  return createScene as CreateScene;
}
