import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';

/**
 * React, with components and hooks that the React Compiler has gone over: what depends on nothing that changed is not made
 * again. The window's build and the tests of components both take it, so that what is tested is what people get.
 */
export const compiledReact = () => [
  react(),
  babel({
    presets: [
      // What a handler reads may not be there yet while it is drawn: `onClick={() => copy(report!.text)}`.
      reactCompilerPreset({ environment: { enableTreatFunctionDepsAsConditional: true } }),
    ],
  }),
];
