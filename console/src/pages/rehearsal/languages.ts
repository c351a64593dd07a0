/** In which languages Microsoft would mail. */
import type { Reset } from '../../../../client/types.ts';
import { count } from '../../parts/numbers.ts';

/** `fr-FR 8, de-DE 5, Microsoft’s choice 7`; empty where nobody would be mailed. */
export function languagesOf(resets: readonly Reset[]): string {
  const numbers = new Map<string, number>();
  for (const { would } of resets) {
    if (would?.mail !== 'microsoft') continue;
    const language = would.messageLanguage ?? 'Microsoft’s choice';
    numbers.set(language, (numbers.get(language) ?? 0) + 1);
  }
  return [...numbers]
    .toSorted(([, one], [, other]) => other - one)
    .map(([language, number]) => `${language} ${count(number)}`)
    .join(', ');
}
