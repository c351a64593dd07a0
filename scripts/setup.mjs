// Installs what is missing, in this folder or in the one that is named. Plain JavaScript: it runs on whatever Node the
// machine has, before anything is installed.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

process.chdir(process.argv[2] ?? '.');

const STAMP = 'node_modules/.setup-stamp';
const PINNED_PLATFORMS = ['linux-x64', 'linux-arm64', 'win32-x64'];

const wanted = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(readFileSync('package.json'))
  .update(process.platform + process.arch)
  .digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
  console.log(
    `Installing packages${process.argv[2] === undefined ? '' : ` of ${process.argv[2]}`} (once; a minute or so) …`,
  );
  execSync('npm ci --no-audit --no-fund --loglevel=error', { stdio: 'inherit' });
  writeFileSync(STAMP, wanted);
}

// Node 24 comes with the packages on these platforms and stands first on the PATH of every npm script.
if (!PINNED_PLATFORMS.includes(`${process.platform}-${process.arch}`)) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // From these on Node runs TypeScript by itself.
  if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
    console.error(
      `guest-reset needs Node 22.18 or newer on ${process.platform}-${process.arch}; this is ${process.version}. ` +
        'Install Node 24 and try again.',
    );
    process.exit(1);
  }
}
