// CasePlayer: a loader for assessment.js, which holds the player of cases.
import { assessmentView } from "./assessment/load.ts";
import { offerView } from "./code_once.ts";

const view = assessmentView("mountCase", {
  view: "l3s1-cases",
  note: "Opening the cases …",
  failure: "The cases can’t be shown",
});
offerView("case_player", view);

export default view;
