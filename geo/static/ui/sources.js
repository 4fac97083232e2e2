/* The sources that records cite. */

/** about.sources by the key that records cite. */
export function sourceIndex(options) {
  return new Map((options.about?.sources ?? []).map((line) => [line.source, line]));
}
