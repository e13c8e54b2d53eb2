import { spawnSync } from 'node:child_process';
import { coreGroups } from '../../src/estate';
import type { BuildContext } from '../../src/foreign/kustomize/build';
import { openRegistry, packageImports } from '../../src/schema/registry';

const registry = openRegistry([packageImports()]);

/** What is known while a folder is built. */
export const context: BuildContext = {
  isNamespaced: (group, kind) => (coreGroups.has(group) ? registry.info(group, kind)?.namespaced : undefined),
};

/** Whether the real tool is there to be compared with. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
