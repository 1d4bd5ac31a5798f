// The course's questions as Python gives them: an index with the page, the questions themselves and
// their sources a lesson at a time, when they are asked for.
import type { AnyModel } from "@anywidget/types";
import type { Item } from "../assessment/types.ts";
import { unpackJson } from "../gzip.ts";
import type { Origins } from "../origin.ts";
import { asker, askKernel } from "../shared_file.ts";

export interface ReviewLesson {
  number: string;
  title: string;
  notebook: string;
}

export interface ReviewObjective {
  id: string;
  text: string;
  lesson: string;
  /** Where it is taught: the heading, and its address from the lesson's page. */
  heading: string;
  href: string;
}

/** What `l3s1.assessment.review` packs. */
export interface ReviewIndex {
  lessons: readonly ReviewLesson[];
  objectives: readonly ReviewObjective[];
  /** Item, the place of its objective in `objectives`, and whether it asks for a prediction. */
  items: readonly (readonly [string, number, boolean])[];
}

export interface ReviewTraits {
  index_gz: DataView;
}

export class ReviewContent {
  readonly lessons: readonly ReviewLesson[];
  readonly #objectives: ReadonlyMap<string, ReviewObjective>;
  readonly #ofItem: ReadonlyMap<string, ReviewObjective>;
  readonly #predictions: ReadonlySet<string>;
  readonly #questions = new Map<string, Promise<ReadonlyMap<string, Item>>>();
  readonly #sources = new Map<string, Promise<Origins>>();

  constructor(
    private readonly model: AnyModel<ReviewTraits>,
    { lessons, objectives, items }: ReviewIndex,
  ) {
    this.lessons = lessons;
    this.#objectives = new Map(objectives.map((each) => [each.id, each]));
    this.#ofItem = new Map(
      items.flatMap(([item, place]) => {
        const objective = objectives[place];
        return objective ? [[item, objective] as const] : [];
      }),
    );
    this.#predictions = new Set(items.filter(([, , predicts]) => predicts).map(([item]) => item));
  }

  static async load(model: AnyModel<ReviewTraits>): Promise<ReviewContent> {
    return new ReviewContent(model, await unpackJson<ReviewIndex>(model.get("index_gz")));
  }

  get items(): Iterable<string> {
    return this.#ofItem.keys();
  }

  get objectives(): readonly ReviewObjective[] {
    return [...this.#objectives.values()];
  }

  /** Whether an item is to be answered before its lesson is read. */
  isPrediction(item: string): boolean {
    return this.#predictions.has(item);
  }

  objective(id: string): ReviewObjective | undefined {
    return this.#objectives.get(id);
  }

  objectiveOf(item: string): ReviewObjective | undefined {
    return this.#ofItem.get(item);
  }

  lessonOf(item: string): ReviewLesson | undefined {
    const number = this.#ofItem.get(item)?.lesson;
    return this.lessons.find((each) => each.number === number);
  }

  /** The question of an item; rejected where the kernel can't give it. */
  async question(item: string): Promise<Item> {
    const lesson = this.lessonOf(item)?.number ?? "";
    const found = (await this.#share(this.#questions, lesson, () => this.#read(lesson))).get(item);
    if (!found) throw new Error(`the course has no question ${item}`);
    return found;
  }

  /** Where the facts of a lesson's questions come from. */
  sources(lesson: string): Promise<Origins> {
    return this.#share(this.#sources, lesson, () => this.#ask<Origins>(`sources-${lesson}.json`, "the sources"));
  }

  async #read(lesson: string): Promise<ReadonlyMap<string, Item>> {
    const items = await this.#ask<Item[]>(`questions-${lesson}.json`, "the questions");
    return new Map(items.map((each) => [each.id, each]));
  }

  async #ask<T>(file: string, what: string): Promise<T> {
    const bytes = await askKernel(asker(this.model), file, what);
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  }

  /** What failed once may be asked for again. */
  #share<T>(shared: Map<string, Promise<T>>, lesson: string, load: () => Promise<T>): Promise<T> {
    const known = shared.get(lesson);
    if (known) return known;
    const loading = load();
    shared.set(lesson, loading);
    loading.catch(() => shared.delete(lesson));
    return loading;
  }
}
