/** A file name for an export: the project's name without what file systems refuse, with the format's ending. Pure. */
export function exportFileName(projectName: string, extension: string): string {
  const stem = [...projectName.replace(/\.cuepoint$/i, '')]
    .filter((letter) => letter >= ' ')
    .join('')
    .replace(/[\\/:*?"<>|]+/g, '-')
    .trim();
  return `${stem === '' ? 'annotations' : stem}.${extension.replace(/^\./, '')}`;
}
