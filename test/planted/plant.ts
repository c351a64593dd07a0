import type { PlantedBug } from './bugs.ts';

/** The text of the bug's file with the bug in it. Throws where the list is behind the code. */
export function plant(text: string, { name, file, find, put }: PlantedBug): string {
  if (text.split(find).length !== 2) throw new Error(`"${name}": the text to replace is not in ${file} exactly once. Bring the list up to date.`);
  return text.replace(find, () => put);
}
