import { join } from 'node:path';
import { app } from '@azure/functions';
import { consoleFrom } from '../shared/entry/http/console/answer.ts';
import { fileFunction } from '../shared/entry/http/handler.ts';

/** /console and all below it: the page for administrators. Its files stand beside the bundle. */
app.http('getConsole', fileFunction('getConsole', consoleFrom(join(__dirname, 'console'))));
