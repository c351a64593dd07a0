import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerRetry } from '../shared/entry/http/answers/retry-answer.ts';

/** POST /jobs/{id}/retry: a new job of what did not succeed. */
app.http('retryJob', httpFunction('retryJob', answerRetry));
