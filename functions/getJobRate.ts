import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerJobRate } from '../shared/entry/http/answers/rate-answer.ts';

/** GET /jobs/{id}/rate: how many resets ended in each interval, and when Graph had asked to wait. */
app.http('getJobRate', httpFunction('getJobRate', answerJobRate));
