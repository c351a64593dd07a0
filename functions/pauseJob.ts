import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerPause } from '../shared/entry/http/answers/pause-answer.ts';

/** POST /jobs/{id}/pause: nothing more of this job is sent; everything stays as it is. */
app.http('pauseJob', httpFunction('pauseJob', answerPause));
