import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerJob } from '../shared/entry/http/answers/job-answer.ts';

/** GET /jobs/{id}: status and counts; the resets too when they are few. */
app.http('getJob', httpFunction('getJob', answerJob));
