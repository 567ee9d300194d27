// Unpacks the browser with its libraries and fonts into ./unpacked and writes ./unpacked/browser, which starts it.
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const part = join(here, 'unpacked.part');
const target = join(here, 'unpacked');
rmSync(part, { recursive: true, force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(part);

// The package unpacks into the temporary folder, and brings its shared libraries only where it believes to be in Lambda.
process.env.TMPDIR = part;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
await chromium.executablePath();

writeFileSync(
  join(part, 'fonts.conf'),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`,
);
writeFileSync(
  join(part, 'browser'),
  `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`,
);
chmodSync(join(part, 'browser'), 0o755);
// Last, so that an interrupted run leaves no half of a browser behind.
renameSync(part, target);
