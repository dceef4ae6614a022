import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { attempt, notify, notifyFailure } from '../../shared/notices.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ModelRow } from './ModelRow.tsx';

/** The checkpoint folders that were added, and which of them this project uses. */
export function ModelSettings({ hasProject }: { readonly hasProject: boolean }) {
  const models = useQuery(api.models.list.queryOptions());
  const project = useQuery({ ...api.projects.info.queryOptions(), enabled: hasProject });
  const chosen = project.data?.settings.model ?? null;
  const add = useMutation({
    mutationFn: async () => {
      const [place] = await choosePlaces('model');
      if (place === undefined) return;
      const model = await backend.models.add({ place });
      // The first model that works is the one to use.
      if (hasProject && chosen === null && model.problem === null && model.capabilities.embedsFrames)
        await backend.projects.changeSettings({ model: model.name });
      notify(`${model.name} was added.`, 'success');
    },
  });
  const addButton = (
    <Button
      variant={models.data?.length === 0 ? 'contained' : 'outlined'}
      loading={add.isPending}
      onClick={() => add.mutate()}
    >
      Add a checkpoint folder…
    </Button>
  );
  if (models.isError) return <FailureNote error={models.error} onRetry={() => void models.refetch()} />;
  if (!models.data) return <RowsSkeleton rows={3} height={64} label="Loading the models" />;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minHeight: '100%' }}>
      {add.isError && (
        <Alert severity="error" onClose={() => add.reset()}>
          {failureOf(add.error).message}
        </Alert>
      )}
      {models.data.length === 0 ? (
        <EmptyState icon={<MemoryOutlined />} title="No model yet: add a checkpoint folder" action={addButton}>
          A folder in Hugging Face layout, as downloaded: <code>config.json</code>, <code>model.safetensors</code>, the
          tokenizer files (<code>tokenizer.json</code>, or <code>vocab.json</code> and <code>merges.txt</code>) and{' '}
          <code>preprocessor_config.json</code>. Or ready-made <code>vision_model.onnx</code> and{' '}
          <code>text_model.onnx</code>. CLIP of any size works, and X-CLIP as a scorer beside it. The files stay where
          they are.
        </EmptyState>
      ) : (
        <>
          {hasProject && (
            <Typography variant="body2" color="textSecondary">
              The model of this project. Another model computes its own features; nothing that a person made changes.
            </Typography>
          )}
          <RadioGroup
            aria-label="Model of the project"
            value={chosen ?? ''}
            onChange={(_, model) => attempt(backend.projects.changeSettings({ model }))}
          >
            {models.data.map((model) => (
              <ModelRow
                key={model.name}
                model={model}
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
          <div>{addButton}</div>
        </>
      )}
    </Box>
  );
}
