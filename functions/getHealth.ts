import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/adapters/http/handler.ts';
import { answerHealth } from '../shared/adapters/http/health-answer.ts';

/** GET /health: anonymous callers get the status, those with a role every problem. */
app.http('getHealth', openHttpFunction('getHealth', answerHealth));
