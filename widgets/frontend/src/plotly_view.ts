// The view of a Plotly FigureWidget without plotly.js in it: a loader that hands over to the
// widget inside the shared bundle.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import { offerView } from "./code_once.ts";
import { h, uniqueId } from "./dom.ts";
import { MessageBuffer } from "./message_buffer.ts";
import { DRAWING, fitWidth, whenDrawn } from "./plot_place.ts";
import {
  loadPlotly,
  type BundleTraits,
  type PlotlyApi,
  type PlotlyBundle,
  type PlotlyDelegate,
} from "./plotly_bundle.ts";
import { darkRules } from "./theme.ts";

interface FigureTraits extends BundleTraits {
  _widget_layout: {
    height?: number | null;
    width?: number | null;
    /** `dark`: light colour → dark colour, both #rrggbb, of everything the figure draws. */
    meta?: { dark?: Record<string, string> } | null;
  };
}

interface Ready {
  Plotly: PlotlyApi;
  delegate: PlotlyDelegate;
  buffer: MessageBuffer;
}

const DEFAULT_HEIGHT_PX = 360; // of the bundle's widget

type Load = (model: AnyModel<BundleTraits>) => Promise<PlotlyBundle>;

/** One widget model: `load` is exchanged in tests. */
export function createPlotlyView(load: Load = loadPlotly) {
  let ready: Promise<Ready> | undefined;

  const prepare = (model: AnyModel<FigureTraits>): Promise<Ready> => {
    const buffer = new MessageBuffer(model as unknown as AnyModel);
    const prepared = load(model as unknown as AnyModel<BundleTraits>).then((bundle) => {
      const delegate = bundle.createDelegate();
      delegate.initialize({ model: buffer.model });
      buffer.play();
      return { Plotly: bundle.Plotly, delegate, buffer };
    });
    prepared.catch(() => undefined); // said where it is drawn
    return prepared;
  };

  return {
    // Not awaited: anywidget holds back all messages of the model until this returns.
    initialize({ model }: Pick<InitializeProps<FigureTraits>, "model">): void {
      ready = prepare(model);
    },

    async render({ model, el }: Pick<RenderProps<FigureTraits>, "model" | "el">) {
      const removed = new AbortController();
      const loading = h("p", { class: "l3s1-plotly-note", role: "status" }, "Loading the chart …");
      const plot = h("div", { class: "l3s1-plotly-plot", id: uniqueId("plot") });
      const layout = model.get("_widget_layout");
      plot.style.minHeight = `${layout?.height ?? DEFAULT_HEIGHT_PX}px`;
      const theme = h("style", {}, darkRules(`#${plot.id}`, layout?.meta?.dark ?? {}));
      el.classList.add("l3s1", "l3s1-plotly");
      el.replaceChildren(theme, loading, plot);
      el.setAttribute(DRAWING, "");
      const drawn = () => {
        // kept the chart's place till then; from now on a chart may become lower
        plot.style.minHeight = "";
        el.removeAttribute(DRAWING);
      };
      whenDrawn(plot, drawn, removed.signal);

      void (ready ??= prepare(model)).then(
        ({ Plotly, delegate, buffer }) => {
          if (removed.signal.aborted) return;
          loading.remove();
          const release = buffer.scope(() => delegate.render({ model: buffer.model, el: plot }));
          removed.signal.addEventListener("abort", release);
          fitWidth(Plotly, plot, () => model.get("_widget_layout")?.width, removed.signal);
        },
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          loading.textContent = `The chart cannot be drawn: ${why}. Reload the page to try again.`;
          plot.remove();
          el.removeAttribute(DRAWING);
        },
      );
      return () => removed.abort();
    },
  };
}

const view = () => createPlotlyView();

offerView("plotly_view", view);
export default view;
