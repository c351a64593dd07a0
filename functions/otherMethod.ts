import { app } from '@azure/functions';
import { otherFunction } from '../shared/adapters/http/handler.ts';
import { answerOther } from '../shared/adapters/http/other-answer.ts';

/** Methods that no route takes: a problem, 404 or 405. */
app.http('otherMethod', otherFunction('otherMethod', answerOther));
