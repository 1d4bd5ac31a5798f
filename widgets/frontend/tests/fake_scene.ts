// A scene without a picture: what it was told, and events as a reader's hand would cause.
import type { OpenScene } from "../src/explorer/stage.ts";
import type { AnatomyScene, SceneEvents, SceneState, Vector } from "../src/scene/types.ts";

export class FakeScene implements AnatomyScene {
  readonly parts = [];
  readonly told: Partial<SceneState>[] = [];
  readonly framed: string[] = [];
  zoomed = 1;
  disposed = false;
  say: (structure: string) => string = String;
  state = {} as SceneState;
  readonly #handlers = new Map<string, Set<(value: never) => void>>();

  set(change: Partial<SceneState>): void {
    this.told.push(change);
    this.state = { ...this.state, ...change };
    if (change.view) this.happen("view", change.view);
  }

  frame(structures: readonly string[]): void {
    this.framed.push(...structures);
    this.happen("view", null);
  }

  zoom(factor: number): void {
    this.zoomed *= factor;
  }

  turn(): void {
    this.happen("view", null);
  }

  on<K extends keyof SceneEvents>(event: K, handler: (value: SceneEvents[K]) => void): () => void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  happen<K extends keyof SceneEvents>(event: K, value: SceneEvents[K]): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(value as never);
  }

  pick(structure: string, part = structure.split(".")[0] ?? structure): void {
    this.happen("pick", { structure, part, point: [0, 0, 0] });
  }

  /** Falls with flavum and facets, so that a test sees it fall. */
  canalAreas(): Record<string, number> {
    const { facet_hypertrophy = 0, flavum_thickening = 0 } = this.state.morph ?? {};
    const area = 160 - 40 * facet_hypertrophy - 60 * flavum_thickening;
    return { "L3-L4": area + 10, "L4-L5": area };
  }

  middle(): Vector {
    return [12.2, 30, -4];
  }

  readonly carried = new Map<string, readonly number[]>();

  carry(part: string, rows: readonly number[]): void {
    this.carried.set(part, rows);
  }

  async snapshot(): Promise<Blob> {
    return new Blob();
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Opens `scene` with the state that it was asked for. */
export function opening(scene: FakeScene): OpenScene {
  return async (_host, { state, say }) => {
    scene.say = say;
    scene.state = { ...scene.state, ...state };
    return scene;
  };
}
