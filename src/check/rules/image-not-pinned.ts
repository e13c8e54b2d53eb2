import { imagesOf } from '../facts/image-uses';
import { imageOf, isMoving } from '../facts/images';
import type { Rule } from '../rule';

export const imageNotPinned: Rule = {
  id: 'image-not-pinned',
  title: 'Every image has a tag that does not move, or a digest.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'What runs is then not what was committed: two nodes may run two versions, a pod that is rescheduled brings an upgrade that nobody asked for, and going back to an older commit changes nothing.',
  bad: 'image: influxdb:latest',
  good: `image: influxdb:2.9.1
# or, never to be moved:
image: influxdb:2.9.1@sha256:…`,
  *check(scope) {
    for (const { object, path, image, sure } of imagesOf(scope)) {
      const { tag, digest, name } = imageOf(image);
      if (digest !== undefined || (tag === undefined ? !sure : !isMoving(tag))) continue;
      const message =
        tag === undefined ? `the image ${image} has no tag: it is :latest` : `the tag of ${image} moves`;
      yield { object, path, message, fix: `write an exact version, ${name}:1.2.3, or a digest` };
    }
  },
};
