import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { answerRetry } from '../shared/adapters/http/retry-answer.ts';

/** POST /jobs/{id}/retry: a new job of what did not succeed. */
app.http('retryJob', httpFunction('retryJob', answerRetry));
