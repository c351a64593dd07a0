import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerJobs } from '../shared/entry/http/answers/jobs-answer.ts';

/** GET /jobs: newest first, those the caller may see. */
app.http('listJobs', httpFunction('listJobs', answerJobs));
