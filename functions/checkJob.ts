import { app } from '@azure/functions';
import { answerCheck } from '../shared/entry/http/answers/check-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** POST /jobs/{id}/check: looks whether the guests of an ended job have redeemed. */
app.http('checkJob', httpFunction('checkJob', answerCheck));
