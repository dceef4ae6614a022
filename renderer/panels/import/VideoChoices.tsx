import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { ChoiceTable } from './ChoiceTable.tsx';

const meetings: Record<ImportPreview['videos']['rows'][number]['by'], string> = {
  checksum: t('same content'),
  name: t('same name'),
  choice: t('your choice'),
  none: t('not in the project'),
  several: t('several could be meant'),
};

/** Which video of the project each of a file is; those that were not found stand first. */
export function VideoChoices(props: {
  readonly preview: ImportPreview;
  readonly choices: ImportChoices;
  readonly onChange: (choices: ImportChoices) => void;
}) {
  const { preview, choices, onChange } = props;
  const { data: videos = [] } = useVideos();
  const choose = (name: string, value: string): void => {
    const videoId = value === 'none' ? null : Number(value);
    onChange({ ...choices, videos: [...choices.videos.filter((one) => one.name !== name), { name, videoId }] });
  };
  return (
    <ChoiceTable
      title={t('Videos')}
      choiceLabel="is"
      rows={preview.videos.rows.map(({ name, segments, by, videoId, split }) => ({
        name,
        detail: [counted(segments, 'segment'), meetings[by], split].filter((word) => word !== null).join(' · '),
        value: videoId === null ? 'none' : String(videoId),
      }))}
      options={[
        { value: 'none', label: t('left out') },
        ...videos.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChoose={choose}
    />
  );
}
