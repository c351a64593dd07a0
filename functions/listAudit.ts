import { app } from '@azure/functions';
import { answerAudit } from '../shared/entry/http/answers/audit-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** GET /audit: who did what, of jobs that are gone too; newest first. */
app.http('listAudit', httpFunction('listAudit', answerAudit));
