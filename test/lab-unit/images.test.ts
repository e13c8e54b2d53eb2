import { expect, test } from '@jest/globals';
import { imagesIn } from '../../src/lab/provide-images';

test('the images of manifests are found, quoted or not, each once', () => {
  const files = new Map([
    [
      'a.yaml',
      'spec:\n  containers:\n    - image: zookeeper:3.9.5\n      name: zookeeper\n    - name: b\n      image: "ghcr.io/acme/app:1"\n',
    ],
    [
      'b.yaml',
      "spec:\n  initContainers:\n    - name: c\n      image: 'zookeeper:3.9.5'\n  imagePullPolicy: Always\n",
    ],
    ['c.yaml', 'values:\n  image:\n    repository: other\n'],
  ]);
  expect(imagesIn(files)).toEqual(['ghcr.io/acme/app:1', 'zookeeper:3.9.5']);
});
