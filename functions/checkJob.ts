import { app } from '@azure/functions';
import { answerCheck } from '../shared/adapters/http/check-answer.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';

/** POST /jobs/{id}/check: looks whether the guests of an ended job have redeemed. */
app.http('checkJob', httpFunction('checkJob', answerCheck));
