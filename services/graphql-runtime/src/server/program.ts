import {
  Unavailable,
  httpUrl,
  pause,
  reasonOf,
  untilItWorks,
  type Need,
  type Service,
} from '@fluxwright/runtime';
import { httpApp, httpSettings, listen, type HttpSettings } from '@fluxwright/runtime/http';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { openDatabase, type Database } from '../data/database';
import { migrate, type Migration } from '../data/migrations';
import { graphqlHandler, unavailable } from './handler';
import { internalLimits } from './limits';

/** The settings of every service that answers GraphQL from tables of its own. */
export const graphqlSettings = {
  ...httpSettings(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .describe('where PostgreSQL is: postgres://user:password@host:5432/database'),
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('how many connections to hold, 1 to 100'),
};

/** The setting that says where another GraphQL service is. */
export const serviceUrl = (name: string) =>
  httpUrl.describe(`where ${name} answers: http://${name}:4000/graphql`);

/** The values of {@link graphqlSettings}. */
export interface GraphqlSettings extends HttpSettings {
  readonly DATABASE_URL: string;
  readonly DATABASE_CONNECTIONS: number;
}

/** What a service answers with. */
export interface GraphqlEndpoint {
  readonly schema: GraphQLSchema;
  /** Made anew for each request: the place for loaders. */
  readonly context?: () => object;
}

/** What a service adds to {@link serveGraphql}. */
export interface GraphqlParts extends GraphqlEndpoint {
  readonly database: Database;
  readonly migrations: readonly Migration[];
  /** Work of its own, begun when the tables are there; it ends when the service stops. */
  readonly work?: () => Promise<void>;
}

/** Opens the service's own schema, which is called as the service is. */
export function serviceDatabase(service: Service, settings: GraphqlSettings): Database {
  const database = openDatabase({
    url: settings.DATABASE_URL,
    schema: service.name,
    connections: settings.DATABASE_CONNECTIONS,
    statementSeconds: 5,
  });
  service.onStop('database', () => database.close());
  return database;
}

/**
 * Serves GraphQL at `/graphql`. The service listens at once and is ready when its tables are there; it stays so for as long as
 * the database answers.
 */
export async function serveGraphql(
  service: Service,
  settings: GraphqlSettings,
  parts: GraphqlParts,
): Promise<void> {
  const { schema, context, database, migrations, work } = parts;
  const need = service.readiness.need('database', 'not connected yet');
  let prepared = false;
  const preparing = prepare(service, settings, migrations, need).then(async () => {
    prepared = !service.stopping.aborted;
    if (prepared) await Promise.all([watch(service, database, need), work?.()]);
  });
  service.onStop('background work', () => preparing);

  const handle = graphqlHandler({
    schema,
    limits: internalLimits,
    log: service.log,
    ...(context && { context }),
  });
  const app = httpApp(service);
  app.all('/graphql', (c) =>
    prepared ? handle(c.req.raw) : unavailable(`${service.name} waits for its database`),
  );
  await listen(service, app, settings);
}

/** Brings the tables up to date, as soon as there is a database. A migration that is wrong stops the service. */
async function prepare(
  service: Service,
  settings: GraphqlSettings,
  migrations: readonly Migration[],
  need: Need,
): Promise<void> {
  const { DATABASE_URL: url } = settings;
  // A migration may take long where a query may not.
  const database = openDatabase({ url, schema: service.name, connections: 1, statementSeconds: 600 });
  const attempt = (): Promise<string[]> => migrate(database, service.name, migrations);
  const onFailure = (error: unknown): void => {
    need.unmet(reasonOf(error));
    if (!(error instanceof Unavailable)) service.fail(error);
  };
  const ran = await untilItWorks(attempt, { signal: service.stopping, onFailure });
  await database.close();
  if (!ran) return;
  service.log.info(
    { migrations: ran },
    ran.length > 0 ? 'tables brought up to date' : 'tables are up to date',
  );
  need.met();
}

async function watch(service: Service, database: Database, need: Need): Promise<void> {
  while (!service.stopping.aborted) {
    await pause(2_000, service.stopping);
    await database.query('select 1').then(
      () => need.met(),
      (error: unknown) => need.unmet(reasonOf(error)),
    );
  }
}
