import CheckCircle from '@mui/icons-material/CheckCircle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import GlobalStyles from '@mui/material/GlobalStyles';
import Popper from '@mui/material/Popper';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../../language/language.ts';
import { useProject } from '../../backend/project-queries.ts';
import { notify } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useTourAnchors } from '../../shared/tour-anchors.ts';
import { CardSurface } from './CardSurface.tsx';
import { StepKeys } from './StepKeys.tsx';
import { tourSteps, type TourStep } from './tour-steps.ts';
import { useStepDone } from './use-step-done.ts';

/** A ring around what the tour points at; inside a panel's edge, since panels cut off what lies outside. */
const ring = (
  <GlobalStyles
    styles={(theme) => ({
      '[data-tour-here]': { outline: `2px solid ${theme.palette.primary.main} !important`, outlineOffset: '2px' },
      'section[data-tour-here]': { outlineOffset: '-2px' },
    })}
  />
);

/** Where the card stands while there is nothing to point at: at the foot of the window. */
const footOfWindow = {
  getBoundingClientRect: () => new DOMRect(globalThis.innerWidth / 2, globalThis.innerHeight - 48, 0, 0),
};

/**
 * One step of the tour beside the control it is about. It covers nothing that matters and holds no keys back, so that
 * the step can be done for real; it says when that happened.
 */
export function TourCard({ step, index }: { readonly step: TourStep; readonly index: number }) {
  const titleId = useId();
  const textId = useId();
  const { show } = useStudio.getState();
  const anchor = useTourAnchors((anchors) => step.places.map((place) => anchors[place]).find(Boolean));
  const done = useStepDone(step.id);
  const [arrow, setArrow] = useState<HTMLElement | null>(null);
  const popper = useRef<{ update(): unknown } | null>(null);
  const last = index === tourSteps.length - 1;
  const { data: project } = useProject();
  const leave = (): void => {
    show({ tourStep: null });
    if (project?.isSample !== true) return;
    const library = { label: t('Model library'), run: () => show({ dialog: 'models' }) };
    notify(
      t('The model here knows drawn figures only. For your own videos, get one that knows real ones.'),
      'info',
      library,
    );
  };

  useEffect(() => useStudio.getState().show(step.show), [step]);
  useEffect(() => {
    if (!anchor) return undefined;
    anchor.setAttribute('data-tour-here', '');
    anchor.scrollIntoView({ block: 'nearest' });
    // A panel's edge that is dragged moves what is in it without any event of the window.
    const follow = new ResizeObserver(() => void popper.current?.update());
    follow.observe(anchor);
    if (anchor.parentElement) follow.observe(anchor.parentElement);
    return () => {
      follow.disconnect();
      anchor.removeAttribute('data-tour-here');
    };
  }, [anchor]);

  return (
    <>
      {ring}
      <Popper
        open
        role="presentation"
        data-keys-pass
        anchorEl={anchor ?? footOfWindow}
        placement={anchor ? step.side : 'top'}
        popperRef={(instance) => {
          popper.current = instance;
        }}
        modifiers={[
          { name: 'offset', options: { offset: [0, 12] } },
          { name: 'preventOverflow', options: { altAxis: true, padding: 8 } },
          { name: 'arrow', enabled: arrow !== null && anchor !== undefined, options: { element: arrow, padding: 10 } },
        ]}
        sx={(theme) => ({
          // Under dialogs and menus: while one is open, that is what the person does.
          zIndex: theme.zIndex.appBar,
          '&[data-popper-placement^="bottom"] .arrow': { top: -5 },
          '&[data-popper-placement^="top"] .arrow': { bottom: -5 },
          '&[data-popper-placement^="left"] .arrow': { right: -5 },
          '&[data-popper-placement^="right"] .arrow': { left: -5 },
        })}
      >
        <CardSurface labelledBy={titleId} describedBy={textId}>
          <Box ref={setArrow} className="arrow" aria-hidden sx={{ display: anchor ? 'block' : 'none' }} />
          <Typography variant="caption" color="textSecondary">
            {t('Guided tour · step {{index}} of {{tourSteps}}', { index: index + 1, tourSteps: tourSteps.length })}
          </Typography>
          <Box aria-live="polite">
            <Typography id={titleId} variant="h2" sx={{ fontSize: 16, mt: 0.25 }}>
              {step.title}
            </Typography>
            <Box id={textId} sx={{ mt: 0.75, fontSize: 13, lineHeight: 1.5, textWrap: 'pretty' }}>
              {step.text}
            </Box>
            <StepKeys keys={step.keys} />
            <Box
              sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minHeight: 24, mt: 1, fontSize: 12.5 }}
              data-testid="tour-done"
            >
              {done && (
                <>
                  <CheckCircle aria-hidden sx={{ fontSize: 18, color: 'success.main' }} />
                  {step.done}
                </>
              )}
            </Box>
          </Box>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, mt: 0.5 }}>
            {!last && (
              <Button color="inherit" onClick={leave} sx={{ color: 'text.secondary' }}>
                {t('Skip the tour')}
              </Button>
            )}
            <Box sx={{ flex: 1 }} />
            {anchor ? (
              <Button color="inherit" onClick={() => focusControl(anchor)}>
                {t('Go there')}
              </Button>
            ) : (
              <Button color="inherit" onClick={() => show(step.show)}>
                {t('Show it')}
              </Button>
            )}
            <Button
              color="inherit"
              // Not `disabled`: who goes back by keyboard keeps the focus.
              aria-disabled={index === 0}
              onClick={() => index > 0 && show({ tourStep: index - 1 })}
              sx={index === 0 ? { opacity: 0.4, cursor: 'default' } : {}}
            >
              {t('Back')}
            </Button>
            <Button variant="contained" onClick={() => (last ? leave() : show({ tourStep: index + 1 }))}>
              {last ? t('Finish') : t('Next')}
            </Button>
          </Box>
        </CardSurface>
      </Popper>
    </>
  );
}

/** The focus goes to what the card is about: into it where it is a field's frame. */
function focusControl(anchor: HTMLElement): void {
  (anchor.querySelector<HTMLElement>('input') ?? anchor).focus();
}
