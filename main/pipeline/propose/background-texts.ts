/** What a video shows while none of the labelled actions happens; the opposite that actionness is measured against. */
export const defaultBackgroundTexts: readonly string[] = [
  'a video of nothing happening',
  'a video of people standing around and waiting',
  'a video of an audience watching',
  'a video of an empty place',
  'a video of a landscape',
  'a close-up of a person talking to the camera',
  'a title screen with text',
  'a black screen',
];

/** Sentences around a class name, `{}`; a class's embedding is the normalised mean over them. */
export const defaultTemplates: readonly string[] = [
  '{}',
  'a video of {}',
  'a video of a person {}',
  'a video of a person doing {}',
];

/** One text for each template, with the class name in place of `{}`. */
export function fillTemplates(name: string, templates: readonly string[] = defaultTemplates): string[] {
  return templates.map((template) => template.replaceAll('{}', () => name));
}
