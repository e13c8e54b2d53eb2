import { timestamp } from './tar';
import type { ImageConfig, ImageDefinition, Layer } from './types';

const architectures: { readonly [node: string]: string } = { x64: 'amd64', arm64: 'arm64' };

/** The path that programs are looked for on, where a definition does not say otherwise. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The image's configuration, as the OCI image specification spells it. */
export function ociConfig(definition: ImageDefinition, layers: readonly Layer[]): object {
  return {
    created: timestamp.toISOString().replace('.000', ''),
    architecture: architectures[process.arch] ?? process.arch,
    os: 'linux',
    config: runtimeConfig(definition.config),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_, index) => historyOf(definition.layers[index]?.kind ?? 'users and folders')),
  };
}

function historyOf(what: string): object {
  return { created: timestamp.toISOString().replace('.000', ''), created_by: `fluxwright: ${what}` };
}

function runtimeConfig(config: ImageConfig): object {
  const {
    user,
    entrypoint,
    command,
    environment = {},
    workingDirectory,
    ports,
    volumes,
    labels,
    stopSignal,
  } = config;
  const variables = Object.entries({ PATH: defaultPath, ...environment }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return {
    User: `${user.uid}:${user.gid}`,
    Env: variables,
    WorkingDir: workingDirectory ?? '/',
    ...(entrypoint && { Entrypoint: entrypoint }),
    ...(command && { Cmd: command }),
    ...(ports && { ExposedPorts: asSet(ports) }),
    ...(volumes && { Volumes: asSet(volumes) }),
    ...(labels && { Labels: labels }),
    ...(stopSignal && { StopSignal: stopSignal }),
  };
}

function asSet(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
