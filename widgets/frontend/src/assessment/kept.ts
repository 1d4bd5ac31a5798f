// What a set of questions knows of its answers: given in this visit, kept in the browser, or set by
// Python. Only a set that was made with `tells_kernel` tells Python of them.
import type { AnyModel } from "@anywidget/types";
import type { ProgressStore } from "../progress/store.ts";
import type { Attempt } from "../progress/types.ts";
import { recordAnswer } from "../review/record.ts";
import { isResponse, score } from "./score.ts";
import type { Answer, Item, Response, Score } from "./types.ts";

/** What Python sees of an answer, and may set: the last response, and all of this visit. */
export interface ToldAnswer {
  response: Response;
  certainty?: Answer["certainty"];
  attempts?: readonly Response[];
}

export interface AnswerTraits {
  tells_kernel: boolean;
  answers: Readonly<Record<string, ToldAnswer>>;
}

export class KeptAnswers {
  /** The first answer to each question of this visit: that is the one that counts. */
  readonly #first = new Map<string, Answer>();
  #profile: string;

  constructor(
    private readonly items: readonly Item[],
    private readonly model: AnyModel<AnswerTraits>,
    private readonly store: ProgressStore,
  ) {
    this.#profile = store.current.id;
    const lesson = items.find(({ lesson: each }) => each)?.lesson;
    if (lesson) store.openLesson(lesson);
  }

  /** The last attempt that is kept of an item, where it still fits the item. */
  last(item: Item): Attempt | null {
    const { items } = this.store.read();
    const attempts = Object.hasOwn(items, item.id) ? (items[item.id]?.attempts ?? []) : [];
    const last = attempts.at(-1) ?? null;
    return last && isResponse(item, last.response) ? last : null;
  }

  give(item: Item, answer: Answer, { correct, share }: Score): void {
    if (!this.#first.has(item.id)) this.#first.set(item.id, answer);
    const { response, certainty } = answer;
    recordAnswer(this.store, item.id, {
      at: new Date().toISOString(),
      response,
      correct,
      share,
      certainty,
      place: "lesson",
    });
    this.#tell(item.id, answer);
  }

  /** The answer that counts for the result: this visit's first, else the one that is kept. */
  counted(item: Item): (Answer & Score) | null {
    const given = this.#first.get(item.id) ?? this.last(item);
    if (!given) return null;
    const response = given.response as Response;
    return { response, certainty: given.certainty, ...score(item, response) };
  }

  forget(): void {
    this.#first.clear();
  }

  hasGiven(item: Item): boolean {
    return this.#first.has(item.id);
  }

  /** Call `heard` when what is kept changes; `other` says that another student's answers are shown now. */
  watch(heard: (other: boolean) => void, removed: AbortSignal): void {
    const stop = this.store.subscribe(() => {
      const { id } = this.store.current;
      const other = id !== this.#profile;
      if (other) this.forget();
      this.#profile = id;
      heard(other);
    });
    removed.addEventListener("abort", stop);
  }

  /** Python has set answers: those that fit. */
  told(): [Item, Answer][] {
    const answers = this.model.get("answers") ?? {};
    return this.items.flatMap((item): [Item, Answer][] => {
      const told = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined;
      if (!told || !isResponse(item, told.response)) return [];
      return [[item, { response: told.response, certainty: told.certainty ?? null }]];
    });
  }

  #tell(id: string, { response, certainty }: Answer): void {
    if (!this.model.get("tells_kernel")) return;
    const answers = this.model.get("answers") ?? {};
    const attempts = Object.hasOwn(answers, id) ? (answers[id]?.attempts ?? []) : [];
    this.model.set("answers", { ...answers, [id]: { response, certainty, attempts: [...attempts, response] } });
    try {
      this.model.save_changes();
    } catch {
      // The kernel is gone: the browser has the answer.
    }
  }
}
