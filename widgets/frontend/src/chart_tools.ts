// What every chart offers beside its controls: back to the start, a link to what is shown, the
// picture and the table as files. The link's state lives in Python; the page writes and reads it.
import type { AnyModel } from "@anywidget/types";
import { h, setText } from "./dom.ts";
import { saveFile, savePicture, toCsv, type PictureFormat, type PictureMaker } from "./save.ts";
import { copyText } from "./copy.ts";

export interface LinkTraits {
  link_name: string;
  link: Readonly<Record<string, string>>;
  asked: Readonly<Record<string, string>>;
}

const REST_MS = 300; // browsers refuse an address that changes at every step of a slider

/** `search` with `state` under the chart's name; every other parameter is kept. */
export function writeChartLink(search: string, name: string, state: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(search);
  for (const key of [...query.keys()]) if (key.startsWith(`${name}.`)) query.delete(key);
  for (const [key, text] of Object.entries(state)) query.set(`${name}.${key}`, text);
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** What `search` asks of the chart of that name. */
export function readChartLink(search: string, name: string): Record<string, string> {
  const own = [...new URLSearchParams(search)].filter(([key]) => key.startsWith(`${name}.`));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(name.length + 1), text.slice(0, 200)]));
}

/** Keep the page's address in step with the chart, from the moment it is drawn. */
export function followLink(model: AnyModel<LinkTraits>, signal: AbortSignal): void {
  if (!isCoursePage()) return;
  const name = model.get("link_name");
  const asked = readChartLink(location.search, name);
  if (Object.keys(asked).length > 0) {
    model.set("asked", asked);
    model.save_changes();
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const search = writeChartLink(location.search, name, model.get("link"));
      history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
    }, REST_MS);
  };
  model.on("change:link", write);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    model.off("change:link", write);
  });
}

interface Source {
  model: AnyModel<LinkTraits>;
  /** The table as rows of text, its head first. */
  table: () => string[][];
}

/** The row of buttons; `host` is the view in whose activity the chart stands. */
export function chartTools({ model, table }: Source, host: HTMLElement): HTMLElement {
  const said = h("span", { class: "l3s1-note", role: "status" });
  const name = `l3s1-${model.get("link_name")}`;
  const button = (label: string, title: string, act: () => string | Promise<string>): HTMLElement => {
    const one = h("button", { type: "button", class: "l3s1-tool", title }, label);
    one.addEventListener("click", () => {
      void Promise.resolve()
        .then(act)
        .then(
          (words) => setText(said, words),
          (error: unknown) => setText(said, `That failed: ${error instanceof Error ? error.message : String(error)}`),
        );
    });
    return one;
  };
  const picture = async (format: PictureFormat): Promise<string> => {
    const title = model.get("link_name").replaceAll("-", " ");
    const foot = `l3s1 course, ${title}. For teaching, no advice for one patient; the lesson names every source.`;
    await saveChart(host, format, name, foot);
    return `Saved as ${name}.${format}`;
  };
  return h(
    "div",
    { class: "l3s1-tools", role: "group", "aria-label": "Save and share this chart" },
    button("Reset", "Show what was shown at the start", () => {
      model.send({ type: "reset" });
      return "Back at the start";
    }),
    button("Copy link", "A link that opens the chart as it is now", async () => {
      const link = linkOf(model);
      return (await copyText(link)) ? "Link copied" : link;
    }),
    button("PNG", "Save the picture as PNG", () => picture("png")),
    button("SVG", "Save the picture as SVG", () => picture("svg")),
    button("CSV", "Save the table as CSV", () => {
      saveFile(`${name}.csv`, new Blob([toCsv(table())], { type: "text/csv;charset=utf-8" }));
      return `Saved as ${name}.csv`;
    }),
    said,
  );
}

/** The page's link with this chart's state; in JupyterLab only what is added to a lesson's address. */
function linkOf(model: AnyModel<LinkTraits>): string {
  const search = writeChartLink(isCoursePage() ? location.search : "", model.get("link_name"), model.get("link"));
  return isCoursePage() ? `${location.origin}${location.pathname}${search}` : search || "?";
}

interface Plot extends HTMLElement {
  data: object[];
  layout: Record<string, unknown>;
}

async function saveChart(host: HTMLElement, format: PictureFormat, name: string, foot: string): Promise<void> {
  const plot = host.closest(".l3s1-activity")?.querySelector<Plot>(".js-plotly-plot");
  const maker = (globalThis as { Plotly?: PictureMaker }).Plotly;
  if (!plot || !maker) throw new Error("the chart is not drawn yet");
  const { data, layout, clientWidth: width, clientHeight: height } = plot;
  await savePicture(maker, { data, layout, width, height }, format, name, foot);
}

function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}
