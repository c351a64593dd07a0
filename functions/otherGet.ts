import { app } from '@azure/functions';
import { otherFunction } from '../shared/entry/http/handler.ts';
import { answerOther } from '../shared/entry/http/answers/other-answer.ts';

/** GET where no route takes it: a problem, 404 or 405. */
app.http('otherGet', otherFunction('otherGet', answerOther));
