import { app } from '@azure/functions';
import { openHttpFunction } from '../shared/entry/http/handler.ts';
import { answerProblemList } from '../shared/entry/http/pages/problem-pages.ts';

/** GET /problems: what refusals mean. */
app.http('listProblems', openHttpFunction('listProblems', answerProblemList));
