import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { answerJobs } from '../shared/adapters/http/jobs-answer.ts';

/** GET /jobs: newest first, those the caller may see. */
app.http('listJobs', httpFunction('listJobs', answerJobs));
