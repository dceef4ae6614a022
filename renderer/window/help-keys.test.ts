// Protects: the help's table of keys is that of the commands there are. `npx vitest run renderer/window/help-keys.test.ts -u`
// writes it anew.
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { commandGroups } from '../shared/command.ts';
import { allCommands } from './all-commands.ts';

/** `Mod` is Control, on macOS the command key. */
const spelt = (key: string): string => `\`${key.replace('Mod', 'Ctrl').replaceAll('|', '\\|')}\``;

test('the keys of every command', async () => {
  const sections = commandGroups.map((group) => {
    const rows = allCommands
      .filter((command) => command.group === group && command.keys.length > 0)
      .map(({ label, keys }) => `| ${label} | ${keys.map(spelt).join(', ')} |`);
    return [`## ${group}`, '', '| what | keys |', '| --- | --- |', ...rows].join('\n');
  });
  const text = `# Keys

The whole studio can be worked without a mouse. \`?\` shows this table with your own keys, and lets you choose them. On macOS the
command key stands for \`Ctrl\`. \`F6\` goes from one part of the window to the next. Classes beyond the ten digits get keys of
their own there, which hold in every project that has a class of that name. The keys can be saved as a file, for another machine
or a colleague. In the timeline the right mouse button, or \`Shift+F10\`, opens a menu of what can be done.

${sections.join('\n\n')}
`;
  await expect(await format(text, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot(
    '../../resources/help/keys.md',
  );
});
