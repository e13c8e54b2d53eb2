import { equal } from './equal';
import type { EstateObject, JsonObject, ObjectId } from './types';

/** Works something out from what an object is made of: its body. */
export type Answer<T> = (object: EstateObject) => T;

/** A body, and what has been worked out from it. */
export interface Recollection {
  readonly body: JsonObject;
  readonly answers: Map<Answer<unknown>, unknown>;
}

/** Recognizes, for who compiles a project again and again, the bodies that have not changed since the last time. */
export class Memory {
  #before: ReadonlyMap<string, Recollection> = new Map();
  #now = new Map<string, Recollection>();

  /** A run begins: what the last one saw is what it is compared with. */
  begin(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /** What is known of an object's body; if it is as it was, then with the body that it had before. */
  recollect(cluster: string, id: ObjectId, body: JsonObject): Recollection {
    const key = `${cluster} ${id}`;
    const last = this.#before.get(key);
    const recollection = last && equal(last.body, body) ? last : { body, answers: new Map() };
    this.#now.set(key, recollection);
    return recollection;
  }
}

/** The answer to a question about an object's body: recalled, where somebody keeps it. */
export function recall<T>(object: EstateObject, answer: Answer<T>): T {
  const { recollection } = object;
  // Who gives an object another body does not ask for another memory.
  if (recollection?.body !== object.body) return answer(object);
  const { answers } = recollection;
  const known = answers.get(answer);
  if (known !== undefined) return known as T;
  if (answers.size >= most) answers.clear();
  const found = answer(object);
  answers.set(answer, found);
  return found;
}

/** Nobody has as many questions: most of these were asked of a schema that has changed since. */
const most = 8;
