import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerProblem } from '../shared/entry/http/pages/problem-pages.ts';

/** GET /problems/{code}: what one refusal means, and what to do. */
app.http('getProblem', openHttpFunction('getProblem', answerProblem));
