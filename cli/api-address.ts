/** Where the API is. */
import { UsageError } from './errors.ts';

/**
 * A token goes along with some requests, so without encryption only to this machine.
 * @throws UsageError
 */
export function addressOf(said: string | undefined): string | undefined {
  const text = said?.trim();
  if (text === undefined) return text;
  const isAddress = URL.canParse(text);
  if (isAddress && /^https:\/\/[^\s/?#@]+(\/api)?\/?$/.test(text)) return text;
  if (isAddress && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/api)?\/?$/.test(text)) return text;
  throw new UsageError(
    `The address of the API is "${text}"; it must look like https://NAME.azurewebsites.net/api, or on this machine ` +
      'http://localhost:7071/api.',
  );
}
