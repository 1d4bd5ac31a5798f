// QuestionSet: a loader for assessment.js, which holds the questions.
import { assessmentView } from "./assessment/load.ts";
import { offerView } from "./code_once.ts";

const view = assessmentView("mountQuestions", {
  view: "l3s1-questions",
  note: "Opening the questions …",
  failure: "The questions can’t be shown",
});
offerView("question_set", view);

export default view;
