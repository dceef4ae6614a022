/** The texts in which ActionCLIP reads a name (Wang et al. 2021, released code), `{}` for the name. */
export const actionClipTemplates: readonly string[] = [
  'a photo of action {}',
  'a picture of action {}',
  'Human action of {}',
  '{}, an action',
  '{} this is an action',
  '{}, a video of action',
  'Playing action of {}',
  '{}',
  'Playing a kind of action, {}',
  'Doing a kind of action, {}',
  'Look, the human is {}',
  'Can you recognize the action of {}?',
  'Video classification of {}',
  'A video of {}',
  'The man is {}',
  'The woman is {}',
];
