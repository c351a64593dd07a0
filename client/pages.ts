/** Lists that come page by page. */
import type { Answer, Failure } from './answer.ts';

interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string | undefined;
}

/** Each item of a list, page by page as it is taken; at last why it ends early, where it does. */
export async function* items<T>(
  ask: (token: { readonly continuationToken?: string }) => Promise<Answer<Page<T>>>,
): AsyncGenerator<T, Failure | undefined> {
  let token: { readonly continuationToken?: string } = {};
  for (;;) {
    const page = await ask(token);
    if (page.kind !== 'answered') return page;
    const { value, nextLink: link } = page.value;
    yield* value;
    // Only the token is taken from the link: a request with a bearer token goes nowhere but to `url`.
    const continuationToken = link === undefined ? null : new URL(link).searchParams.get('continuationToken');
    if (continuationToken === null) return undefined;
    token = { continuationToken };
  }
}
