/**
 * npm runs scripts in the project's folder; the paths on a command line are meant from where the person is. To be called
 * first, with the script's name: what another script starts has been told already.
 */
export function followCaller(script: string): void {
  const { INIT_CWD: typedIn, npm_lifecycle_event: running } = process.env;
  if (running === script && typedIn !== undefined) process.chdir(typedIn);
}
