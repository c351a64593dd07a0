/**
 * A body on its way to whoever asked. The library writes it as fast as it comes, whether anybody takes it or not, and
 * when it fails leaves the answer open, for which the host then waits up to 240 s (`ActivityTimeout` of
 * DefaultHttpProxyService in azure-functions-host).
 */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { withoutWords } from '../../../adapters/invocation-log.ts';

/** What has come through the library and the worker may be anything. */
type Result = { readonly body?: unknown } | null | undefined;

/**
 * The same result with a body that waits until what was written of it is on its way, and ends where nobody waits for
 * it.
 * @param result of a function of this app: a plain object
 */
export function atSpeedOf(response: ServerResponse | undefined, result: unknown): unknown {
  const body = (result as Result)?.body;
  return response !== undefined && body instanceof ReadableStream
    ? { ...(result as object), body: paced(body, response) }
    : result;
}

/**
 * Cuts an answer off whose making fails, so that nobody waits for the rest or takes it for whole.
 * @throws Error without words: the host logs it
 */
export async function orBreak<T>(response: ServerResponse | undefined, making: Promise<T>): Promise<T> {
  try {
    return await making;
  } catch (error) {
    response?.destroy();
    throw withoutWords(error);
  }
}

function paced(body: ReadableStream<unknown>, response: ServerResponse): ReadableStream<unknown> {
  const reader = body.getReader();
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        await taken(response);
        const { done, value } = response.destroyed ? await givenUp(reader) : await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read before somebody wants it.
    { highWaterMark: 0 },
  );
}

async function givenUp(reader: ReadableStreamDefaultReader): Promise<{ readonly done: true; readonly value?: never }> {
  await reader.cancel();
  return { done: true };
}

async function taken(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain) return;
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    over.abort(),
  );
}
