import path from 'node:path';
import { isRight, type FileVerdict } from './check-file.ts';

/** The verdicts as a Markdown page: what was checked and how, a summary, a row for every file, and what was said of them. */
export function conformancePage(
  folder: string,
  verdicts: readonly FileVerdict[],
  reader: string,
  player: string,
): string {
  const wrong = verdicts.filter((verdict) => !isRight(verdict));
  const sum = (of: (verdict: FileVerdict) => number): number => verdicts.reduce((total, one) => total + of(one), 0);
  const name = (verdict: FileVerdict): string => path.relative(folder, verdict.file).replaceAll('|', '\\|');
  return [
    '# Conformance: every picture in its place',
    '',
    `Made by \`npm run conformance\`. Each file was decoded from start to end by an independent reader (${reader}) and held`,
    'against the frame table and the pictures by index; then 200 accesses at random, up to 400 backwards, and at the first,',
    'middle and last microsecond of frames against reading in order, byte for byte; and against a player',
    `(${player}) where it plays the file itself.`,
    '',
    `${verdicts.length} files, ${sum((v) => v.frames)} pictures, ${sum((v) => v.accesses)} accesses: ` +
      `${sum((v) => v.wrongPictures)} wrong pictures, ${sum((v) => v.wrongAccesses)} wrong accesses, ` +
      `${verdicts.filter((v) => v.isSilent).length} files with silent losses, ` +
      `${verdicts.filter((v) => v.refusal !== null).length} refused. ` +
      (wrong.length === 0 ? 'Everything is right.' : `Not right: ${wrong.map(name).join(', ')}.`),
    '',
    '| file | container | codec | pixels | frames | reference | wrong | lost | surplus | times off (s) | wrong accesses | player differs | right |',
    '| --- | --- | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |',
    ...verdicts.map((v) =>
      [
        '',
        name(v),
        v.container.split(',')[0]!,
        v.codec,
        v.pixelFormat,
        v.refusal === null ? v.frames : 'refused',
        v.referenceFrames ?? '–',
        v.wrongPictures,
        v.lost,
        v.surplus,
        v.timeOffS === null ? '–' : v.timeOffS.toFixed(4),
        `${v.wrongAccesses} of ${v.accesses}`,
        v.playerDiffers ?? '–',
        isRight(v) ? 'yes' : '**no**',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
    '## What was said of them',
    '',
    ...verdicts.flatMap((v) =>
      [...(v.refusal === null ? v.warnings : [v.refusal])].map((word) => `- ${name(v)}: ${plain(word, v)}`),
    ),
    '',
  ].join('\n');
}

const plain = (word: string, { file }: FileVerdict): string => word.replaceAll(file, path.basename(file));
