import { defineConfig, type OxlintOverride } from 'oxlint';

/** Parts of the program, and libraries that only one part may touch, by the import specifiers that reach them. */
const parts = {
  electron: '^electron($|/)',
  onnxruntime: '^onnxruntime-',
  ffmpeg: '^node-av($|/)',
  grpc: '^@grpc/',
  sqlite: '^(better-sqlite3|node:sqlite)($|/)',
  usearch: '^usearch($|/)',
  node: '^node:',
  interfaceLibraries: '^(react|react-dom|@mui|@emotion|@tanstack|zustand|i18next)($|/)',
  nativeModels: '^(#|([.][.]/)+)native-models/',
  renderer: '^(#|([.][.]/)+)renderer/',
  main: '^(#|([.][.]/)+)main/',
  contract: '^(#preload|[.]{1,2}(/[.][.])*)/(contract|preload[.]ts|host[.]ts)',
  database: '^(#main|[.]{1,2}(/[.][.])*)/database/',
  http: '^(#main|[.]{1,2}(/[.][.])*)/http/',
  hosts: '^(#main|[.]{1,2}(/[.][.])*)/hosts/',
  annotation: '^(#main|[.]{1,2}(/[.][.])*)/annotation/',
  project: '^(#main|[.]{1,2}(/[.][.])*)/project/',
  jobs: '^(#main|[.]{1,2}(/[.][.])*)/jobs/',
  models: '^(#main|[.]{1,2}(/[.][.])*)/models/',
  shards: '^(#main|[.]{1,2}(/[.][.])*)/shards/',
  studio: '^(#main|[.]{1,2}(/[.][.])*)/studio/',
  backend: '^(#main|[.]{1,2}(/[.][.])*)/(api/|backend[.]ts)',
  lab: '^(#main|[.]{1,2}(/[.][.])*)/lab/',
  launch: '^(#main|[.]{1,2}(/[.][.])*)/launch/',
  client: '^([.][.]/)+backend/',
  playback: '^([.][.]/)+playback/',
  panels: '^([.][.]/)+panels/',
  shared: '^([.][.]/)+shared/',
  window: '^([.][.]/)+window/',
  neighbourPanel: '^[.][.]/[^./][^/]*/',
  neighbourPanelFromInside: '^[.][.]/[.][.]/[^./][^/]*/',
} as const;

type Part = keyof typeof parts;

/** Each may be touched by one folder only; see the rows that leave one out. */
const natives = ['electron', 'onnxruntime', 'ffmpeg', 'grpc', 'sqlite', 'usearch'] as const satisfies readonly Part[];
const nativesBut = (own: (typeof natives)[number]): readonly Part[] => natives.filter((name) => name !== own);
/** The lab makes and measures what the product brings along; the product knows nothing of it. */
const outsideMain = ['renderer', 'interfaceLibraries', 'lab'] as const satisfies readonly Part[];
/** From the ground up: what a project knows and how it is edited, models, work on both, the studio that opens them. */
const rooms = [
  'database',
  'annotation',
  'project',
  'models',
  'jobs',
  'shards',
  'studio',
  'backend',
] as const satisfies readonly Part[];
/** What a room never imports: those above it, and every door. */
const roomsAbove = (own: (typeof rooms)[number]): readonly Part[] => [
  ...natives,
  ...outsideMain,
  ...rooms.slice(rooms.indexOf(own) + 1),
  ...doors,
];
const doors = ['http', 'hosts', 'launch'] as const satisfies readonly Part[];
const outsideRenderer = ['main', 'nativeModels', 'node', ...natives] as const satisfies readonly Part[];

/**
 * Who may import whom: the architecture as a table. Types obey it too. Where several rows match a file the last one
 * holds, so each row is complete.
 */
