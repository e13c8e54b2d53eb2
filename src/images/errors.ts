/** Something about an image that its author has to change; the message says what. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
