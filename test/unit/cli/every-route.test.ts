/** What can be done over HTTP can be done from the command line, or there is a reason. */
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import type { HttpFunctionName } from '../../../shared/entry/http/routes.ts';

/** For programs: what people wait for, are shown or read comes to them in another way. */
const OF_PROGRAMS = 'of programs';
const WAYS: Readonly<Record<HttpFunctionName, string>> = {
  submitJob: 'submit',
  listJobs: 'jobs',
  getJob: 'status',
  deleteJob: 'delete',
  getJobCompletion: OF_PROGRAMS,
  getJobRate: OF_PROGRAMS,
  listResets: 'results',
  cancelJob: 'cancel',
  retryJob: 'retry',
  checkJob: 'check',
  pauseJob: 'pause',
  resumeJob: 'resume',
  getGuest: 'look',
  resetGuest: 'reset',
  listGuestResets: 'guest',
  eraseGuest: 'erase',
  listAudit: 'audit',
  pauseTenant: 'tenant pause',
  resumeTenant: 'tenant resume',
  getMe: 'whoami',
  getTenant: 'tenant',
  getDiagnostics: 'tenant',
  getHealth: OF_PROGRAMS,
  getHealthDetails: OF_PROGRAMS,
  getOpenApi: OF_PROGRAMS,
  getOpenApiV2: OF_PROGRAMS,
  listProblems: OF_PROGRAMS,
  getProblem: OF_PROGRAMS,
};
const ways = Object.values(WAYS).filter((each) => each !== OF_PROGRAMS);

test('each has a command of the program', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(ways.filter((name) => !names.includes(name))).toEqual([]);
});
