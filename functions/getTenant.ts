import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerTenant } from '../shared/entry/http/answers/tenant-answer.ts';

/** GET /tenant: what stops the tenant, if something does, and how fast it may send. */
app.http('getTenant', httpFunction('getTenant', answerTenant));
