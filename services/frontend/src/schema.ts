import type { Send } from '@fluxwright/graphql-runtime';
import { pause, reasonOf, type Service } from '@fluxwright/runtime';
import { schemaFromExecutor } from '@graphql-tools/wrap';
import { printSchema, type GraphQLSchema } from 'graphql';
import { backendExecutor, type Backend } from './executor';
import { stitch, type Subgraph } from './stitch';

/** Asks every service for its share and joins them. */
export async function loadSchema(backends: readonly Backend[], send: Send): Promise<GraphQLSchema> {
  return stitch(await Promise.all(backends.map((backend) => loadSubgraph(backend, send))));
}

/** What following the services' schemas takes. */
export interface FollowProps {
  readonly load: () => Promise<GraphQLSchema>;
  readonly onChange: (schema: GraphQLSchema) => void;
  readonly everySeconds: number;
}

/**
 * Keeps the schema up to date: a service that is deployed with new fields shows them without a restart here. Until all have
 * answered once there is no schema; afterwards the last one stays.
 */
export async function followSchema(
  service: Service,
  { load, onChange, everySeconds }: FollowProps,
): Promise<void> {
  const need = service.readiness.need('schema', 'the services have not been asked yet');
  let shown = '';
  while (!service.stopping.aborted) {
    try {
      const schema = await load();
      const text = printSchema(schema);
      if (text !== shown) onChange(schema);
      if (text !== shown) service.log.info('the schema is new');
      shown = text;
      need.met();
    } catch (error) {
      if (shown === '') need.unmet(reasonOf(error));
    }
    await pause(shown === '' ? 1_000 : everySeconds * 1_000, service.stopping);
  }
}

async function loadSubgraph(backend: Backend, send: Send): Promise<Subgraph> {
  const executor = backendExecutor(backend, send);
  return { schema: await schemaFromExecutor(executor), executor };
}
