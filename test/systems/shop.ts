import { ready, start, type RunningProgram } from './processes';

/** In an order in which each finds those that it asks. */
const names = [
  'customers',
  'fulfillment',
  'inventory',
  'payments',
  'users',
  'orders',
  'exchanges',
  'frontend',
];

/** Starts all programs of the shop on one PostgreSQL; the last of them is the frontend. */
export async function startShop(
  databaseUrl: string,
  frontend: Readonly<Record<string, string>> = {},
): Promise<RunningProgram[]> {
  const programs: RunningProgram[] = [];
  for (const name of names) {
    const urls = programs.map((partner) => [`${partner.name.toUpperCase()}_URL`, `${partner.url}/graphql`]);
    const own = name === 'frontend' ? frontend : {};
    const program = await start(name, { DATABASE_URL: databaseUrl, ...Object.fromEntries(urls), ...own });
    await ready(program);
    programs.push(program);
  }
  return programs;
}
