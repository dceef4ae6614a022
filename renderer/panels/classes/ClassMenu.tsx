import Divider from '@mui/material/Divider';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { undoOffer } from '../../shared/commands.ts';
import { reviewOnly } from '../../shared/decide-segments.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { siblingOf } from './class-tree.ts';
import { moveBeside } from './move-class.ts';
import { removeClass } from './remove-class.ts';

/** What can be done with one class. Merging and removing keep every segment and can be undone. */
export function ClassMenu(props: {
  readonly actionClass: CountedClass;
  readonly classes: readonly CountedClass[];
  readonly at: { readonly top: number; readonly left: number };
  readonly onRename: () => void;
  readonly onClose: () => void;
}) {
  const { actionClass, classes } = props;
  const [merging, setMerging] = useState(false);
  const [into, setInto] = useState<CountedClass | null>(null);
  const close = props.onClose;
  const choose = (run: () => void) => () => {
    close();
    run();
  };
  const move = (step: 1 | -1) => choose(() => moveBeside(classes, actionClass, step));
  if (into) {
    return (
      <ConfirmDialog
        open
        title={t('Merge "{{name}}" into "{{name2}}"?', { name: actionClass.name, name2: into.name })}
        text={t(
          'Every segment of "{{name}}" becomes one of "{{name2}}", and "{{name}}" is removed. This can be undone.',
          { name: actionClass.name, name2: into.name },
        )}
        confirmLabel={t('Merge')}
        onClose={close}
        onConfirm={() =>
          attempt(
            backend.classes
              .merge({ from: actionClass.id, into: into.id })
              .then(() =>
                notify(
                  t('"{{name}}" is now part of "{{name2}}".', { name: actionClass.name, name2: into.name }),
                  'success',
                  undoOffer,
                ),
              ),
          )
        }
      />
    );
  }
  return (
    <Menu
      open
      anchorReference="anchorPosition"
      anchorPosition={props.at}
      onClose={close}
      slotProps={{ list: { 'aria-label': actionClass.name } }}
    >
      {merging
        ? classes
            .filter((each) => each.id !== actionClass.id)
            .map((each) => (
              <MenuItem key={each.id} onClick={() => setInto(each)}>
                <ClassName of={each} />
              </MenuItem>
            ))
        : [
            <MenuItem key="rename" onClick={choose(props.onRename)}>
              <ListItemText>{t('Rename')}</ListItemText>
            </MenuItem>,
            <MenuItem
              key="solo"
              onClick={choose(() =>
                useStudio.getState().show({ focusedClassId: actionClass.id, soloFocusedClass: true }),
              )}
            >
              {t('Show only this class')}
            </MenuItem>,
            <MenuItem key="review" onClick={choose(() => reviewOnly({ classIds: [actionClass.id] }))}>
              {t('Review only this class')}
            </MenuItem>,
            <MenuItem
              key="details"
              onClick={choose(() => useStudio.getState().show({ focusedClassId: actionClass.id, dialog: 'class' }))}
            >
              {t('Definition and prompts…')}
            </MenuItem>,
            <Divider key="line" />,
            <MenuItem key="up" disabled={!siblingOf(classes, actionClass, -1)} onClick={move(-1)}>
              {t('Move up')}
            </MenuItem>,
            <MenuItem key="down" disabled={!siblingOf(classes, actionClass, 1)} onClick={move(1)}>
              {t('Move down')}
            </MenuItem>,
            <MenuItem key="merge" disabled={classes.length < 2} onClick={() => setMerging(true)}>
              {t('Merge into…')}
            </MenuItem>,
            <MenuItem
              key="split"
              disabled={actionClass.counts.accepted + actionClass.counts.open < 2}
              onClick={choose(() =>
                useStudio.getState().show({ focusedClassId: actionClass.id, dialog: 'split-class' }),
              )}
            >
              {t('Split…')}
            </MenuItem>,
            <MenuItem key="remove" onClick={choose(() => removeClass(actionClass))}>
              {t('Remove')}
            </MenuItem>,
          ]}
    </Menu>
  );
}
