/** How findings are printed. */
export const formats = ['text', 'json', 'sarif', 'github'] as const;

/** One of them. */
export type Format = (typeof formats)[number];
