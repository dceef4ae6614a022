// Protects: what readers see of a report: tables that line up, plots that are XML, targets judged by the means, and
// one clear line for what cannot be reported on.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { novelSplit, pairsSplit, seenSplit } from './rendered-recognition.ts';
import { Measurements } from './measurements.ts';
import { pairedDifference, reportRow, type ReportRow } from './report-row.ts';
import { targetsOf } from './targets.ts';
import { markdownOf, writeReport } from './write-report.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'report-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const about = { task: 'recognition', split: novelSplit, metric: 'top-1' };
const rows: ReportRow[] = [
  reportRow({ ...about, split: seenSplit, shots: 0, method: 'zero-shot, mean of frames' }, [0.8, 0.9]),
  reportRow(
    { ...about, split: pairsSplit, metric: 'two-way accuracy', shots: 0, method: 'zero-shot, middle frame' },
    [0.5],
  ),
  reportRow(
    { ...about, split: pairsSplit, metric: 'two-way accuracy', shots: 0, method: 'zero-shot, temporal module' },
    [0.84],
  ),
  ...[0, 1, 8].flatMap((shots) => [
    reportRow({ ...about, shots, method: 'zero-shot' }, [0.5, 0.6], [0.5 + shots / 20, 0.6]),
    reportRow({ ...about, shots, method: 'studio' }, [0.5 + shots / 20, 0.6]),
    reportRow(
      { ...about, task: 'localisation', metric: 'average mAP@0.3:0.7', shots, method: 'zero-shot' },
      [0.2, 0.3],
    ),
    reportRow({ ...about, task: 'localisation', metric: 'average mAP@0.3:0.7', shots, method: 'studio' }, [
      0.2,
      0.3 - shots / 100,
    ]),
  ]),
  reportRow({ task: 'retrieval', split: 'text to clip', shots: 0, method: 'zero-shot', metric: 'MedR' }, [2, 3]),
];

