import type { BuiltImage } from './types';

/** The arguments with which `ctr` brings an image into a containerd, where the kubelet then finds it under its name. */
export function importArguments(
  socket: string,
  image: BuiltImage,
  namespace: string = 'k8s.io',
): readonly string[] {
  return ['--address', socket, '--namespace', namespace, 'images', 'import', image.archive];
}
