// Shows a view with a mock model. The address chooses: ?view=recovery_timeline (or question_set,
// origin_panel, readings, plotly_view, anatomy_explorer, localise_lesion), &fixture=NAME of a JSON file in the server's folder of fixtures
// instead of the made-up ones, &theme=dark, &copies=2, &plotly=missing, &page=lab.
import cases from "../../../tests/fixtures/made-up.json" with { type: "json" };
import { alignmentTraits } from "../tests/fixtures/alignment.ts";
import { explorerTraits, FICTIONAL_FACTS } from "../tests/fixtures/explorer.ts";
import { FICTIONAL_FACTS as MOON_FACTS, neurologyTraits } from "../tests/fixtures/neurology.ts";
import { ITEMS_OF_ALL_TYPES } from "../tests/fixtures/questions.ts";
import { FICTIONAL_ORIGIN, FICTIONAL_ORIGINS, timelineContent, timelineTraits } from "../tests/fixtures/timeline.ts";
import { MockModel } from "../tests/mock_model.ts";

type Traits = Record<string, unknown>;
interface Definition {
  initialize?(props: object): void;
  render(props: object): unknown;
}

const query = new URLSearchParams(location.search);
const view = query.get("view") ?? "recovery_timeline";
const theme = query.get("theme");
if (theme) document.documentElement.dataset.l3s1Theme = theme;
if (query.get("page") === "lab") delete document.body.dataset.voila;

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = `/l3s1/static/${view}.css`;
document.head.append(style);
await new Promise((resolve) => style.addEventListener("load", resolve));

const { dark } = timelineContent();
const { _plotly_file } = timelineTraits();
const figure = { data: [{ type: "bar", x: [1, 2], y: [3, 4] }], layout: { height: 300 } };
const MADE_UP: Record<string, Traits> = {
  recovery_timeline: {
    ...timelineTraits(),
    _timeline_file: "timeline.js",
    content: timelineContent(),
    origins: FICTIONAL_ORIGINS,
  },
  question_set: {
    _assessment_file: "assessment.js",
    _engine_file: "scene_engine.js",
    _pack_file: "anatomy.bin",
    _pictures: {},
    mode: query.get("mode") ?? "check",
    items: ITEMS_OF_ALL_TYPES,
    origins: FICTIONAL_ORIGINS,
    answers: {},
    tells_kernel: false,
  },
  case_player: { _assessment_file: "assessment.js", content: cases, origins: FICTIONAL_ORIGINS, case: "" },
  origin_panel: { origin: FICTIONAL_ORIGIN, heading: "Where this comes from" },
  anatomy_explorer: {
    ...explorerTraits(),
    _explorer_file: "explorer.js",
    _engine_file: "scene_engine.js",
    _pack_file: "anatomy.bin",
    origins: FICTIONAL_FACTS,
  },
  localise_lesion: { ...neurologyTraits(), _neurology_file: "neurology.js", origins: MOON_FACTS },
  alignment_workbench: { ...alignmentTraits(), origins: FICTIONAL_FACTS },
  readings: {
    said: "At 7 points 12% reach it.",
    caption: "Made-up readings",
    head: ["series", "share"],
    rows: [
      {
        id: "fictional",
        label: "Imagined 1900",
        letter: "A",
        colours: ["#0072b2", "#4aa8de"],
        evidence: "trial",
        marks: ["extrapolated"],
        cells: ["12%"],
      },
    ],
    evidence_labels: { trial: "trials" },
    selected: "",
  },
  plotly_view: {
    _plotly_file,
    _widget_data: figure.data,
    _widget_layout: { ...figure.layout, meta: { dark } },
    _config: {},
  },
};
const fixture = query.get("fixture");
const read = fixture ? ((await (await fetch(`/fixtures/${fixture}.json`)).json()) as Traits) : null;
// A fixture may hold more than traits, or not all of them.
const traits = { ...MADE_UP[view], ...((read?.traits as Traits | undefined) ?? read) };
if (query.get("plotly") === "missing") traits._plotly_file = "missing.js";
for (const name of ["origins", "content"]) {
  if (!traits[name]) continue;
  const packed = new Blob([JSON.stringify(traits[name])]).stream();
  const zipped = new Response(packed.pipeThrough(new CompressionStream("gzip")));
  traits[`${name}_gz`] = new DataView(await zipped.arrayBuffer());
  delete traits[name];
}
const model = new MockModel<Traits>(traits);
if (query.get("plotly") === "missing") {
  const answer = { type: "l3s1:file", file: traits._plotly_file };
  model.answer = () => model.trigger("msg:custom", answer, []);
}

const url = `/l3s1/static/${view}.js`;
const exported = (await import(url)).default as Definition | (() => Definition);
const definition = typeof exported === "function" ? exported() : exported;
definition.initialize?.({ model });
for (let copy = 0; copy < Number(query.get("copies") ?? 1); copy += 1) {
  const el = document.createElement("div");
  document.getElementById("place")?.append(el);
  definition.render({ model, el });
}
Object.assign(globalThis, { model });
