/** Lists that come page by page. */
import type { Answer, Failure } from './answer.ts';

/** Asks for the page that begins at a token; for the first one without. */
export interface Token {
  readonly continuationToken?: string;
}

export interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string | undefined;
}

/** Each item of a list, page by page as it is taken; at last why it ends early, where it does. */
export async function* items<T>(
  ask: (token: Token) => Promise<Answer<Page<T>>>,
): AsyncGenerator<T, Failure | undefined> {
  let token: Token | undefined = {};
  while (token !== undefined) {
    const page: Answer<Page<T>> = await ask(token);
    if (page.kind !== 'answered') return page;
    yield* page.value.value;
    token = tokenAfter(page.value);
  }
  return undefined;
}

/** Undefined after the last page. */
export function tokenAfter({ nextLink }: Page<unknown>): Token | undefined {
  // Only the token is taken from the link: a request with a bearer token goes nowhere but to `url`.
  const continuationToken = nextLink === undefined ? null : new URL(nextLink).searchParams.get('continuationToken');
  return continuationToken === null ? undefined : { continuationToken };
}
