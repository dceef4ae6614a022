// Protects: the help lists the formats and the commands that there are, each format with an example that its own codec
// wrote. `npx vitest run main/launch/help-lists.test.ts -u` writes them anew.
import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { format as prettily } from 'prettier';
import { expect, test } from 'vitest';
import type { CliCommand, CliGroup } from '#main/hosts/cli/cli-command.ts';
import { commandTable } from '#main/hosts/cli/command-table.ts';
import type { AnnotationSet } from '#main/transfer/annotation-set.ts';
import type { Format } from '#main/transfer/format.ts';
import { formats } from '#main/transfer/formats.ts';
import { exportOptions } from '#preload/contract/work.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const helpFile = (name: string): string => path.join(root, 'resources/help', name);
const markdown = (text: string): Promise<string> => prettily(text, { parser: 'markdown', printWidth: 120 });

const sourceOf = (score: number | null): Segment['source'] =>
  score === null ? { kind: 'human' } : { kind: 'model', model: 'clip', version: 'zero-shot' };

/** Two segments of a film of ten seconds. */
const frameUs = 40_000;
const film = FrameTable.fromArray(Float64Array.from({ length: 251 }, (_, index) => index * frameUs));
const classes: ActionClass[] = ['high jump', 'long jump'].map((name, index) => ({
  id: index + 1,
  name,
  prompt: name,
  colour: '#e69f00',
  digitKey: index + 1,
  position: index,
  removed: false,
}));
const example: AnnotationSet = {
  videos: [
    {
      id: 1,
      name: 'meeting.mp4',
      path: '/videos/meeting.mp4',
      checksum: '5'.repeat(64),
      facts: filmFacts(250, { averageFps: 25, lastFrameUs: 249 * frameUs, endUs: 250 * frameUs }),
      split: 'train',
      frames: () => film,
    },
  ],
  classes,
  segments: [
    { classId: 1, startUs: 1_200_000, endUs: 3_000_000, state: 'accepted', score: null },
    { classId: 2, startUs: 5_000_000, endUs: 7_400_000, state: 'proposed', score: 0.87 },
  ].map(({ classId, startUs, endUs, state, score }, index) => ({
    id: index + 1,
    videoId: 1,
    classId,
    startUs,
    endUs,
    state: state as 'accepted' | 'proposed',
    score,
    source: sourceOf(score),
    touched: score === null,
    ranking: [],
    note: '',
  })),
  attributes: [],
  reviews: [],
  version: '0.1.0',
  samplingFps: 4,
  model: 'clip-vit-base-patch16',
  options: exportOptions.parse({}),
};

/** For formats of labels that whole videos have. */
const ofWholeVideos: AnnotationSet = {
  ...example,
  segments: [{ ...example.segments[0]!, startUs: 0, endUs: 250 * frameUs }],
};

const longest = 24;

const block = (title: string, lines: readonly string[]): string => {
  const shown = lines.slice(0, longest).map((line) => (line.length > 160 ? `${line.slice(0, 160)}…` : line));
  return [title, '', '````text', ...shown, ...(lines.length > longest ? ['…'] : []), '````'].join('\n');
};

/** Lines that repeat are told by their number. */
function withoutRepeats(lines: readonly string[]): string[] {
  const shown: string[] = [];
  for (let from = 0; from < lines.length;) {
    const other = lines.findIndex((line, index) => index > from && line !== lines[from]);
    const to = other < 0 ? lines.length : other;
    shown.push(
      lines[from]!,
      ...(to - from > 2 ? [`… ${to - from} lines of ${lines[from]!}`] : lines.slice(from + 1, to)),
    );
    from = to;
  }
  return shown;
}

/** An observation as BORIS exports it; we do not write such tables. */
const boris = `Observation id	Observation date	Media file	Total length	FPS	Subject	Behavior	Behavioral category	Comment	Status	Time
meeting	2026-01-01	meeting.mp4	10.0	25.0	No focal subject	high jump			START	1.2
meeting	2026-01-01	meeting.mp4	10.0	25.0	No focal subject	high jump			STOP	3.0
meeting	2026-01-01	meeting.mp4	10.0	25.0	No focal subject	long jump			START	5.0
meeting	2026-01-01	meeting.mp4	10.0	25.0	No focal subject	long jump			STOP	7.4`;

