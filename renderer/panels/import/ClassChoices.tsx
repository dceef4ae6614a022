import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import { counted } from '#preload/domain/counted.ts';
import { useClasses } from '../../backend/project-queries.ts';
import { ChoiceTable } from './ChoiceTable.tsx';

const meetings: Record<ImportPreview['classes'][number]['by'], string> = {
  name: 'same name',
  spelling: 'same but for spelling',
  prompt: 'its prompt',
  choice: 'your choice',
  new: 'new',
  ignored: 'left out',
  unnamed: 'no usable name',
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
      title="Classes"
      choiceLabel="becomes"
      rows={preview.classes.map(({ name, segments, by, classId }) => ({
        name,
        detail: `${counted(segments, 'segment')} · ${meetings[by]}`,
        value: classId !== null ? String(classId) : by === 'ignored' || by === 'unnamed' ? 'ignore' : 'new',
      }))}
      options={[
        { value: 'new', label: 'a new class' },
        { value: 'ignore', label: 'left out' },
        ...classes.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChoose={choose}
    />
  );
}
