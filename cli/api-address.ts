/** Where the API is. */
import { UsageError } from './command.ts';

/**
 * A token goes along with some requests, so without encryption only to this machine.
 * @throws UsageError
 */
export function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || /^https:\/\/[^\s/?#@]+(\/api)?\/?$/.test(text)) return text;
  if (/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/api)?\/?$/.test(text)) return text;
  throw new UsageError(`The address of the API is "${text}"; it must look like https://NAME.azurewebsites.net/api.`);
}
