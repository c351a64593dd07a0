import { app } from '@azure/functions';
import { otherFunction } from '../shared/entry/http/handler.ts';
import { answerOther } from '../shared/entry/http/answers/other-answer.ts';

/** Methods that no route takes: a problem, 404 or 405. */
app.http('otherMethod', otherFunction('otherMethod', answerOther));
