import type { FileTree } from '../estate';
import { buildImage, canonicalReference, imageFor } from '../images';
import { putImage } from './mirror/layout';
import { layoutOf } from './pause-image';
import type { LabPlan } from './plan';

/** The images that manifests name, each once. */
export function imagesIn(files: FileTree): string[] {
  const names = [...files.values()].flatMap((text) =>
    [...text.matchAll(IMAGE)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].toSorted();
}

/** Puts the images that can be built here where nodes pull them from, and returns the others. */
export async function provideImages(
  plan: LabPlan,
  references: readonly string[],
  onBuilt: (reference: string) => void = () => {},
): Promise<string[]> {
  const unknown: string[] = [];
  for (const reference of references) {
    const definition = imageFor(reference);
    if (definition) {
      putImage(layoutOf(plan), { ...(await buildImage(definition)), name: canonicalReference(reference) });
      onBuilt(reference);
    } else unknown.push(reference);
  }
  return unknown;
}

/** `image: name:tag` of a container, quoted or not. */
const IMAGE = /^[ -]*image: *["']?([^\s"']+)["']?\s*$/gm;
