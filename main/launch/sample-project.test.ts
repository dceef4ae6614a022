// Protects: a first start opens films with annotations and with proposals by the model that comes along, offline.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { programFolder } from '../hosts/program-files.ts';
import { ensureSampleProject } from './sample-project.ts';

const home = mkdtempSync(path.join(tmpdir(), 'sample-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Info {
  readonly model: string;
  readonly videos: readonly { readonly accepted: number; readonly proposed: number }[];
}

it('makes a project with labelled films and proposals in the others, once', async () => {
  const project = await ensureSampleProject(home);
  const cli = path.join(programFolder, 'main/hosts/cli.ts');
  const { model, videos } = JSON.parse(
    execFileSync(process.execPath, [cli, 'info', project, '--json'], { encoding: 'utf8' }),
  ) as Info;
  expect(model).toBe('starter-model');
  expect(videos).toHaveLength(7);
  expect(videos.filter(({ accepted }) => accepted > 0)).toHaveLength(2);
  for (const { accepted, proposed } of videos.slice(2)) {
    expect(accepted).toBe(0);
    expect(proposed).toBeGreaterThan(0);
  }
  const films = globSync(path.join(path.dirname(project), '*', '*.mp4'));
  expect(films.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(8e6);

  const made = statSync(project).ctimeMs;
  expect(await ensureSampleProject(home)).toBe(project);
  expect(statSync(project).ctimeMs).toBe(made);
});
