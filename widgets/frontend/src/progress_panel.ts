// ProgressPanel: a loader for assessment.js, which holds the panel.
import { assessmentView } from "./assessment/load.ts";
import { offerView } from "./code_once.ts";

const view = assessmentView("mountProgress", {
  view: "l3s1-progress",
  note: "Opening your progress …",
  failure: "Your progress can’t be shown",
});
offerView("progress_panel", view);

export default view;
