// plotly.js, loaded once a page: from the server's cached file, else from the kernel.
import type { AnyModel } from "@anywidget/types";
import { asker, importModule, loadModule, shareLoad, type ImportModule } from "./shared_file.ts";

/** What the views use of plotly.js. */
export interface PlotlyApi {
  newPlot(element: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>;
  react(element: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>;
  purge(element: HTMLElement): void;
  Plots: { resize(element: HTMLElement): Promise<unknown> };
}

/** The widget inside the bundle: a factory of what anywidget calls initialize and render. */
export interface PlotlyDelegate {
  initialize(props: { model: object }): void;
  render(props: { model: object; el: HTMLElement }): (() => void) | void;
}

export interface PlotlyBundle {
  Plotly: PlotlyApi;
  createDelegate: () => PlotlyDelegate;
}

export interface BundleTraits {
  _plotly_file: string;
}

/** The bundle that the model's trait `_plotly_file` names. */
export function loadPlotly(
  model: AnyModel<BundleTraits>,
  load: ImportModule = importModule,
): Promise<PlotlyBundle> {
  const file = model.get("_plotly_file");
  return shareLoad("l3s1.plotly-loads", file, () =>
    loadModule(asker(model), file, "plotly.js", take, load),
  );
}

function take(module: unknown): PlotlyBundle {
  const { Plotly } = globalThis as { Plotly?: PlotlyApi };
  const createDelegate = (module as { default?: unknown }).default;
  if (!Plotly || typeof createDelegate !== "function") {
    throw new Error("the file that was loaded is not the Plotly widget bundle");
  }
  return { Plotly, createDelegate: createDelegate as PlotlyBundle["createDelegate"] };
}
