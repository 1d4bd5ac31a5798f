// What every loader of an assessment view does: fetch assessment.js once a page and hand the view's
// place to the mount function that it asks for.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { type Loading, renderWhenLoaded } from "../loading_note.ts";
import { asker, loadModule, shareLoad } from "../shared_file.ts";

type Code = typeof import("./index.ts");
/** The mount functions that `index.ts` exports: each fills `el` until `removed` is aborted. */
export type MountName = keyof Code;

type Mount = (model: unknown, el: HTMLElement, removed: AbortSignal) => void;

interface AssessmentTraits {
  _assessment_file: string;
}

export type LoadAssessment = (model: AnyModel<AssessmentTraits>) => Promise<Code>;

const load: LoadAssessment = (model) => {
  const file = model.get("_assessment_file");
  return shareLoad("l3s1.assessment-loads", file, () =>
    loadModule(asker(model), file, "the questions", take),
  );
};

/** A view for anywidget that `mount` of assessment.js draws; `loadCode` is exchanged in tests. */
export function assessmentView(mount: MountName, loading: Loading, loadCode: LoadAssessment = load) {
  return {
    render({ model, el }: Pick<RenderProps, "model" | "el">) {
      return renderWhenLoaded(el, loading, loadCode(model as AnyModel<AssessmentTraits>), (code) => {
        const removed = new AbortController();
        // Python's widget of that name has the traits that its mount function reads.
        (code[mount] as Mount)(model, el, removed.signal);
        return () => removed.abort();
      });
    },
  };
}

function take(module: unknown): Code {
  const { mountQuestions: found } = module as { mountQuestions?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded holds no questions");
  return module as Code;
}
