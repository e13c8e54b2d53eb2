import { file } from '../../images/entries';
import { tar } from '../../images/tar';

/** A small archive, whole in memory: path → content. */
export async function archive(files: ReadonlyMap<string, Buffer | string>, mode = 0o644): Promise<Buffer> {
  const entries = [...files].map(([path, content]) => file(path, content, { mode }));
  const chunks: Buffer[] = [];
  for await (const chunk of tar(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
