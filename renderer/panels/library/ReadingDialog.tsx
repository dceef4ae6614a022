import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Video } from '#preload/domain/video.ts';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import type { ShownFacts } from '#preload/domain/shown-facts.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { FormDialog } from '../../shared/FormDialog.tsx';
import { notify } from '../../shared/notices.ts';
import { readingWords } from '../../shared/reading-words.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';
import { FieldsChoice, RateField, typedRate } from './ReadingFields.tsx';
import { said } from '../../language/said.ts';

/** How the file of the selected video is read: which film in it, which pictures of a film in fields, at which rate. */
export function ReadingDialog({ onClose }: { readonly onClose: () => void }) {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const { data: videos } = useVideos();
  const video = videos?.find(({ id }) => id === videoId);
  return video ? <ReadingForm key={video.id} video={video} onClose={onClose} /> : null;
}

function ReadingForm({ video, onClose }: { readonly video: Video; readonly onClose: () => void }) {
  const { facts } = video;
  const [choice, setChoice] = useState<ReadingChoice>(facts.reading ?? {});
  const [rate, setRate] = useState(facts.reading?.fps === undefined ? '' : String(facts.reading.fps));
  const fps = typedRate(rate);
  const isRate = fps !== null;
  const read = useMutation({
    mutationFn: async () => {
      await backend.videos.readAgain({
        videoId: video.id,
        reading: { ...choice, ...(facts.times === 'counted' ? { fps: fps ?? undefined } : {}) },
      });
      notify(t('{{name}} is being read again.', { name: video.name }), 'info');
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('How it is read')}
      maxWidth="xs"
      verb={t('Read again')}
      isVerbInFocus
      isReady={isRate && !video.missing}
      isBusy={read.isPending}
      error={read.error}
      onSubmit={() => read.mutate()}
      onClose={onClose}
    >
      <Box>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {video.name}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {readingWords(facts)}
        </Typography>
        {facts.warnings?.map(said).map((warning) => (
          <Typography key={warning} variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
            {warning}
          </Typography>
        ))}
      </Box>
      <StreamChoice facts={facts} choice={choice} onChoose={setChoice} />
      {facts.interlaced === true && (
        <FieldsChoice
          separate={choice.separateFields === true}
          onChoose={(separate) => setChoice({ ...choice, separateFields: separate || undefined })}
        />
      )}
      {facts.times === 'counted' && (
        <RateField
          text={rate}
          onType={setRate}
          placeholder={String(Number(facts.averageFps.toFixed(3)))}
          hint={t('The file stores no times. Left empty, what it says of its rate holds.')}
        />
      )}
      <Typography variant="body2" color="text.secondary">
        {t(
          'Labels stay at their times, on the nearest frames. Features and proposals are made anew. Undo brings back what is there now.',
        )}
      </Typography>
    </FormDialog>
  );
}

/** The films that a file holds; the one that a player shows is no choice but the rule, so it is stored as none. */
function StreamChoice(props: {
  readonly facts: ShownFacts;
  readonly choice: ReadingChoice;
  readonly onChoose: (choice: ReadingChoice) => void;
}) {
  const { streams = [], stream } = props.facts;
  if (streams.length < 2) return null;
  return (
    <RadioChoice
      label={t('Film in the file')}
      value={String(props.choice.stream ?? stream)}
      options={Object.fromEntries(
        streams.map(({ index, codec, width, height }, at) => [
          index,
          t('Stream {{at}}: {{width}}×{{height}}, {{codec}}', { at: at + 1, width, height, codec }),
        ]),
      )}
      onChoose={(index) => props.onChoose({ ...props.choice, stream: Number(index) })}
      hint={t('As several cameras, or heat beside colour, in one file.')}
    />
  );
}
