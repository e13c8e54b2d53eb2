import { expect, test } from '@jest/globals';
import { formatPath, parsePath } from '../../../src/schema/validate/violation';

test.each([
  [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
  [['data', 'a b', 'c-d', '$e'], 'data["a b"].c-d.$e'],
  [[], ''],
])('the path %j is written %s, and read back', (segments, text) => {
  expect(formatPath(segments)).toBe(text);
  expect(parsePath(text)).toEqual(segments.map(String));
});
