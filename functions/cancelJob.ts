import { app } from '@azure/functions';
import { answerCancel } from '../shared/entry/http/answers/cancel-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** POST /jobs/{id}/cancel: what was not sent yet will not be. */
app.http('cancelJob', httpFunction('cancelJob', answerCancel));
