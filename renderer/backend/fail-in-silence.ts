/** Four signs of life that did not come: the backend gives one every five seconds, whether or not there is anything to tell. */
const patienceMs = 20_000;

/**
 * An answer that goes on for ever, but fails once nothing more of it comes: a proxy, or a machine that slept, may leave a
 * connection open at whose other end nobody is.
 */
export function failInSilence(answer: Response): Response {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const listen = (controller: TransformStreamDefaultController<Uint8Array>): void => {
    clearTimeout(silence);
    silence = setTimeout(() => controller.error(new TypeError('the backend has fallen silent')), patienceMs);
  };
  const heard = new TransformStream<Uint8Array, Uint8Array>(
    {
      start: listen,
      transform(piece, controller) {
        listen(controller);
        controller.enqueue(piece);
      },
      flush: () => clearTimeout(silence),
    },
    undefined,
    // Whoever reads may be busy meanwhile: what has come is heard all the same.
    new CountQueuingStrategy({ highWaterMark: 1000 }),
  );
  return new Response(answer.body?.pipeThrough(heard), answer);
}
