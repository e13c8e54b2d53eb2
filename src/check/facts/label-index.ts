import { append, selects, type Selector, selectorText } from '../../estate';

type Labels = { readonly [key: string]: string };

/** Things with labels, found without looking at all of them. */
export class LabelIndex<T> {
  readonly #labelsOf: (item: T) => Labels;
  readonly #byLabel = new Map<string, T[]>();
  /** The same selector is asked for many times, e.g. by the policies of a namespace. */
  readonly #answers = new Map<string, readonly T[]>();

  constructor(
    readonly all: readonly T[],
    labelsOf: (item: T) => Labels,
  ) {
    this.#labelsOf = labelsOf;
    for (const item of all) {
      const labels = labelsOf(item);
      for (const key in labels) append(this.#byLabel, `${key}=${labels[key]}`, item);
    }
  }

  /** What a selector selects. */
  select(selector: Selector): readonly T[] {
    const text = selectorText(selector);
    const answer = this.#answers.get(text) ?? this.#find(selector);
    this.#answers.set(text, answer);
    return answer;
  }

  #find(selector: Selector): readonly T[] {
    let shortest = this.all;
    for (const key in selector.labels) {
      const list = this.#byLabel.get(`${key}=${selector.labels[key]}`) ?? [];
      if (list.length < shortest.length) shortest = list;
    }
    return shortest.filter((item) => selects(selector, this.#labelsOf(item)));
  }
}
