import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerResume } from '../shared/entry/http/answers/resume-answer.ts';

/** POST /jobs/{id}/resume: lifts the stop that is shown; after a refusal only once one guest was tried. */
app.http('resumeJob', httpFunction('resumeJob', answerResume));
