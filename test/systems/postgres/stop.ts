/** After all tests. */
export default function stop(): void {
  globalThis.postgresServer?.stop();
}
