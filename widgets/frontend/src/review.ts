// ReviewActivity: a loader for assessment.js, which holds the review.
import { assessmentView } from "./assessment/load.ts";
import { offerView } from "./code_once.ts";

const view = assessmentView("mountReview", {
  view: "l3s1-review",
  note: "Opening your review …",
  failure: "Your review can’t be shown",
});
offerView("review", view);

export default view;