/** The beginning of what a format writes of the example, with its file's name; of films and arrays, what lies where. */
function exampleOf(format: Format): string {
  if (format.id === 'boris-tabular') {
    expect(format.read!(boris, 'observations.tsv').segments).toHaveLength(2);
    return block('`observations.tsv`:', boris.split('\n'));
  }
  if (format.media) {
    const { pieces, texts } = format.media.plan(example).plan;
    const lists = texts.flatMap(({ name, text }) =>
      name.endsWith('.json') ? [name] : [`${name}: ${text.split('\n')[0]!}`],
    );
    return block('The folder:', [...pieces.map(({ path: at }) => at), ...lists]);
  }
  const filesOf = (set: AnnotationSet): readonly { readonly name: string; readonly text: string }[] => {
    const written = format.write!(set);
    return 'files' in written ? written.files : [{ name: `labels.${format.extensions[0]!}`, text: written.text }];
  };
  const [file] = [example, ofWholeVideos].flatMap(filesOf).filter(({ text }) => text.trim() !== '');
  return block(`\`${file!.name}\`:`, withoutRepeats(file!.text.trimEnd().split('\n')));
}

function sectionOf(format: Format): string {
  const ways = [format.read && 'read', (format.write ?? format.media) && 'written'].filter(Boolean).join(' and ');
  const keeps = format.keeps.length > 0 ? `It keeps: ${format.keeps.join(', ')}.` : '';
  return [
    `## ${format.name}`,
    `\`${format.id}\`, ${ways}, ${format.extensions.map((each) => `.${each}`).join(', ')}. ${format.description} ${keeps}`,
    exampleOf(format),
  ].join('\n\n');
}

test('every format, with an example', async () => {
  const text = `# Formats

Each can be chosen in _Import annotations…_ and _Export annotations…_, and by \`--format\` on the command line. An import finds
out by itself what a file or a folder is, and can be looked at first, row by row: \`--dry-run\`. A table that no format fits is
read by its columns: \`--columns\`.

The examples are two segments of one video, \`high jump\` accepted and \`long jump\` proposed, as far as each format holds them.

\`\`\`sh
cuepoint export jumps.cuepoint --format csv --out jumps.csv
cuepoint import jumps.cuepoint jumps.csv --dry-run
\`\`\`

${formats.map(sectionOf).join('\n\n')}
`;
  await expect(await markdown(text)).toMatchFileSnapshot(helpFile('formats.md'));
});

test('every command', async () => {
  const rows = (list: readonly (CliCommand | CliGroup)[], before: string): string[] =>
    list.flatMap((one) => {
      if ('commands' in one) return rows(one.commands, `${before}${one.name} `);
      const command = new Command(one.name);
      one.declare(command, () => Promise.resolve());
      const usage = command.usage().replace('[options] ', '').replace('[options]', '');
      const cell = (words: string): string => words.replaceAll('|', '\\|');
      const description = cell(command.description()).replaceAll('<', '\\<');
      return [`| \`${cell(`${before}${one.name} ${usage}`.trim())}\` | ${description} |`];
    });
  const text = `# The command line

An installed package brings the command \`cuepoint\`. Alone it opens the window; with a command behind it, it runs that without one.
deb and rpm put it on the PATH. An AppImage is the command itself: rename it to \`cuepoint\` and put it into a folder of the
PATH. The installer for Windows asks; there the command goes through PowerShell, which
hands on what it prints and its exit code, and needs to be allowed to run scripts. On macOS the program is
\`/Applications/Cuepoint.app/Contents/MacOS/Cuepoint\`; link it as \`cuepoint\`. In a clone of the source it is
\`npm run -s cuepoint --\`.

\`\`\`sh
cuepoint --version
cuepoint --help
\`\`\`

| command | what it does |
| --- | --- |
${rows(commandTable, '').join('\n')}

Behind each, \`--help\` lists its options, and \`--json\` prints one JSON document. [Scripting](scripting.md) says how to use that.
`;
  await expect(await markdown(text)).toMatchFileSnapshot(helpFile('command-line.md'));
});
