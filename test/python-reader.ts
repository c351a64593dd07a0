/** Python's `csv` on files opened as its manual says, with `utf-8-sig`; where there is a Python. */
import { spawnSync } from 'node:child_process';

const READ = `
import base64, csv, io, json, sys
def rows(file):
    text = io.TextIOWrapper(io.BytesIO(base64.b64decode(file['bytes'])), encoding='utf-8-sig', newline='')
    return list(csv.reader(text, delimiter=file['separator'], strict=True))
json.dump([rows(file) for file in json.load(sys.stdin)], sys.stdout)
`;

export const HAS_PYTHON = spawnSync('python3', ['-c', 'import csv']).status === 0;

export interface CsvFile {
  readonly bytes: Uint8Array;
  readonly separator: string;
}

/** The rows of each file. A Python takes a while to start, so one reads all. */
export function pythonRows(files: readonly CsvFile[]): string[][][] {
  const input = files.map(({ bytes, separator }) => ({ bytes: Buffer.from(bytes).toString('base64'), separator }));
  const { status, stdout, stderr } = spawnSync('python3', ['-c', READ], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][][];
}
