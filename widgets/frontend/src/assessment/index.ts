// All views of the assessment, in one file that a page loads once: `assessment.js`.
export { mountQuestions } from "./questions.ts";
export { mountProgress } from "../progress/panel.ts";
export { mountCase } from "../case/view.ts";
export { mountReview } from "../review/view.ts";
