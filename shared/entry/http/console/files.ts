/** The console's files, as `scripts/console.mjs` has left them: listed once, each read when it is first asked for. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** In the order in which they are preferred; what follows the name of a file. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof ENCODINGS;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Undefined for a name that is none of a file. */
export type FileNamed = (name: string, acceptEncoding: string | null) => ConsoleFile | undefined;

export interface ConsoleFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Absent where the file goes as it is. */
  readonly encoding?: Encoding;
  /** With its quotes; another one for each encoding. */
  readonly etag: string;
}

/**
 * The files below a folder by their path from there, in the best encoding that is accepted. Only names that were found
 * there lead anywhere: no path that a caller has written is ever opened. A folder that is not there has no files.
 */
export function filesOf(folder: string): FileNamed {
  let listed: ReadonlySet<string> | undefined;
  const read = new Map<string, ConsoleFile>();
  return (name, acceptEncoding) => {
    listed ??= new Set(namesBelow(folder));
    const all = listed;
    if (!all.has(name) || TYPES[extname(name)] === undefined) return undefined;
    const encoding = acceptedOf(acceptEncoding).find((each) => all.has(name + ENCODINGS[each]));
    const path = encoding === undefined ? name : name + ENCODINGS[encoding];
    const known = read.get(path);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(readFileSync(join(folder, path)));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const file = { bytes, etag, type: TYPES[extname(name)] ?? '', ...(encoding !== undefined && { encoding }) };
    read.set(path, file);
    return file;
  };
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll(sep, '/'),
      );
  } catch (error) {
    // Built without the console.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Source: RFC 9110, 12.5.3: what has the weight 0 is not acceptable; `*` stands for what is not named. */
function acceptedOf(header: string | null): Encoding[] {
  const weights = new Map(
    (header ?? '').split(',').map((each) => {
      const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (Object.keys(ENCODINGS) as Encoding[]).filter((name) => (weights.get(name) ?? weights.get('*') ?? 0) > 0);
}
