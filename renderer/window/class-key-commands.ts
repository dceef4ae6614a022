import { useEffect } from 'react';
import { t } from '../language/language.ts';
import { knownClasses, useClasses } from '../backend/project-queries.ts';
import { giveClass } from '../panels/classes/class-commands.ts';
import { isPaintingTime, paintWhileHeld } from '../panels/timeline/paint-segments.ts';
import { classKeyId } from '../shared/class-keys.ts';
import type { Command } from '../shared/command.ts';
import { registerCommands } from '../shared/commands.ts';

/** What a digit does for its class, on a key that the person chooses: for more classes than there are digits. */
const classKey = (name: string): Command => ({
  id: classKeyId(name),
  label: t('Give “{{name}}”', { name }),
  group: 'Classes',
  keys: [],
  hidden: true,
  run: async ({ studio, keyCode }) => {
    const target = knownClasses().find((each) => each.name === name);
    if (!target) return;
    if (keyCode !== null && isPaintingTime(studio, target)) paintWhileHeld(studio.selectedVideoId!, target, keyCode);
    else await giveClass(target.id, studio);
  },
});

/** Lets every class of the project have a key of its own while its studio stands. */
export function useClassKeys(): void {
  const { data: classes } = useClasses();
  // By their names alone: counts change with every decision.
  const names = JSON.stringify(classes?.map(({ name }) => name) ?? []);
  useEffect(() => registerCommands((JSON.parse(names) as string[]).map(classKey)), [names]);
}
