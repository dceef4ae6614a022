// The architecture holds: an import that the table in oxlint.config.ts forbids fails the lint.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const tree = mkdtempSync(path.join(tmpdir(), 'cuepoint-import-table-'));
afterAll(() => rmSync(tree, { recursive: true }));

const forbidden: readonly (readonly [file: string, specifier: string])[] = [
  ['preload/domain/span.ts', '../contract/contract.ts'],
  ['preload/domain/span.ts', 'node:fs'],
  ['preload/contract/videos.ts', '#main/backend.ts'],
  ['native-models/clip/vision.ts', '#main/backend.ts'],
  ['native-models/clip/vision.ts', 'onnxruntime-node'],
  ['main/backend.ts', 'electron'],
  ['main/backend.ts', '../renderer/shared/commands.ts'],
  ['main/backend.ts', './hosts/serve.ts'],
  ['main/pipeline/propose/spans.ts', '../../database/segments-table.ts'],
  ['main/pipeline/propose/spans.ts', '#main/http/handle.ts'],
  ['main/pipeline/analyse.ts', 'better-sqlite3'],
  ['main/engine/tasks/embed.ts', 'node-av/lib'],
  ['main/media/decode.ts', 'better-sqlite3'],
  ['main/hosts/serve.ts', 'electron'],
  ['main/hosts/cli/add.ts', '../../database/open-database.ts'],
  ['main/http/handle.ts', '../hosts/serve.ts'],
  ['main/annotation/edit-log.ts', '../project/open-project.ts'],
  ['main/project/open-project.ts', '../jobs/job-queue.ts'],
  ['main/project/open-project.ts', '../studio/studio.ts'],
  ['main/models/model-registry.ts', '../studio/home-folder.ts'],
  ['main/models/model-registry.ts', '../project/open-project.ts'],
  ['main/jobs/job-queue.ts', '#main/studio/studio.ts'],
  ['main/studio/studio.ts', '../api/router.ts'],
  ['main/studio/studio.ts', '../database/open-database.ts'],
  ['main/hosts/sample.ts', '../lab/world/render-films.ts'],
  ['main/pipeline/propose/spans.ts', '#main/lab/bench/cached-clip.ts'],
  ['main/lab/train.ts', 'better-sqlite3'],
  ['renderer/window/App.tsx', '#main/backend.ts'],
  ['renderer/window/App.tsx', '../../native-models/clip/vision.ts'],
  ['renderer/window/App.tsx', 'node:path'],
  ['renderer/shared/notices.ts', '../window/App.tsx'],
  ['renderer/shared/notices.ts', '../panels/player/Player.tsx'],
  ['renderer/ui/KeyCaps.tsx', '../backend/client.ts'],
  ['renderer/panels/player/Player.tsx', '../../window/App.tsx'],
  ['renderer/panels/player/overlay/Timecode.tsx', '../../../window/App.tsx'],
  ['renderer/panels/player/Player.tsx', '../timeline/Timeline.tsx'],
  ['renderer/panels/player/overlay/Timecode.tsx', '../../timeline/Timeline.tsx'],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ['preload/contract/segments.ts', '../domain/span.ts'],
  ['native-models/runtime/session.ts', 'onnxruntime-node'],
  ['main/media/ffmpeg.ts', 'node-av/lib'],
  ['main/database/open-database.ts', 'better-sqlite3'],
  ['main/hosts/electron.ts', 'electron'],
  ['main/hosts/electron/window.ts', 'electron'],
  ['main/hosts/serve.ts', '#main/http/handle.ts'],
  ['main/api/videos.ts', '../database/videos-table.ts'],
  ['main/studio/studio.ts', '../jobs/job-queue.ts'],
  ['main/jobs/job-queue.ts', '../project/open-project.ts'],
  ['main/project/open-project.ts', '../database/open-database.ts'],
  ['main/lab/report.ts', '../hosts/program-files.ts'],
  ['renderer/panels/player/Player.tsx', '../../playback/playhead.ts'],
  ['renderer/panels/player/Player.tsx', '../../shared/commands.ts'],
  ['renderer/window/StudioWindow.tsx', '../panels/player/Player.tsx'],
  ['renderer/panels/player/overlay/Timecode.tsx', '../Player.tsx'],
];

/** The files, each importing one thing as a type, that the lint refused for an import. */
function refused(imports: typeof forbidden): readonly string[] {
  const files = imports.map(([file, specifier], index) => {
    const name = path.join(path.dirname(file), `case-${index}-${path.basename(file).toLowerCase()}`);
    mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
    // The exact names of the rows that speak of one file are kept.
    const kept = file === 'main/hosts/electron.ts' ? file : name;
    writeFileSync(path.join(tree, kept), `import type { Thing } from '${specifier}';\nexport type Other = Thing;\n`);
    return kept;
  });
  const { stdout } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/oxlint/bin/oxlint'),
      '-c',
      path.join(tree, 'oxlint.config.ts'),
      '-f',
      'json',
      ...files,
    ],
    { cwd: tree, encoding: 'utf8' },
  );
  const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const found = report.diagnostics.filter(({ code }) => code.includes('no-restricted-imports'));
  return imports
    .filter((_, index) => found.some(({ filename }) => filename === files[index]))
    .map(([file, specifier]) => `${file} imports ${specifier}`);
}

writeFileSync(
  path.join(tree, 'oxlint.config.ts'),
  `export { default } from '${path.join(root, 'oxlint.config.ts')}';\n`,
);

test('every forbidden import is refused', () => {
  expect(refused(forbidden)).toEqual(forbidden.map(([file, specifier]) => `${file} imports ${specifier}`));
});

test('the one folder that owns a library may import it', () => {
  expect(refused(allowed)).toEqual([]);
});
