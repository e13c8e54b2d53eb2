import type { Release } from './releases';

/** Whether what is known of a chart was read from this very version of it. */
export function isSure({ known, chart }: Pick<Release, 'known' | 'chart'>): boolean {
  return known !== undefined && chart !== undefined && plain(known.version) === plain(chart.version);
}

/** A version without the `v` that some write before it. */
function plain(version: string): string {
  return version.replace(/^v(?=\d)/, '');
}
