import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { useClasses } from '../../backend/project-queries.ts';
import { ChoiceTable } from './ChoiceTable.tsx';

const meetings: Record<ImportPreview['classes'][number]['by'], string> = {
  name: t('same name'),
  spelling: t('same but for spelling'),
  prompt: t('its prompt'),
  choice: t('your choice'),
  new: 'new',
  ignored: t('left out'),
  unnamed: t('no usable name'),
};

/** What becomes of each class of a file: a class of the project, a new one, or nothing. */
export function ClassChoices(props: {
  readonly preview: ImportPreview;
  readonly choices: ImportChoices;
  readonly onChange: (choices: ImportChoices) => void;
}) {
  const { preview, choices, onChange } = props;
  const { data: classes = [] } = useClasses();
  const choose = (name: string, value: string): void => {
    const to = value === 'new' || value === 'ignore' ? value : Number(value);
    onChange({ ...choices, classes: [...choices.classes.filter((one) => one.name !== name), { name, to }] });
  };
  return (
    <ChoiceTable
      title={t('Classes')}
      choiceLabel="becomes"
      rows={preview.classes.map(({ name, segments, by, classId }) => ({
        name,
        detail: `${counted(segments, 'segment')} · ${meetings[by]}`,
        value: classId !== null ? String(classId) : by === 'ignored' || by === 'unnamed' ? 'ignore' : 'new',
      }))}
      options={[
        { value: 'new', label: t('a new class') },
        { value: 'ignore', label: t('left out') },
        ...classes.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChoose={choose}
    />
  );
}
