import type { Place, PlacePurpose } from '#preload/contract/places.ts';
import { t } from '../../language/language.ts';

/** What a question of the file chooser accepts, and its words. */
export interface PurposeRules {
  readonly title: string;
  readonly hint: string;
  readonly choose: string;
  /** Kinds of entries that may be answered. */
  readonly accepts: readonly Place['kind'][];
  /** The folder that is being listed may itself be the answer. */
  readonly thisFolder: boolean;
  readonly several: boolean;
}

export const purposeRules: Record<PlacePurpose, PurposeRules> = {
  videos: {
    title: t('Add videos'),
    hint: t('Choose videos, or folders to add every video inside.'),
    choose: t('Add'),
    accepts: ['video', 'file', 'folder'],
    thisFolder: true,
    several: true,
  },
  project: {
    title: t('Open a project'),
    hint: t('A project is a folder whose name ends in .cuepoint.'),
    choose: t('Open'),
    accepts: ['project'],
    thisFolder: false,
    several: false,
  },
  model: {
    title: t('Add a checkpoint folder'),
    hint: t('The folder that holds config.json and model.safetensors.'),
    choose: t('Add'),
    accepts: ['model', 'folder'],
    thisFolder: true,
    several: false,
  },
  folder: {
    title: t('Choose a folder'),
    hint: '',
    choose: t('Choose this folder'),
    accepts: ['folder'],
    thisFolder: true,
    several: false,
  },
  annotations: {
    title: t('Choose annotations'),
    hint: t('Choose a file that another tool or an earlier export wrote.'),
    choose: t('Choose'),
    accepts: ['file'],
    thisFolder: false,
    several: false,
  },
  version: {
    title: t('Import a version'),
    hint: t('Choose the .safetensors or the .json file that another project exported.'),
    choose: t('Import'),
    accepts: ['file'],
    thisFolder: false,
    several: false,
  },
  table: {
    title: t('Add values of a sensor'),
    hint: t('Choose a table (CSV or TSV) with a row for each moment.'),
    choose: t('Choose'),
    accepts: ['file'],
    thisFolder: false,
    several: false,
  },
};

/** Whether opening an entry lists it: folders of all sorts, save those that are themselves the answer. */
export const opensToList = (place: Pick<Place, 'kind'>, rules: PurposeRules): boolean =>
  place.kind === 'folder' ||
  ((place.kind === 'project' || place.kind === 'model') && !rules.accepts.includes(place.kind));

/** The index of the next entry, after `from` and round, whose name starts with `typed`; -1 for none. Pure. */
export function findByName(entries: readonly Pick<Place, 'name'>[], typed: string, from: number): number {
  const start = typed.toLocaleLowerCase();
  for (let step = 0; step < entries.length; step += 1) {
    const index = (from + step) % entries.length;
    if (entries[index]!.name.toLocaleLowerCase().startsWith(start)) return index;
  }
  return -1;
}