describe('a report', () => {
  it('reads as Markdown', () => {
    expect(markdownOf({ about: ['A model.'], seeds: [1, 2], rows, targets: targetsOf(rows) })).toMatchInlineSnapshot(`
      "# Report

      A model.

      Cells are means ± standard deviations over the seeds 1, 2.

      ## Targets

      | target                                                               |                    measured | met |
      | -------------------------------------------------------------------- | --------------------------: | --: |
      | novel mAP, 0 shots: at least 69.0 %                                  |                      25.0 % |  no |
      | novel mAP, 1 shots: at least 77.0 %                                  |                      24.5 % |  no |
      | novel mAP, 8 shots: at least 89.0 %                                  |                      21.0 % |  no |
      | novel mAP does not fall with more shots by more than 1.0 points      | at worst -3.5 points (to 8) |  no |
      | novel top-1, 1 shots: at least 73.0 %                                |                      57.5 % |  no |
      | novel top-1, 8 shots: at least 89.0 %                                |                      75.0 % |  no |
      | the temporal module tells an action from its reverse at least 85.0 % |                      84.0 % |  no |

      ## Recognition: 40 seen actions

      | method                    |   top-1, % |
      | ------------------------- | ---------: |
      | zero-shot, mean of frames | 85.0 ± 5.0 |

      ## Recognition: an action or its reverse

      | method                     | two-way accuracy, % |
      | -------------------------- | ------------------: |
      | zero-shot, middle frame    |          50.0 ± 0.0 |
      | zero-shot, temporal module |          84.0 ± 0.0 |

      ## Recognition: 8 novel actions among themselves

      | top-1, %  |    0 shots |     1 shot |     8 shots |
      | --------- | ---------: | ---------: | ----------: |
      | zero-shot | 55.0 ± 5.0 | 55.0 ± 5.0 |  55.0 ± 5.0 |
      | studio    | 55.0 ± 5.0 | 57.5 ± 2.5 | 75.0 ± 15.0 |

      | points, paired            |           1 shots |              8 shots |
      | ------------------------- | ----------------: | -------------------: |
      | top-1: studio − zero-shot | 2.5 [-29.3, 34.3] | 20.0 [-234.1, 274.1] |

      ## Localisation: 8 novel actions among themselves

      | average mAP@0.3:0.7, % |    0 shots |     1 shot |    8 shots |
      | ---------------------- | ---------: | ---------: | ---------: |
      | zero-shot              | 25.0 ± 5.0 | 25.0 ± 5.0 | 25.0 ± 5.0 |
      | studio                 | 25.0 ± 5.0 | 24.5 ± 4.5 | 21.0 ± 1.0 |

      ## Retrieval: text to clip

      | method    |      MedR |
      | --------- | --------: |
      | zero-shot | 2.5 ± 0.5 |
      "
    `);
  });

  it('is written whole: JSON, Markdown and a plot for each task', async () => {
    const folder = path.join(scratch, 'new', 'out');
    const report = { about: ['A <model>.'], seeds: [1, 2], rows, targets: targetsOf(rows) };
    await writeReport(folder, report);
    expect((await readdir(folder)).toSorted()).toEqual([
      'localisation.svg',
      'recognition.svg',
      'report.json',
      'report.md',
      'retrieval.svg',
    ]);
    expect(JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8'))).toEqual(report);
    for (const task of ['localisation', 'recognition', 'retrieval']) {
      const plot = await readFile(path.join(folder, `${task}.svg`), 'utf8');
      expect(plot).not.toMatch(/NaN|Infinity|undefined/);
      expect(plot.match(/<g /g)?.length).toBe(plot.match(/<\/g>/g)?.length);
    }
  });

  it('pairs what the studio and others measure on the same films', () => {
    expect(pairedDifference([0.6, 0.7, 0.8], [0.5, 0.5, 0.5])).toEqual({ mean: 0.2, low: -0.0484, high: 0.4484 });
    const measurements = new Measurements();
    const one = { ...about, shots: 1 };
    for (const [method, values] of [
      ['zero-shot', [0.5, 0.6]],
      ['studio', [0.6, 0.8]],
      ['other', [0.1]],
    ] as const)
      for (const value of values) measurements.add({ ...one, method }, value);
    const [zeroShot, studio, other] = measurements.rows();
    expect(zeroShot!.studio!.mean).toBe(0.15);
    expect(studio).not.toHaveProperty('studio');
    expect(other).not.toHaveProperty('studio');
  });

  it('judges one method alone, however good another is', () => {
    const eight = { ...about, task: 'localisation', metric: 'average mAP@0.3:0.7', shots: 8 };
    const judged = (studio: number) =>
      targetsOf([
        reportRow({ ...eight, method: 'studio' }, [studio]),
        reportRow({ ...eight, method: 'efficient-prompt' }, [0.99]),
      ]).find(({ target }) => target.startsWith('novel mAP, 8 shots'))!;
    expect(judged(0.85)).toMatchObject({ measured: '85.0 %', met: false });
    expect(judged(0.9)).toMatchObject({ measured: '90.0 %', met: true });
  });

  it('judges nothing that was not measured', () => {
    expect(targetsOf([])).toEqual([]);
  });

  it.each([
    [['--seeds', '1,two'], /"two" is no whole number from 0/],
    [['--seeds', '99999999'], /seed is a whole number from 0 to 524287, not 99999999/],
    [['--shots', ''], /"" is no whole number/],
    [['--model', '/nowhere/at/all'], /^There is no model folder at \/nowhere\/at\/all\.\n$/],
    [['--only', 'dreamt'], /Allowed choices are names, retrieval, shots/],
  ])('refuses %j in one clear line', async (args, message) => {
    const command = path.resolve(import.meta.dirname, 'report.ts');
    await expect(promisify(execFile)(process.execPath, [command, ...args])).rejects.toMatchObject({
      stderr: expect.stringMatching(message),
    });
  });
});
