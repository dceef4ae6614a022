import type { MouseEvent } from 'react';
import { create } from 'zustand';
import type { ClipQuestion, MeasuredOn } from '#preload/domain/quality.ts';

interface QualityChoice {
  readonly on: MeasuredOn;
  /** Whose curve is drawn; null: of all classes. */
  readonly classId: number | null;
  /** The number whose clips are shown; null before one was asked for. */
  readonly question: ClipQuestion | null;
  /** What was pressed by a key for it: the clips take the focus, and Escape brings it back. */
  readonly pressed: { readonly element: HTMLElement } | null;
}

/** Where the numbers stand. */
export const numbersId = 'quality-numbers';

/** What is looked at: whoever goes to a clip and comes back finds it as it was. */
export const useQualityChoice = create<QualityChoice>(() => ({
  on: 'reviewed',
  classId: null,
  question: null,
  pressed: null,
}));

/** Shows the clips behind a number; `pressed` is given where a key asked for them. */
export const ask = (question: ClipQuestion, pressed: HTMLElement | null = null): void =>
  useQualityChoice.setState({ question, pressed: pressed && { element: pressed } });

/** A button that a key pressed; null for the mouse. */
export const pressedByKey = (event: MouseEvent<HTMLElement>): HTMLElement | null =>
  event.detail === 0 ? event.currentTarget : null;

/** Whether the clips that are shown are those of a question. */
export const isAsked = (question: ClipQuestion, asked: ClipQuestion | null): boolean =>
  JSON.stringify(question) === JSON.stringify(asked);
