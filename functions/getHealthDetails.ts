import { app } from '@azure/functions';
import { answerHealthDetails } from '../shared/entry/http/answers/health-answer.ts';
import { openHttpFunction } from '../shared/entry/http/handler.ts';

/** GET /health/details: where it is that somebody may look for it. */
app.http('getHealthDetails', openHttpFunction('getHealthDetails', answerHealthDetails));
