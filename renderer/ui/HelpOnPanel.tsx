import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import { useContext } from 'react';
import { t } from '../language/language.ts';
import { IconAction } from './IconAction.tsx';
import { PanelHelp } from './panel-help.ts';

/** The `?` of a panel, by its scope. */
export function HelpOnPanel({
  scope,
  label = t('Help on this panel'),
}: {
  readonly scope: string;
  readonly label?: string;
}) {
  const help = useContext(PanelHelp);
  if (help === null) return null;
  return (
    <IconAction label={label} onClick={() => help(scope)}>
      <HelpOutline fontSize="small" />
    </IconAction>
  );
}
