/** What can be done over HTTP can be done from the command line and in PowerShell, or there is a reason. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import type { HttpFunctionName } from '../../../shared/entry/http/routes.ts';

/** For programs: what people wait for, are shown or read comes to them in another way. */
const OF_PROGRAMS = 'of programs';
type Ways = typeof OF_PROGRAMS | readonly [command: string, inPowerShell: string];

const WAYS: Readonly<Record<HttpFunctionName, Ways>> = {
  submitJob: ['submit', 'Start-GuestResetJob'],
  listJobs: ['jobs', 'Get-GuestResetJob'],
  getJob: ['status', 'Get-GuestResetJob'],
  deleteJob: ['delete', 'Remove-GuestResetJob'],
  getJobCompletion: OF_PROGRAMS,
  getJobRate: OF_PROGRAMS,
  listResets: ['results', 'Get-GuestResetResult'],
  cancelJob: ['cancel', 'Stop-GuestResetJob'],
  retryJob: ['retry', 'Restart-GuestResetJob'],
  checkJob: ['check', 'Update-GuestResetRedemption'],
  pauseJob: ['pause', 'Suspend-GuestResetJob'],
  resumeJob: ['resume', 'Resume-GuestResetJob'],
  getGuest: ['look', 'Get-GuestResetGuest'],
  resetGuest: ['reset', 'Reset-GuestRedemption'],
  listGuestResets: ['guest', 'Get-GuestResetHistory'],
  eraseGuest: ['erase', 'Remove-GuestResetHistory'],
  listAudit: ['audit', 'Get-GuestResetAudit'],
  pauseTenant: ['tenant pause', 'Suspend-GuestResetTenant'],
  resumeTenant: ['tenant resume', 'Resume-GuestResetTenant'],
  getMe: ['whoami', 'Connect-GuestReset'],
  getTenant: ['tenant', 'Get-GuestResetTenant'],
  getDiagnostics: ['tenant', 'Get-GuestResetTenant'],
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
  expect(ways.map(([command]) => command).filter((name) => !names.includes(name))).toEqual([]);
});

test('and one of the PowerShell module, which names no other', () => {
  const manifest = readFileSync('clients/powershell/GuestReset/GuestReset.psd1', 'utf8');
  const exported = [...manifest.matchAll(/'([A-Z][a-z]+-\w+)'/g)].map(([, name]) => name);
  const named = [...ways.map(([, name]) => name), 'Disconnect-GuestReset'];
  expect(new Set(exported)).toEqual(new Set(named));
});
