import ArrowUpward from '@mui/icons-material/ArrowUpward';
import CreateNewFolderOutlined from '@mui/icons-material/CreateNewFolderOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import InputBase from '@mui/material/InputBase';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Place } from '#preload/contract/places.ts';
import { t } from '../../language/language.ts';
import type { PlaceQuestion } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { NewFolderField } from './NewFolderField.tsx';
import { opensToList, purposeRules } from './place-purposes.ts';
import { PlaceList } from './PlaceList.tsx';

// The next question starts where the last one ended, as file dialogs do.
let lastFolder: string | null = null;

/** The studio's own file chooser, over the machine that the backend runs on: for a browser, which has no dialog for that. */
export function PlacesDialog({ question }: { readonly question: PlaceQuestion }) {
  const rules = purposeRules[question.purpose];
  const [folder, setFolder] = useState(lastFolder);
  const [selected, setSelected] = useState<readonly Place[]>([]);
  const [naming, setNaming] = useState(false);
  const listing = useQuery({
    ...api.places.list.queryOptions({ input: { token: folder, purpose: question.purpose } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const [typedPath, setTypedPath] = useState('');
  const shownPath = listing.data?.path;
  // Only another folder changes the text: the same one read again must not take away what is being typed.
  useEffect(() => {
    if (shownPath !== undefined) setTypedPath(shownPath);
  }, [shownPath]);

  const goTo = (token: string): void => {
    lastFolder = token;
    setFolder(token);
    setSelected([]);
    setNaming(false);
    resolve.reset();
  };
  const open = (place: Place): void => {
    if (opensToList(place, rules)) goTo(place.token);
    else if (rules.accepts.includes(place.kind)) question.answer([place.token]);
  };
  const resolve = useMutation({
    mutationFn: (path: string) => backend.places.resolve({ path }),
    onSuccess: open,
  });
  const answerable = selected.filter((place) => rules.accepts.includes(place.kind));
  // The folder before stays in sight while the next is read; it is not what was asked for any more.
  const onTheWay = listing.isPlaceholderData || resolve.isPending;
  const typing = shownPath !== undefined && typedPath.trim() !== shownPath;
  const thisFolder =
    answerable.length === 0 && rules.thisFolder && !onTheWay && !typing ? listing.data?.token : undefined;
  const answer = (): void =>
    question.answer(thisFolder === undefined ? answerable.map((place) => place.token) : [thisFolder]);

  return (
    <Dialog
      open
      onClose={() => question.answer([])}
      fullWidth
      maxWidth="sm"
      aria-labelledby="places-title"
      slotProps={{ paper: { sx: { height: 560, maxHeight: '88vh' } } }}
    >
      <DialogTitle id="places-title" sx={{ pb: 0.5 }}>
        {rules.title}
      </DialogTitle>
      <Box sx={{ px: 3, pb: 1, fontSize: 12.5, color: 'text.secondary' }}>{rules.hint}</Box>
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typedPath.trim() !== '') resolve.mutate(typedPath.trim());
        }}
        sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2, pb: 1 }}
      >
        <IconAction
          label={t('Up one folder')}
          keys={['Backspace']}
          disabled={listing.data?.parent == null}
          onClick={() => listing.data?.parent && goTo(listing.data.parent)}
        >
          <ArrowUpward fontSize="small" />
        </IconAction>
        <InputBase
          value={typedPath}
          onChange={(event) => setTypedPath(event.target.value)}
          slotProps={{ input: { 'aria-label': t('Path: type or paste one, then Enter'), spellCheck: false } }}
          sx={{ flex: 1, fontSize: 13, height: 34, px: 1.25, border: 1, borderColor: 'divider', borderRadius: 1 }}
        />
        <IconAction label={t('New folder')} disabled={listing.data?.writable !== true} onClick={() => setNaming(true)}>
          <CreateNewFolderOutlined fontSize="small" />
        </IconAction>
      </Box>
      {resolve.isError && (
        <Alert severity="error" sx={{ mx: 2, mb: 1 }}>
          {failureOf(resolve.error).message}
        </Alert>
      )}
      {naming && listing.data && (
        <NewFolderField
          inside={listing.data.token}
          onMade={(place) => goTo(place.token)}
          onCancel={() => setNaming(false)}
        />
      )}
      <Box
        // The folder that is about to be left takes no choice, which would be lost with it.
        inert={resolve.isPending}
        sx={{ flex: 1, minHeight: 0, display: 'flex', borderBlock: 1, borderColor: 'divider' }}
      >
        {listing.isError ? (
          <FailureNote
            error={listing.error}
            onRetry={() => (folder === null ? void listing.refetch() : setFolder(null))}
          />
        ) : !listing.data ? (
          <Box sx={{ flex: 1 }}>
            <RowsSkeleton rows={8} height={34} label={t('Reading the folder')} />
          </Box>
        ) : listing.data.entries.length === 0 ? (
          <EmptyState icon={<CreateNewFolderOutlined />} title={t('Nothing to choose in this folder')} />
        ) : (
          <PlaceList
            key={listing.data.token}
            entries={listing.data.entries}
            rules={rules}
            selected={selected}
            onSelect={setSelected}
            onOpen={open}
            onUp={() => listing.data.parent !== null && goTo(listing.data.parent)}
          />
        )}
      </Box>
      <DialogActions sx={{ px: 2, py: 1.5 }}>
        <Box
          role="status"
          sx={{
            flex: 1,
            fontSize: 12.5,
            color: 'text.secondary',
            pl: 1,
            minWidth: 0,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
          }}
        >
          {answerable.length > 1
            ? t('{{answerable}} chosen', { answerable: answerable.length })
            : (answerable[0]?.name ??
              (thisFolder === undefined
                ? typing
                  ? t('Enter goes to the path above')
                  : ''
                : t('this folder: {{shownPath}}', { shownPath })))}
        </Box>
        <Button color="inherit" onClick={() => question.answer([])}>
          {t('Cancel')}
        </Button>
        <Button variant="contained" disabled={answerable.length === 0 && thisFolder === undefined} onClick={answer}>
          {thisFolder !== undefined && question.purpose !== 'folder'
            ? t('{{choose}} this folder', { choose: rules.choose })
            : rules.choose}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
