/** Questions to the service, asked again as late as it says. */
import { useQuery, type QueryKey, type UseQueryResult } from '@tanstack/react-query';
import type { Answer, Answered, Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import { useService } from './service.tsx';

/** What was asked for has not come. */
export class Unanswered extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** After a failure that may pass the question is asked again so late. */
const AGAIN_AFTER_FAILURE_MS = 15_000;
/** Where an answer that changes by itself does not say when to look again. */
const USUAL_SECONDS = 5;
/** No wait that is asked for is longer. */
const LONGEST_SECONDS = 3_600;

export interface Asking<T> {
  /** Whether the answer changes by itself, so that it is asked for again; default: no. */
  readonly changes?: (value: T) => boolean;
  /** How soon, where the answer does not say; default: 5. */
  readonly everySeconds?: number;
  readonly enabled?: boolean;
}

/** `data` is the answer with its headers, `error` is an `Unanswered`. Both may be there: the last answer stays. */
export function useAnswer<T>(
  key: QueryKey,
  ask: (client: Client) => Promise<Answer<T>>,
  { changes = () => false, everySeconds, enabled = true }: Asking<T> = {},
): UseQueryResult<Answered<T>, Unanswered> {
  const { client } = useService();
  return useQuery<Answered<T>, Unanswered>({
    queryKey: key,
    queryFn: async () => answered(await ask(client)),
    enabled,
    refetchInterval: ({ state: { data, error } }) =>
      againAfter(error, data, data !== undefined && changes(data.value), everySeconds),
  });
}

/** Milliseconds until a question is asked again; false where it is not. */
export function againAfter(
  error: Unanswered | null,
  last: Answered<unknown> | undefined,
  changes: boolean,
  everySeconds = USUAL_SECONDS,
): number | false {
  if (error !== null) return afterFailure(error.failure);
  return changes ? secondsOf(last, everySeconds) * 1_000 : false;
}

/** As late as a refusal says, where it says that. */
function afterFailure(failure: Failure): number | false {
  const asked = failure.kind === 'lost' ? undefined : failure.againAfterSeconds;
  if (asked !== undefined) return Math.min(asked, LONGEST_SECONDS) * 1_000;
  return mayPass(failure) ? AGAIN_AFTER_FAILURE_MS : false;
}

/** @throws Unanswered where it is none */
export function answered<T>(answer: Answer<T>): Answered<T> {
  if (answer.kind !== 'answered') throw new Unanswered(answer);
  return answer;
}

function secondsOf(last: Answered<unknown> | undefined, usual: number): number {
  const seconds = Number(last?.headers.get('retry-after') ?? usual);
  return seconds >= 1 && seconds <= 300 ? seconds : usual;
}

const mayPass = (failure: Failure): boolean =>
  failure.kind === 'lost' || (failure.kind === 'foreign' ? failure.status >= 500 : failure.problem.status >= 500);
