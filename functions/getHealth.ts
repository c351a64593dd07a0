import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerHealth } from '../shared/entry/http/answers/health-answer.ts';

/** GET /health: anonymous callers get the status, those with a role every problem. */
app.http('getHealth', openHttpFunction('getHealth', answerHealth));
