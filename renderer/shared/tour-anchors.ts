import type { RefCallback } from 'react';
import { create } from 'zustand';

const places = ['propose', 'review', 'teach', 'teach-panel', 'new-class', 'search', 'search-panel', 'export'] as const;

/** What the guided tour points at: a control, or the panel around it for while the control is not there. */
export type TourPlace = (typeof places)[number];

/** What stands at each place now. Panels hand in their own, since they do not know each other. */
export const useTourAnchors = create<{ readonly [Place in TourPlace]?: HTMLElement | undefined }>(() => ({}));

const refs = new Map<TourPlace, RefCallback<HTMLElement>>(
  places.map((place) => [
    place,
    (element) => {
      useTourAnchors.setState({ [place]: element ?? undefined });
      return () => useTourAnchors.setState({ [place]: undefined });
    },
  ]),
);

/** The ref that hands an element in, the same one for a place always: a redraw does not take it out and in again. */
export const tourAnchor = (place: TourPlace): RefCallback<HTMLElement> => refs.get(place)!;
