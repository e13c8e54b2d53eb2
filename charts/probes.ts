/** How long something may seem dead before it is restarted. A busy node makes everything slow, and a restart makes it busier. */
export const patience = { every: 20, timeout: 10, failures: 6 };

/** How long something may take to start: ten minutes. */
export const slowStart = { every: 5, timeout: 5, failures: 120 };
