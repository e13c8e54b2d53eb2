const SHOWN_AT_MOST = 8_192;

/** Text for a line of log: a message may be a megabyte, a line should not. */
export function shortened(text: string): string {
  const rest = text.length - SHOWN_AT_MOST;
  return rest <= 0 ? text : `${text.slice(0, SHOWN_AT_MOST)}… and ${rest} characters more`;
}
