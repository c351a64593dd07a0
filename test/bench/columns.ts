import type { Tool } from './tool.ts';

/** A column for each tool. */
export const columnsOf = (runs: readonly { readonly tool: Tool }[]): string[] => runs.map(({ tool }) => tool.title);
