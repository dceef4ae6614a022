import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { projectSettings } from '#preload/domain/settings.ts';
import { t } from '../../language/language.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { addModel } from '../../shared/add-model.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { runCommand } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify, notifyFailure } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ModelLibrary } from './ModelLibrary.tsx';
import { ModelRow } from './ModelRow.tsx';
import { SwitchModelDialog } from './SwitchModelDialog.tsx';
import { isWorthAsking } from './switch-words.ts';

/** The models of this machine, which of them this project uses, and the library from which others come. */
export function ModelSettings({ hasProject }: { readonly hasProject: boolean }) {
  const models = useQuery(api.models.list.queryOptions());
  const project = useQuery({ ...api.projects.info.queryOptions(), enabled: hasProject });
  const { samplingFps, model: chosen } = project.data?.settings ?? projectSettings.parse({});
  const add = useMutation({
    mutationFn: async () => {
      const [place] = await choosePlaces('model');
      if (place !== undefined) await addModel(place);
    },
  });
  // What a choice means is asked before it is made.
  const weigh = useMutation({
    mutationFn: async (model: string) => {
      const meaning = await backend.projects.modelSwitch({ model });
      if (isWorthAsking(meaning)) return { model, meaning };
      await choose(model);
      return null;
    },
    onError: notifyFailure,
  });
  if (models.isError) return <FailureNote error={models.error} onRetry={() => void models.refetch()} />;
  if (!models.data) return <RowsSkeleton rows={3} height={64} label={t('Loading the models')} />;
  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      <Box component="section" aria-labelledby="own-models-title">
        <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, mb: 1 }}>
          <Box sx={{ flex: 1 }}>
            <Typography id="own-models-title" variant="h3" component="h3">
              {t('On this machine')}
            </Typography>
            <Typography variant="caption" component="p" color="textSecondary">
              {models.data.length === 0
                ? t(
                    'No model yet. Download one below, or add a folder that you have: a checkpoint in Hugging Face or open_clip layout, or ONNX encoders. Its files stay where they are.',
                  )
                : hasProject
                  ? t(
                      'The one that is marked is this project’s. Another computes its own features; nothing that a person made changes.',
                    )
                  : t('Each project chooses one of these.')}
            </Typography>
          </Box>
          <Button
            variant="outlined"
            loading={add.isPending}
            onClick={() => add.mutate()}
            sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}
          >
            {t('Add a checkpoint folder…')}
          </Button>
        </Box>
        {add.isError && (
          <Alert severity="error" onClose={() => add.reset()}>
            {failureOf(add.error).message}
          </Alert>
        )}
        <RadioGroup
          aria-label={t('Model of the project')}
          value={chosen ?? ''}
          onChange={(_, model) => weigh.mutate(model)}
        >
          {models.data.map((model) => (
            <ModelRow
              key={model.name}
              model={model}
              samplingFps={samplingFps}
              choice={
                hasProject &&
                model.capabilities.embedsFrames && (
                  <Radio
                    size="small"
                    value={model.name}
                    disabled={model.problem !== null}
                    slotProps={{ input: { 'aria-label': model.name } }}
                  />
                )
              }
              onRemove={() => void backend.models.remove({ name: model.name }).catch(notifyFailure)}
            />
          ))}
        </RadioGroup>
      </Box>
      <ModelLibrary samplingFps={samplingFps} />
      {weigh.data && (
        <SwitchModelDialog
          {...weigh.data}
          onSwitch={() => void choose(weigh.data!.model).catch(notifyFailure)}
          onClose={() => weigh.reset()}
        />
      )}
    </Box>
  );
}

/** Makes a model the project's and offers to propose with it. */
async function choose(model: string): Promise<void> {
  await backend.projects.changeSettings({ model });
  const propose = { label: t('Propose segments'), run: () => runCommand('analysis.propose') };
  notify(t('{{model}} is this project’s model now.', { model }), 'success', propose);
}
