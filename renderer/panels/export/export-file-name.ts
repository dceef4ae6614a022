/** A file name for an export: the project's name without what file systems refuse, with the format's ending; a folder has none. Pure. */
export function exportFileName(projectName: string, extension: string | null): string {
  const stem = [...projectName.replace(/\.cuepoint$/i, '')]
    .filter((letter) => letter >= ' ')
    .join('')
    .replace(/[\\/:*?"<>|]+/g, '-')
    .trim();
  const name = stem === '' ? 'annotations' : stem;
  return extension === null ? name : `${name}.${extension.replace(/^\./, '')}`;
}
