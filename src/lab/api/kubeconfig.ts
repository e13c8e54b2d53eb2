import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { load } from 'js-yaml';
import { isMap, type Json, type JsonObject, listIn, mapIn, textIn, valueIn } from '../../estate';

/** Whom to ask, and how to say who one is. */
export interface Access {
  readonly server: URL;
  readonly tls: ConnectionOptions;
  readonly token?: string;
}

/**
 * What kubeconfig files say of a context, as kubectl reads them: of several the first that says something wins, and
 * a program that they name may be asked for the credentials.
 *
 * @param files one path, or several as `KUBECONFIG` joins them
 * @param context the context, where it is not the current one
 */
export function readAccess(files: string, context?: string): Access {
  const all = files.split(delimiter).filter((file) => file !== '' && existsSync(file));
  if (all.length === 0) throw new Error(`there is no ${files}`);
  const entries = all.map((file) => ({ file, content: load(readFileSync(file, 'utf8')) as Json }));
  const name =
    context ?? entries.map(({ content }) => textIn(content, 'current-context')).find(Boolean) ?? '';
  const chosen = find(entries, 'contexts', name, 'context');
  const cluster = find(entries, 'clusters', textIn(chosen?.section, 'cluster'), 'cluster');
  const user = find(entries, 'users', textIn(chosen?.section, 'user'), 'user');
  const server = textIn(cluster?.section, 'server');
  if (!cluster || server === undefined)
    throw new Error(
      name === '' ? `${files} has no current context` : `${files} has no context ${name} with a cluster`,
    );
  return { server: new URL(server), ...credentials(cluster, user) };
}

interface Entry {
  readonly file: string;
  readonly content: Json;
}

/** A part of a kubeconfig, and the folder that its paths are relative to. */
interface Section {
  readonly section: JsonObject;
  readonly folder: string;
}

function find(
  entries: readonly Entry[],
  list: string,
  name: string | undefined,
  field: string,
): Section | undefined {
  for (const { file, content } of entries) {
    const found = listIn(content, list).find((one) => textIn(one, 'name') === name);
    if (found !== undefined) return { section: mapIn(found, field), folder: dirname(resolve(file)) };
  }
  return undefined;
}

function credentials(cluster: Section, user: Section | undefined): Omit<Access, 'server'> {
  const given = user && isMap(user.section['exec']) ? asked(user.section['exec']) : {};
  const token =
    given.token ?? (user && textIn(user.section, 'token')) ?? (user && fileIn(user, 'tokenFile')?.trim());
  const tls = {
    ...present('ca', dataOf(cluster, 'certificate-authority')),
    ...present('cert', given.cert ?? (user && dataOf(user, 'client-certificate'))),
    ...present('key', given.key ?? (user && dataOf(user, 'client-key'))),
    ...present('servername', textIn(cluster.section, 'tls-server-name')),
    ...(cluster.section['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
  };
  return { tls, ...present('token', token) };
}

const SECONDS_TO_LOG_IN = 120;

/** Clouds have a program of their own that says who one is; it may want to talk to whoever sits there. */
function asked(exec: JsonObject): { readonly token?: string; readonly cert?: string; readonly key?: string } {
  const command = textIn(exec, 'command') ?? '';
  const args = listIn(exec, 'args').filter((arg) => typeof arg === 'string');
  const own = listIn(exec, 'env').map((entry) => [textIn(entry, 'name') ?? '', textIn(entry, 'value') ?? '']);
  const info = {
    apiVersion: valueIn(exec, 'apiVersion') ?? null,
    kind: 'ExecCredential',
    spec: { interactive: true },
  };
  const env = { ...process.env, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const stdio: ['inherit', 'pipe', 'inherit'] = ['inherit', 'pipe', 'inherit'];
  const answer = execFileSync(command, args, { env, stdio, timeout: SECONDS_TO_LOG_IN * 1000 });
  const status = mapIn(JSON.parse(answer.toString()) as Json, 'status');
  return {
    ...present('token', textIn(status, 'token')),
    ...present('cert', textIn(status, 'clientCertificateData')),
    ...present('key', textIn(status, 'clientKeyData')),
  };
}

function dataOf(part: Section, field: string): string | undefined {
  const inline = textIn(part.section, `${field}-data`);
  return inline === undefined ? fileIn(part, field) : Buffer.from(inline, 'base64').toString();
}

function fileIn({ section, folder }: Section, field: string): string | undefined {
  const file = textIn(section, field);
  return file === undefined ? undefined : readFileSync(resolve(folder, file), 'utf8');
}

function present<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
