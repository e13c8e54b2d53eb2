import { append, selects, type Selector } from '../../estate';

type Labels = { readonly [key: string]: string };

/** Things with labels, found without looking at all of them. */
export class LabelIndex<T extends { readonly labels: Labels }> {
  readonly #byLabel = new Map<string, T[]>();

  constructor(readonly all: readonly T[]) {
    for (const item of all)
      for (const key in item.labels) append(this.#byLabel, `${key}=${item.labels[key]}`, item);
  }

  /** What a selector selects. */
  select(selector: Selector): readonly T[] {
    const lists = Object.entries(selector.labels).map(
      ([key, value]) => this.#byLabel.get(`${key}=${value}`) ?? [],
    );
    const shortest = lists.reduce((least, list) => (list.length < least.length ? list : least), this.all);
    return shortest.filter(({ labels }) => selects(selector, labels));
  }
}
