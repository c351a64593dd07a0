/** What a process has used, as the kernel counts it. Linux only. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Source: proc(5); USER_HZ is 100 on every Linux that Node runs on. */
const TICK_MS = 10;
const UTIME = 11;
const STIME = 12;

/** Milliseconds of CPU so far, user and system. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold blanks; fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS;
}

/** Begins the high-water mark of resident memory anew. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Resident memory in MB: the most since `forgetPeak`, and now. */
export function memoryMb(pid: number): { readonly peak: number; readonly now: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { peak: kilobytes(status, 'VmHWM') / 1024, now: kilobytes(status, 'VmRSS') / 1024 };
}

function kilobytes(status: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (value === undefined) throw new Error(`/proc/…/status has no ${name}; the benchmark needs Linux.`);
  return Number(value);
}
