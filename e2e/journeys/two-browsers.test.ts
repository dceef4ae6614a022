// Two people in two browsers, hurrying over one served project at the same time: both end in the same state, nothing is lost.
// `TEAM_EDITS=2000` makes that many edits in each; otherwise enough to meet conflicts, in a minute at most.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { ensureBuilt } from '../doubles/built-program.ts';
import { twoBrowsers } from '../team/two-browsers.ts';

const asked = process.env['TEAM_EDITS'];
const edits = Number(asked ?? 120);
const seed = Number(process.env['TEAM_SEED'] ?? 1);

describe.runIf(hasChromium)('two browsers on one project', () => {
  test(`${edits} random edits in each, interleaved`, { timeout: 3_000_000 }, async () => {
    ensureBuilt();
    const report = await twoBrowsers(edits, seed);
    if (asked !== undefined) process.stdout.write(`${JSON.stringify(report)}\n`);
    // They did meet: otherwise it shows nothing.
    expect(report.conflicts).toBeGreaterThan(0);
    expect(report.wordsKept).toBeGreaterThan(0);
  });
});
