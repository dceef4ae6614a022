// Protects: the package is the product. All that a first start needs is in it, nothing that only its makers need, and
// every script lies where the archive's integrity covers it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { extractFile } from '@electron/asar';
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensurePackaged, filesOf, type PackagedFile } from './packaged-tree.ts';

const root = path.resolve(import.meta.dirname, '../..');
const native = /\.(?:node|dll|dylib|so|so\.[\d.]+)$/;
const mebibyte = 1024 ** 2;

describe.runIf(process.platform === 'linux')('the unpacked tree of npm run package', () => {
  let tree = '';
  let files: readonly PackagedFile[] = [];
  const matching = (pattern: RegExp): string[] => files.map((file) => file.path).filter((file) => pattern.test(file));
  const bytesOf = (pattern: RegExp): number =>
    files.reduce((sum, file) => sum + (pattern.test(file.path) ? file.bytes : 0), 0);

  beforeAll(() => {
    tree = ensurePackaged();
    files = filesOf(tree);
  });

  test('holds all that a first start needs, and what has to be said', () => {
    for (const [part, pattern, atLeast] of [
      ['the program', /^cuepoint$/, 1],
      ['main', /^resources\/app\.asar\/dist\/app\/main\/hosts\/electron\.js$/, 1],
      [
        'the engine and its threads',
        /app\.asar\/dist\/app\/main\/.*(?:engine-process|(?:inference|reading|tuning)-worker)\.js$/,
        5,
      ],
      ['migrations', /app\.asar\/dist\/app\/main\/database\/migrations\/.*\.sql$/, 1],
      ['preload', /^resources\/app\.asar\/dist\/preload\.cjs$/, 1],
      ['pages', /^resources\/app\.asar\/dist\/renderer\/(?:index\.html|assets\/.*\.(?:js|css|woff2))$/, 4],
      ['icon', /^resources\/app\.asar\/resources\/icons\/cuepoint\.png$/, 1],
      ['sample films', /^resources\/sample\/films\/.*\.mp4$/, 7],
      ['sample labels', /^resources\/sample\/labels\.json$/, 1],
      ['starter models', /^resources\/starter-(?:model|xclip)\/model\.safetensors$/, 2],
      ['model list', /^resources\/model-library\.json$/, 1],
      ['help', /^resources\/help\/.*\.md$/, 13],
      ['licences', /^resources\/licences\/(?:CUEPOINT-LICENSE|GPL-3\.0)\.txt$/, 2],
      ['third-party notices', /^resources\/licences\/THIRD-PARTY\.md$/, 1],
      ['Electron’s licences', /^LICENSES?\.(?:electron\.txt|chromium\.html)$/, 2],
    ] as const)
      expect(matching(pattern).length, part).toBeGreaterThanOrEqual(atLeast);
  });

  test('holds nothing that only its makers need', () => {
    expect(matching(/\.(?:map|tsx?|mts|cts|tsbuildinfo|gypi?|cc?|cpp|h|hpp)$/), 'sources and maps').toEqual([]);
    expect(matching(/\.test\.|\/(?:tests?|__tests__)\//), 'tests').toEqual([]);
    expect(matching(/\.asar\/dist\/.*\/(?:fixtures|testing|lab|e2e)\//), 'the lab').toEqual([]);
    expect(
      matching(/\/\.[^/]+$|\/(?:README|CHANGELOG)[^/]*$/i)
        .filter((file) => !file.includes('/starter-'))
        .toSorted(),
    ).toEqual(['resources/help/README.md', 'resources/licences/README.md']);
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Readonly<Record<string, string>>;
    };
    const developers = Object.keys(devDependencies).filter((name) => !name.startsWith('@orpc/'));
    expect(developers.filter((name) => matching(new RegExp(`/node_modules/${name}/`)).length > 0)).toEqual([]);
  });

  test('holds the native modules of this system alone, beside the archive, and nothing else lies there', () => {
    const { arch, platform } = process;
    const beside = matching(/app\.asar\.unpacked\//);
    expect(beside.filter((file) => !native.test(file))).toEqual([]);
    expect(beside.map((file) => file.split('node_modules/')[1]!).toSorted()).toEqual([
      `@seydx/node-av-${platform}-${arch}/node-av.node`,
      `better-sqlite3/prebuilds/${platform}-${arch}.node`,
      `onnxruntime-node/bin/napi-v6/${platform}/${arch}/libonnxruntime.so.1`,
      `onnxruntime-node/bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`,
      // One module for both kinds of Mac, and none for Windows on arm64, where searches compare every feature.
      ...(platform === 'darwin'
        ? ['usearch/prebuilds/darwin-arm64+x64/usearch.node']
        : `${platform}-${arch}` === 'win32-arm64'
          ? []
          : [`usearch/prebuilds/${platform}-${arch}/usearch.node`]),
    ]);
    expect(matching(/app\.asar\//).filter((file) => native.test(file))).toEqual([]);
  });

  test('the archive’s integrity covers every script of pages and program', () => {
    const archive = path.join(tree, 'resources/app.asar');
    const scripts = files.filter(({ path: file }) => /\.asar\/.*\.(?:[cm]?js|html|css|json|sql)$/.test(file));
    expect(scripts.length).toBeGreaterThan(500);
    expect(scripts.filter(({ sha256 }) => sha256 === null)).toEqual([]);
    for (const { path: file, sha256 } of scripts.filter((script) => script.path.includes('/dist/'))) {
      const content = extractFile(archive, file.slice('resources/app.asar/'.length));
      expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256);
    }
    expect(matching(/\.(?:[cm]?js|html)$/).filter((file) => !file.includes('.asar/'))).toEqual([
      'LICENSES.chromium.html',
    ]);
  });

  test('the fuses of the program are set', async () => {
    const wire = await getCurrentFuseWire(path.join(tree, 'cuepoint'));
    expect(wire.version).toBe(FuseVersion.V1);
    const [off, on] = ['0', '1'].map((digit) => digit.charCodeAt(0));
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });

  /** Of each part, what it may come to; `resources/licences/README.md` says what for. Electron itself comes on top. */
  test.each([
    ['the decoder', /node-av\.node$/, 180],
    ['the inference runtime', /onnxruntime/, 50],
    ['the database', /better-sqlite3\//, 4],
    ['pages', /\/dist\/renderer\//, 4],
    ['program', /\/dist\/app\//, 3],
    ['packages of scripts', /app\.asar\/node_modules\//, 16],
    ['sample, models and list', /^resources\/(?:sample|starter|model-library)/, 14],
    ['licences', /^resources\/licences\//, 1],
  ] as const)('%s stays small', (_part, pattern, mostMebibytes) => {
    const mebibytes = bytesOf(pattern) / mebibyte;
    expect(mebibytes).toBeGreaterThan(0.1);
    expect(mebibytes).toBeLessThan(mostMebibytes);
  });

  test('no part is left uncounted', () => {
    expect(bytesOf(/^resources\//) / mebibyte).toBeLessThan(265);
  });
});
