/** Runs in the network of a pod: sends the requests given as JSON, one after the other, and prints the answers as JSON. */

/** What to ask. */
export interface Request {
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: object;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

const headers = { 'content-type': 'application/json' };

async function main(requests: readonly Request[]): Promise<void> {
  const answers: Answer[] = [];
  for (const { url, method = 'GET', body } of requests) {
    const answer = await fetch(url, { method, ...(body && { headers, body: JSON.stringify(body) }) });
    answers.push({ status: answer.status, text: await answer.text() });
  }
  process.stdout.write(JSON.stringify(answers));
}

void main(JSON.parse(process.argv[2] ?? '[]') as readonly Request[]);