const importTable: readonly { readonly files: string; readonly never: readonly Part[] }[] = [
  { files: 'preload/domain/**', never: [...outsideRenderer, ...outsideMain, 'contract'] },
  { files: 'preload/contract/**', never: [...outsideRenderer, ...outsideMain] },
  { files: 'preload/*.ts', never: [...nativesBut('electron'), ...outsideMain, 'main', 'nativeModels', 'node'] },
  { files: 'native-models/**', never: [...natives, ...outsideMain, 'main', 'contract'] },
  { files: 'native-models/runtime/**', never: [...nativesBut('onnxruntime'), ...outsideMain, 'main', 'contract'] },
  { files: 'native-models/remote/**', never: [...nativesBut('grpc'), ...outsideMain, 'main', 'contract'] },
  { files: 'main/**', never: [...natives, ...outsideMain, 'http', 'hosts', 'launch'] },
  { files: 'main/pipeline/**', never: [...natives, ...outsideMain, 'database', 'backend', 'http', 'hosts', 'launch'] },
  {
    files: 'main/pipeline/retrieve/**',
    never: [...nativesBut('usearch'), ...outsideMain, 'database', 'backend', 'http', 'hosts', 'launch'],
  },
  { files: 'main/transfer/**', never: [...natives, ...outsideMain, 'backend', 'http', 'hosts', 'launch'] },
  {
    files: 'main/media/**',
    never: [...nativesBut('ffmpeg'), ...outsideMain, 'database', 'backend', 'http', 'hosts', 'launch'],
  },
  { files: 'main/engine/**', never: [...natives, ...outsideMain, 'database', 'backend', 'http', 'hosts', 'launch'] },
  {
    files: 'main/database/**',
    never: [...nativesBut('sqlite'), ...outsideMain, 'nativeModels', 'backend', 'http', 'hosts', 'launch'],
  },
  { files: 'main/annotation/**', never: [...roomsAbove('annotation'), 'nativeModels'] },
  { files: 'main/project/**', never: [...roomsAbove('project'), 'nativeModels'] },
  { files: 'main/models/**', never: [...roomsAbove('models'), 'database', 'annotation', 'project'] },
  { files: 'main/jobs/**', never: [...roomsAbove('jobs'), 'nativeModels'] },
  { files: 'main/shards/**', never: [...roomsAbove('shards'), 'nativeModels'] },
  { files: 'main/studio/**', never: [...roomsAbove('studio'), 'nativeModels', 'database'] },
  { files: 'main/http/**', never: [...natives, ...outsideMain, 'nativeModels', 'database', 'hosts', 'launch'] },
  { files: 'main/hosts/**', never: [...natives, ...outsideMain, 'database', 'launch'] },
  {
    files: 'main/hosts/{electron.ts,electron/**}',
    never: [...nativesBut('electron'), ...outsideMain, 'database', 'launch'],
  },
  { files: 'main/launch/**', never: [...natives, ...outsideMain, 'database'] },
  { files: 'main/lab/**', never: [...natives, 'renderer', 'interfaceLibraries'] },
  { files: 'renderer/**', never: outsideRenderer },
  { files: 'renderer/language/**', never: [...outsideRenderer, 'window', 'panels', 'shared', 'playback', 'client'] },
  { files: 'renderer/ui/**', never: [...outsideRenderer, 'window', 'panels', 'shared', 'playback', 'client'] },
  { files: 'renderer/backend/**', never: [...outsideRenderer, 'window', 'panels', 'shared'] },
  { files: 'renderer/playback/**', never: [...outsideRenderer, 'window', 'panels', 'shared'] },
  { files: 'renderer/shared/**', never: [...outsideRenderer, 'window', 'panels'] },
  { files: 'renderer/panels/*/*', never: [...outsideRenderer, 'window', 'neighbourPanel'] },
  { files: 'renderer/panels/*/*/**', never: [...outsideRenderer, 'window', 'neighbourPanelFromInside'] },
  { files: '{*.config.ts,renderer/*.config.ts}', never: [] },
];

const restricted = (row: (typeof importTable)[number]): OxlintOverride => ({
  files: [row.files],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: row.never.map((part) => ({ regex: parts[part], message: `${row.files} never imports ${part}.` })) },
    ],
  },
});

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'react/react-in-jsx-scope': 'off',
    'react/rules-of-hooks': 'off',
    'import/no-default-export': 'error',
    // Types close circles as well as values do.
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-named-as-default-member': 'off',
    'import/no-unassigned-import': ['error', { allow: ['**/*.css', '@fontsource*/**', '**/runtime-environment.ts'] }],
    'max-lines': ['error', { max: 400 }],
    // Names that only say what is left out of the rest.
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-non-null-assertion': 'off',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // What a schema or a protocol has checked is named by an assertion.
    'typescript/no-unsafe-type-assertion': 'off',
    // A text is spread into its code points.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    // Objects here are made of functions that know no `this`.
    'typescript/unbound-method': 'off',
    // The compiler sees that every end of a function fits its type.
    'typescript/consistent-return': 'off',
    'unicorn/filename-case': ['error', { cases: { kebabCase: true, pascalCase: true } }],
    // Awaiting one step after another is what most loops here mean: frames are pulled, edits are ordered.
    'no-await-in-loop': 'off',
    // Sorting or reversing a list that was made on the same line harms nobody.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // A second argument of `expect` says what is expected; hooks wait for what they set up by `expect` as well.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-standalone-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    // A property's expectations stand in functions and under conditions.
    'vitest/no-conditional-expect': 'off',
    'vitest/expect-expect': 'off',
    // The focus of a dialog belongs in its first field; a virtual list is no <select>.
    'jsx-a11y/no-autofocus': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    // These speak to the React compiler, which is not in use.
    'react/incompatible-library': 'off',
    'react/set-state-in-effect': 'off',
    'react/globals': 'off',
    'react/hooks': 'off',
    'react/exhaustive-effect-dependencies': 'off',
    'promise/always-return': 'off',
    // Signals turn while a loop awaits.
    'no-unmodified-loop-condition': 'off',
    // About windows of a browser; here messages go through ports between processes.
    'unicorn/require-post-message-target-origin': 'off',
  },
  overrides: [
    ...importTable.map(restricted),
    {
      files: ['renderer/**'],
      rules: { 'react/rules-of-hooks': 'error', 'react/exhaustive-deps': 'error' },
    },
    { files: ['*.config.ts', '**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
  ignorePatterns: ['dist/**', 'release/**', '.cache/**', 'native-models/fixtures/**'],
});
