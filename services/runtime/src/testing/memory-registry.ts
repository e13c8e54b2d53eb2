import { Hono } from 'hono';

/** A schema registry in memory that answers as Confluent's does. */
export interface MemoryRegistry {
  readonly schemas: readonly string[];
  /** Makes it refuse every schema as incompatible. */
  readonly refuse: (refusing: boolean) => void;
  readonly setDown: (down: boolean) => void;
  /** Stands in for the global `fetch`. */
  readonly fetch: typeof fetch;
}

/** Makes an empty {@link MemoryRegistry}. Ids count from 1, over all subjects. */
export function memoryRegistry(): MemoryRegistry {
  const schemas: string[] = [];
  const newest = new Map<string, number>();
  let isRefusing = false;
  let isDown = false;
  const app = new Hono();
  app.get('/subjects/:subject/versions/latest', (c) => {
    const id = newest.get(c.req.param('subject'));
    return id === undefined ? c.json({ error_code: 40_401 }, 404) : c.json({ id, schema: schemas[id - 1] });
  });
  app.post('/subjects/:subject/versions', async (c) => {
    if (isRefusing)
      return c.json({ error_code: 409, message: 'Schema being registered is incompatible' }, 409);
    const { schema } = await c.req.json<{ schema: string }>();
    const id = schemas.includes(schema) ? schemas.indexOf(schema) + 1 : schemas.push(schema);
    newest.set(c.req.param('subject'), id);
    return c.json({ id });
  });
  app.get('/schemas/ids/:id', (c) => {
    const schema = schemas[Number(c.req.param('id')) - 1];
    return schema === undefined ? c.json({ error_code: 40_403 }, 404) : c.json({ schema });
  });
  return {
    schemas,
    refuse: (refusing) => (isRefusing = refusing),
    setDown: (down) => (isDown = down),
    fetch: async (input, init) => {
      if (isDown) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return app.request(input instanceof Request ? input : String(input), init);
    },
  };
}
