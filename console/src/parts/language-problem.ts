/** What is wrong with the language of a mail, as the service would say it. */
import { checkLanguage } from '../../../shared/domain/submission/language.ts';

/** A sentence; undefined where nothing is wrong, or nothing is said. */
export function languageProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const checked = checkLanguage(text);
  return checked.ok ? undefined : checked.message;
}
