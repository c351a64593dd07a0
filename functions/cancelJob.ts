import { app } from '@azure/functions';
import { answerCancel } from '../shared/adapters/http/cancel-answer.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';

/** POST /jobs/{id}/cancel: what was not sent yet will not be. */
app.http('cancelJob', httpFunction('cancelJob', answerCancel));
