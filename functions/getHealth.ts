import { app } from '@azure/functions';
import { answerHealth } from '../shared/adapters/http/health-answer.ts';

/** GET /health: anonymous callers get the status, those with a role every problem. */
app.http('getHealth', { methods: ['GET'], route: 'health', authLevel: 'anonymous', handler: answerHealth });
