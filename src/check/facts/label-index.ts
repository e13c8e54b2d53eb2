import { selects, type Selector, selectorText } from '../../estate';

type Labels = { readonly [key: string]: string };

/** Things with labels, found without looking at all of them. */
export class LabelIndex<T> {
  readonly #labelsOf: (item: T) => Labels;
  readonly #byLabel = new Map<string, Map<string, T[]>>();
  /** The same selector is asked for many times, e.g. by the policies of a namespace. */
  readonly #answers = new Map<string, readonly T[]>();

  constructor(
    readonly all: readonly T[],
    labelsOf: (item: T) => Labels,
  ) {
    this.#labelsOf = labelsOf;
    for (const item of all) {
      const labels = labelsOf(item);
      for (const key in labels) this.#add(key, labels[key] as string, item);
    }
  }

  /** What a selector selects. */
  select(selector: Selector): readonly T[] {
    const candidates = this.#candidates(selector);
    if (candidates.length <= few) return this.#among(candidates, selector);
    const text = selectorText(selector);
    const answer = this.#answers.get(text) ?? this.#among(candidates, selector);
    this.#answers.set(text, answer);
    return answer;
  }

  #add(key: string, value: string, item: T): void {
    const byValue = this.#byLabel.get(key) ?? new Map<string, T[]>();
    if (byValue.size === 0) this.#byLabel.set(key, byValue);
    const items = byValue.get(value);
    if (items) items.push(item);
    else byValue.set(value, [item]);
  }

  /** The fewest that have one of the wanted labels. */
  #candidates({ labels }: Selector): readonly T[] {
    let shortest = this.all;
    for (const key in labels) {
      const list = this.#byLabel.get(key)?.get(labels[key] as string) ?? [];
      if (list.length < shortest.length) shortest = list;
    }
    return shortest;
  }

  #among(candidates: readonly T[], selector: Selector): readonly T[] {
    return candidates.filter((item) => selects(selector, this.#labelsOf(item)));
  }
}

/** To look at so many is faster than to look the answer up. */
const few = 8;
