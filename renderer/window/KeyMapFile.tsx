import FileOpenOutlined from '@mui/icons-material/FileOpenOutlined';
import SaveAltOutlined from '@mui/icons-material/SaveAltOutlined';
import { t } from '../language/language.ts';
import { counted } from '../language/counted.ts';
import { useCommandDefaults } from '../shared/commands.ts';
import { keyMapText, readKeyMap } from '../shared/key-map-file.ts';
import { attempt, notify } from '../shared/notices.ts';
import { useOwnKeys } from '../shared/own-keys.ts';
import { useFilePicker } from '../ui/file-picker.tsx';
import { IconAction } from '../ui/IconAction.tsx';

const fileName = 'cuepoint-keys.json';

/** The person's keys go to another machine, or to a colleague, as a file. */
export function KeyMapFile() {
  const commands = useCommandDefaults();
  const take = async (file: File): Promise<void> => {
    const read = readKeyMap(await file.text(), commands);
    if (read === null) {
      notify(t('{{name}} holds no keys of Cuepoint. Choose a file that was saved here.', { name: file.name }), 'error');
      return;
    }
    const before = useOwnKeys.getState();
    useOwnKeys.setState({ own: read.own });
    const left = read.unknown.length;
    notify(
      left === 0
        ? t('The keys of {{name}} hold now.', { name: file.name })
        : t('The keys of {{name}} hold now, but for {{commands}} that this version does not have.', {
            name: file.name,
            commands: counted(left, 'command'),
          }),
      left === 0 ? 'success' : 'warning',
      { label: t('Undo'), run: () => useOwnKeys.setState(before) },
    );
  };
  const picker = useFilePicker({
    label: t('File of keys'),
    accept: '.json',
    onChoose: (file) => attempt(take(file)),
  });
  return (
    <>
      <IconAction label={t('Save the keys as a file')} onClick={() => save(keyMapText(useOwnKeys.getState().own))}>
        <SaveAltOutlined fontSize="small" />
      </IconAction>
      <IconAction label={t('Take keys from a file…')} onClick={picker.choose}>
        <FileOpenOutlined fontSize="small" />
      </IconAction>
      {picker.field}
    </>
  );
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
